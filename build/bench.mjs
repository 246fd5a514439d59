/**
 * `npm run bench [TOPIC…]`: runs every `measure…` of test/bench/*.bench.ts, one after another, and prints one table.
 * With `--write` the table goes into docs/benchmarks.md, too. Exit code 1 when a limit is not met.
 */
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { build } from 'esbuild';

import { bundleApp, bundleCli, compileCli } from './bundle.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const COMPILED = join(ROOT, 'release/bench');
const PAGE = join(ROOT, 'docs/benchmarks.md');
const MARK = '<!-- npm run bench -- --write puts the table below this line -->';

/**
 * The scripts of this folder go by their own place, so what is compiled elsewhere loads them from here.
 *
 * @type {import('esbuild').Plugin}
 */
const buildScriptsInPlace = {
  name: 'build-scripts-in-place',
  setup(compiling) {
    compiling.onResolve({ filter: /\/build\/[a-z-]+\.mjs$/ }, ({ path, resolveDir }) => ({
      path: pathToFileURL(join(resolveDir, path)).href,
      external: true,
    }));
  },
};

process.chdir(ROOT);
const topics = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const names = (await readdir('test/bench'))
  .filter((name) => name.endsWith('.bench.ts'))
  .map((name) => name.slice(0, -'.ts'.length))
  .filter((name) => topics.length === 0 || topics.includes(name.slice(0, -'.bench'.length)));

const [cli] = await Promise.all([bundleCli(), bundleApp()]);
// As the package is.
await compileCli(cli, process.execPath);
await rm(COMPILED, { recursive: true, force: true });
await build({
  entryPoints: ['test/bench/table.ts', ...names.map((name) => `test/bench/${name}.ts`)],
  outdir: COMPILED,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
  plugins: [buildScriptsInPlace],
});

const { formatTable, isMet } = await import(compiled('table'));
const rows = [];
let isWhole = true;
for (const name of names) {
  const module = await import(compiled(name));
  for (const measure of Object.keys(module).filter((key) => key.startsWith('measure'))) {
    console.error(`measuring: ${name} ${measure}`);
    try {
      rows.push(...(await module[measure]()));
    } catch (error) {
      // What can be measured is measured; but a table that lacks lines is not kept.
      console.error(error);
      isWhole = false;
    }
  }
}
const table = formatTable(rows);
console.log(table);
if (process.argv.includes('--write') && isWhole) await keep(table);
process.exitCode = isWhole && rows.every(isMet) ? 0 : 1;

/** @param {string} name */
function compiled(name) {
  return pathToFileURL(join(COMPILED, `${name}.mjs`)).href;
}

/** @param {string} table */
async function keep(table) {
  const page = await readFile(PAGE, 'utf8').catch(() => `# Benchmarks\n\n${MARK}\n`);
  const machine = `${os.cpus()[0]?.model ?? 'unknown processor'}, ${os.cpus().length} cores, Node ${process.versions.node}`;
  await writeFile(PAGE, `${page.slice(0, page.indexOf(MARK) + MARK.length)}\n\nMeasured on ${machine}.\n\n${table}\n`);
}
