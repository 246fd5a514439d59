/**
 * `npm run check`: what a developer wants to know before a commit, in one go: rules, types, dead code and unit tests. Beside the
 * time of each stands that of the compiler alone, because it depends on the machine.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { capture } from './run.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BIN = join(ROOT, 'node_modules/.bin');

process.chdir(ROOT);

const CHECKS = /** @type {const} */ ([
  ['types', 'tsc', ['-b']],
  ['rules and layers', 'eslint', ['.', '--max-warnings', '0']],
  ['dead code', 'knip', ['--treat-config-hints-as-errors']],
  ['unit tests', 'vitest', ['run', '--project', 'unit', '--reporter', 'dot']],
]);

let failed = 0;
for (const [name, command, args] of CHECKS) {
  const begun = performance.now();
  const { code, output } = await capture(join(BIN, command), args);
  console.log(`${code === 0 ? 'passed' : 'FAILED'}: ${name} (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
  if (code === 0) continue;
  failed += 1;
  console.log(output);
}
process.exitCode = failed === 0 ? 0 : 1;
