/**
 * `npm run check`: what a developer wants to know before a commit, in one go: format, types, rules and layers, dead code, names and
 * tree, and the unit tests, without the suites that try every place or every combination. What was checked before and has not
 * changed is remembered below node_modules/.cache; `npm test` remembers nothing and leaves nothing out. The last line sets what it
 * all took beside the compiler alone, because both depend on the machine.
 */
import { fileURLToPath } from 'node:url';

import { toolCommand } from './run-tool.mjs';
import { capture } from './run.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CACHE = 'node_modules/.cache';

process.chdir(ROOT);

/** @typedef {readonly [name: string, command: string, args: readonly string[]]} Check */

/** Two at a time: one lane for each of two processors. @type {readonly (readonly Check[])[]} */
const LANES = [
  [
    ['types', 'tsc', ['-b']],
    [
      'rules and layers',
      'eslint',
      ['.', '--max-warnings', '0', '--cache', '--cache-strategy', 'content', '--cache-location', `${CACHE}/eslint/`],
    ],
    // A place of its own: Prettier removes the cache at its usual place when it runs without one, as in an editor or in npm test.
    ['format', 'prettier', ['--check', '.', '--log-level', 'warn', '--cache', '--cache-location', `${CACHE}/check-prettier`]],
  ],
  [
    ['dead code', 'knip', ['--treat-config-hints-as-errors']],
    ['unit tests, names and tree', 'vitest', ['run', '--project', 'quick', '--maxWorkers', '2', '--reporter', 'dot']],
  ],
];

const seconds = (/** @type {number} */ ms) => (ms / 1_000).toFixed(1);
const start = performance.now();
let failed = 0;
let compilerMs = 0;

/** @param {Check} check */
async function runCheck([name, command, args]) {
  const begun = performance.now();
  const { code, output } = await capture(...toolCommand(command, args));
  const tookMs = performance.now() - begun;
  if (command === 'tsc') compilerMs = tookMs;
  console.log(`${code === 0 ? 'passed' : 'FAILED'}: ${name} (${seconds(tookMs)} s)`);
  if (code === 0) return;
  failed += 1;
  console.log(output);
}

await Promise.all(
  LANES.map(async (checks) => {
    for (const check of checks) await runCheck(check);
  }),
);
const allMs = performance.now() - start;
console.log(
  'Left to npm test: the long suites of the unit tests (vitest.config.ts names them), and all that needs Wine, Electron or a package.',
);
console.log(`${seconds(allMs)} s in all: the compiler alone ${seconds(compilerMs)} s, the rest ${seconds(allMs - compilerMs)} s`);
process.exitCode = failed === 0 ? 0 : 1;
