/**
 * `npm test`: everything that must hold, in two lanes (Windows suites beside all the rest), one line of counts at the end.
 * Format, lint, types and dead code count as one check each. With CI=true a skipped suite is a failure.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { toolCommand } from './run-tool.mjs';
import { capture, run } from './run.mjs';
import { provideSystemPackages } from './system-packages.mjs';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 *
 * @typedef {object} TestResult as vitest's report has it
 * @property {string} fullName
 * @property {string} status
 * @property {string[]} failureMessages
 *
 * @typedef {Counts & { failures?: TestResult[] }} Results a check shows its words itself and names no failures
 */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const RESULTS = join(ROOT, 'release/test');

process.chdir(ROOT);
await rm(RESULTS, { recursive: true, force: true });
await mkdir(RESULTS, { recursive: true });

await provideSystemPackages();
const bundled = await check('bundle', process.execPath, ['build/bundle.mjs']);
const lanes = await Promise.all([windowsLane(), otherLane()]);
await conclude([bundled, ...lanes.flat()]);

/**
 * One after the other: the services of both take sessions on the same ports.
 *
 * @returns {Promise<Results[]>}
 */
async function windowsLane() {
  return [await vitest('windows', ['--project', 'windows']), await vitest('desktop', ['--project', 'desktop'])];
}

/** @returns {Promise<Results[]>} */
async function otherLane() {
  return [
    await check('format', ...toolCommand('prettier', ['--check', '.', '--log-level', 'warn'])),
    await check('lint', ...toolCommand('eslint', ['.', '--max-warnings', '0'])),
    await check('types', ...toolCommand('tsc', ['-b'])),
    await check('dead code', ...toolCommand('knip', ['--treat-config-hints-as-errors'])),
    await vitest('unit and rules', ['--project', 'unit', '--project', 'rules']),
    await vitest('electron', ['--project', 'electron']),
    await vitest('packages', ['--project', 'packages']),
  ];
}

/**
 * One command that must succeed; its words are shown when it does not.
 *
 * @param {string} name
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<Counts>}
 */
async function check(name, command, args) {
  const begun = Date.now();
  const { code, output } = await capture(command, args);
  console.log(`${code === 0 ? 'passed' : 'FAILED'}: ${name} (${Math.round((Date.now() - begun) / 1000)} s)`);
  if (code !== 0) console.log(output);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

/**
 * @param {string} name
 * @param {readonly string[]} args
 * @returns {Promise<Results>}
 */
async function vitest(name, args) {
  const file = join(RESULTS, `${name.replaceAll(' ', '-')}.json`);
  const reporters = ['--reporter', 'default', '--reporter', 'json', `--outputFile.json=${file}`];
  const code = await run(...toolCommand('vitest', ['run', ...args, ...reporters]));
  const report = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
  const counts = {
    passed: report.numPassedTests ?? 0,
    failed: report.numFailedTests ?? 0,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  };
  // A file that does not even load, or no tests at all, has no failed test to count.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  /** @type {{ assertionResults: TestResult[] }[]} */
  const files = report.testResults ?? [];
  const failures = files.flatMap(({ assertionResults }) => assertionResults.filter(({ status }) => status === 'failed'));
  console.log(`${counts.failed === 0 ? 'passed' : 'FAILED'}: ${name}`);
  return { ...counts, failures };
}

/** @param {readonly Results[]} all */
async function conclude(all) {
  const sum = (/** @type {keyof Counts} */ key) => all.reduce((total, counts) => total + counts[key], 0);
  const line = `${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`;
  await writeFile(join(RESULTS, 'summary.txt'), `${line}\n`);
  // Said once more where they are found: at the end, after two lanes have printed over each other.
  for (const { fullName, failureMessages } of all.flatMap(({ failures }) => failures ?? [])) {
    console.log(`failed: ${fullName}\n${failureMessages.join('\n')}`);
  }
  const mustNotSkip = process.env['CI'] === 'true' && sum('skipped') > 0;
  if (mustNotSkip) console.log('In CI nothing may be skipped: this is a failure.');
  console.log(line);
  process.exitCode = sum('failed') > 0 || mustNotSkip ? 1 : 0;
}
