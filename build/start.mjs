/**
 * `npm start`: opens the tray app where there is an Electron and a display; otherwise says why not in one line and
 * walks through a whole maintenance in the terminal. `--electron FOLDER` names an Electron, as does
 * ELECTRON_OVERRIDE_DIST_PATH. The server is a simulated one, also on Windows; `--real` works on
 * the services of this computer there. `--simulate=SCENARIO` takes another server, in the app and in the walk; `--help` lists them.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { bundleApp, bundleCli } from './bundle.mjs';
import { findElectron, hasDisplay } from './find-electron.mjs';
import { putKoffiBeside } from './koffi-here.mjs';
import { run } from './run.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

process.chdir(ROOT);
const args = process.argv.slice(2);
const flag = args.indexOf('--electron');
const [, named] = flag >= 0 ? args.splice(flag, 2) : [];
const folder = named ?? process.env['ELECTRON_OVERRIDE_DIST_PATH'];

if (flag >= 0 && named === undefined) {
  console.error('--electron needs the folder of an Electron.');
  process.exitCode = 2;
} else if (args.includes('--help') || args.includes('-h')) {
  process.exitCode = await runWalk(['--help']);
} else {
  const app = await openableApp(folder);
  process.exitCode = 'program' in app ? await openApp(app.program) : await walk(app.reason);
}

/**
 * @param {string} program
 * @returns {Promise<number>} its exit code
 */
async function openApp(program) {
  await putKoffiBeside(await bundleApp());
  // Chromium has no sandbox for root, who tries this out in a container; what we package never gets this flag.
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return run(program, [...flags, ROOT, '--open', ...withServer(args)]);
}

/**
 * Who tries this out on a Windows machine must not work on its services without having said so.
 *
 * @param {readonly string[]} options
 * @param {string} [platform]
 */
function withServer(options, platform = process.platform) {
  const isChosen = platform !== 'win32' || options.some((option) => /^--(real|simulate)(=|$)/.test(option));
  return [...options.filter((option) => option !== '--real'), ...(isChosen ? [] : ['--simulate'])];
}

/**
 * @param {string} reason why there is no tray app
 * @returns {Promise<number>} its exit code
 */
async function walk(reason) {
  console.log(`${reason} Here is the same maintenance in the terminal, on a simulated server.\n`);
  return runWalk(args);
}

/** @param {readonly string[]} options */
async function runWalk(options) {
  return run(process.execPath, [join(await bundleCli(), 'walk.cjs'), ...options]);
}

/**
 * @param {string | undefined} folder
 * @returns {Promise<{ readonly program: string } | { readonly reason: string }>}
 */
async function openableApp(folder) {
  if (!hasDisplay()) return { reason: 'There is no display for the tray app.' };
  return findElectron(folder);
}
