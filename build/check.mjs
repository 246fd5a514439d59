/**
 * `npm run check`: what a developer wants to know before a commit, in one go: format, rules, types, dead code and unit tests. The
 * last line sets what it all took beside the compiler alone, because both depend on the machine.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { capture } from './run.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BIN = join(ROOT, 'node_modules/.bin');

process.chdir(ROOT);

const CHECKS = /** @type {const} */ ([
  ['format', 'prettier', ['--check', '.', '--log-level', 'warn']],
  ['types', 'tsc', ['-b']],
  ['rules and layers', 'eslint', ['.', '--max-warnings', '0']],
  ['dead code', 'knip', ['--treat-config-hints-as-errors']],
  ['unit tests', 'vitest', ['run', '--project', 'unit', '--reporter', 'dot']],
]);

let failed = 0;
let compilerMs = 0;
const start = performance.now();
for (const [name, command, args] of CHECKS) {
  const begun = performance.now();
  const { code, output } = await capture(join(BIN, command), args);
  if (command === 'tsc') compilerMs = performance.now() - begun;
  console.log(`${code === 0 ? 'passed' : 'FAILED'}: ${name} (${((performance.now() - begun) / 1_000).toFixed(1)} s)`);
  if (code === 0) continue;
  failed += 1;
  console.log(output);
}
const seconds = (/** @type {number} */ ms) => (ms / 1_000).toFixed(1);
console.log(
  `${seconds(performance.now() - start)} s in all: the compiler alone ${seconds(compilerMs)} s, the rest ${seconds(performance.now() - start - compilerMs)} s`,
);
process.exitCode = failed === 0 ? 0 : 1;
