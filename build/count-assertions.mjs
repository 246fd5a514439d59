/**
 * `node build/count-assertions.mjs [FOLDER]`: how many tests and assertions stand in `test` of that folder (this one, if none is
 * named), by vitest project. For before and after a change that must remove none: run it on both checkouts and compare.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';

/** Folders of `test` that are no part of the project `unit` (vitest.config.ts). */
const PROJECT_OF_FOLDER = /** @type {Readonly<Record<string, string>>} */ ({
  rules: 'rules',
  windows: 'windows',
  desktop: 'desktop',
  packages: 'packages',
  renderer: 'electron',
  app: 'electron',
});

/** @typedef {{ files: number, tests: number, rows: number, assertions: number }} Count */

/**
 * `rows` counts what `each` is given as a list on the spot: a row taken away is a test less.
 *
 * @param {ts.Node} node
 * @param {Count} count
 */
function add(node, count) {
  if (ts.isCallExpression(node)) {
    const called = node.expression;
    const each =
      ts.isCallExpression(called) && ts.isPropertyAccessExpression(called.expression) && called.expression.name.text === 'each'
        ? called
        : null;
    const name = rootOf(each === null ? called : each.expression);
    if ((name === 'it' || name === 'test') && node.arguments.length > 1) {
      count.tests += 1;
      const list = each?.arguments[0];
      const plain = list !== undefined && ts.isAsExpression(list) ? list.expression : list;
      count.rows += plain !== undefined && ts.isArrayLiteralExpression(plain) ? plain.elements.length : 1;
    }
    if (isAssertion(called)) count.assertions += 1;
  }
  ts.forEachChild(node, (child) => add(child, count));
}

/**
 * True for `expect(…)`, `expect.poll(…)`, `expect.soft(…)` and `fc.assert(…)`; not for what only describes a value, as
 * `expect.objectContaining(…)`.
 *
 * @param {ts.Expression} called
 */
function isAssertion(called) {
  if (ts.isIdentifier(called)) return called.text === 'expect';
  if (!ts.isPropertyAccessExpression(called) || !ts.isIdentifier(called.expression)) return false;
  return ['expect.poll', 'expect.soft', 'fc.assert'].includes(`${called.expression.text}.${called.name.text}`);
}

/**
 * @param {ts.Node} node
 * @returns {string | null} the name that a chain such as `it.each` begins with
 */
function rootOf(node) {
  if (ts.isIdentifier(node)) return node.text;
  return ts.isPropertyAccessExpression(node) ? rootOf(node.expression) : null;
}

/**
 * @param {string} below a folder of `test`, with `/` at its end
 * @returns {readonly string[]}
 */
function filesIn(below) {
  const entries = readdirSync(join(folder, below), { withFileTypes: true });
  return entries.flatMap((entry) =>
    entry.isDirectory() ? filesIn(`${below}${entry.name}/`) : /\.tsx?$/.test(entry.name) ? [below + entry.name] : [],
  );
}

const folder = join(resolve(process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url))), 'test');
/** @type {Map<string, Count>} */
const counts = new Map();
for (const name of filesIn('')) {
  const folderOf = name.startsWith('renderer/components/') ? 'components' : (name.split('/')[0] ?? '');
  const project = PROJECT_OF_FOLDER[folderOf] ?? 'unit';
  const count = counts.get(project) ?? { files: 0, tests: 0, rows: 0, assertions: 0 };
  counts.set(project, count);
  count.files += 1;
  add(ts.createSourceFile(name, readFileSync(join(folder, name), 'utf8'), ts.ScriptTarget.Latest, true), count);
}
const all = [...counts.values()].reduce((sum, one) => ({
  files: sum.files + one.files,
  tests: sum.tests + one.tests,
  rows: sum.rows + one.rows,
  assertions: sum.assertions + one.assertions,
}));
console.table(Object.fromEntries([...[...counts].sort(), ['all', all]]));
