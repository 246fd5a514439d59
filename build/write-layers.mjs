/**
 * Writes what follows from the map of the code: the compiler's projects, one for each room, and the table in docs/architecture.md.
 * `node build/write-layers.mjs`, after a change of build/layers.mjs; test/rules says when it was forgotten.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { format, resolveConfig } from 'prettier';

import { filesOf, folderOf, ROOMS } from './layers.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TABLE = 'docs/architecture.md';
const BEGIN = '<!-- The table is written by build/write-layers.mjs. -->';
const END = '<!-- End of the table. -->';

/** Folders of test and of test/harness that have a compiler project of their own: what they try lives in a window. */
const TEST_PROJECTS = ['renderer', 'app', 'desktop', 'packages'];

const isOfWindow = (/** @type {string} */ name) => folderOf(name).startsWith('renderer');

/** The folder whose compiler project compiles a room: the doors share one, and so do the rooms of the window. */
const projectOf = (/** @type {string} */ name) => (isOfWindow(name) ? 'renderer' : folderOf(name));

/**
 * @param {string} folder of the project
 * @param {readonly string[]} others folders of projects
 */
function references(folder, others) {
  return [...new Set(others)].filter((other) => other !== folder).map((other) => ({ path: posix.relative(folder, other) }));
}

/** @param {readonly string[]} names rooms of one project */
async function projectText(names) {
  const first = names[0] ?? '';
  const folder = projectOf(first);
  const isNode = !isOfWindow(first) && !names.every((name) => ROOMS[name]?.isPure);
  const include =
    names.every((name) => ROOMS[name]?.files === undefined) || isOfWindow(first)
      ? isOfWindow(first)
        ? ['**/*.ts', '**/*.tsx']
        : ['**/*.ts']
      : ['*.ts'];
  const compilerOptions = { ...(isNode && { types: ['node'] }), ...(isOfWindow(first) && { lib: ['ES2022', 'DOM', 'DOM.Iterable'] }) };
  return jsonText({
    extends: posix.relative(folder, 'tsconfig.base.json'),
    ...(Object.keys(compilerOptions).length > 0 && { compilerOptions }),
    include,
    references: references(folder, names.flatMap((name) => ROOMS[name]?.imports ?? []).map(projectOf)),
  });
}

/** The tests of all rooms are one project. */
async function testProjectText() {
  return jsonText({
    extends: '../tsconfig.base.json',
    compilerOptions: { allowJs: true, types: ['node'] },
    include: ['**/*.ts', '../vitest.config.ts'],
    exclude: ['bench', ...TEST_PROJECTS, ...TEST_PROJECTS.map((name) => `harness/${name}`)],
    references: references('test', ['build', ...Object.keys(ROOMS).map(projectOf)]),
  });
}

/**
 * As the formatter wants it, so that no run of one undoes what the other wrote.
 *
 * @param {object} value
 */
async function jsonText(value) {
  return format(JSON.stringify(value), { ...(await resolveConfig(join(ROOT, 'tsconfig.json'))), parser: 'json' });
}

function tableText() {
  const rows = Object.entries(ROOMS).map(([name, { holds, imports, isPure }]) => {
    const files = filesOf(name)
      .map((file) => `\`${file.replace(/\/\*\*.*$/, '')}\``)
      .join(', ');
    return `| ${files} | ${holds}${isPure ? '. Pure' : ''} | ${allowedText(name, imports)} |`;
  });
  return ['| room | what it holds | may import |', '|---|---|---|', ...rows].join('\n');
}

/**
 * @param {string} name
 * @param {readonly string[]} imports
 */
function allowedText(name, imports) {
  if (imports.length === 0) return 'nothing';
  if (imports.length <= 8) return imports.join(', ');
  const names = Object.keys(ROOMS);
  const others = names.slice(0, names.indexOf(name)).filter((other) => !imports.includes(other));
  return `all above but ${others.join(', ')}`;
}

/** @returns {Promise<ReadonlyMap<string, string>>} what each file that follows from the map has to hold */
export async function layerFiles() {
  const files = new Map([['test/tsconfig.json', await testProjectText()]]);
  const byProject = groupByProject();
  for (const [folder, names] of byProject) files.set(`${folder}/tsconfig.json`, await projectText(names));
  const page = readFileSync(join(ROOT, TABLE), 'utf8');
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`${TABLE} has no place for the table between its two marks.`);
  return files.set(TABLE, `${page.slice(0, begin)}${BEGIN}\n${tableText()}\n${page.slice(end)}`);
}

function groupByProject() {
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const name of Object.keys(ROOMS)) groups.set(projectOf(name), [...(groups.get(projectOf(name)) ?? []), name]);
  return groups;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const [file, text] of await layerFiles()) writeFileSync(join(ROOT, file), text);
}
