/**
 * `npm run dev`: the tray app on a simulated server, with what you change in it at once: the window loads again when the renderer
 * changes, the app starts again when its main process changes. `--electron FOLDER` names an Electron; other options go to the app
 * (`--simulate=leak`, `--speed=20`, `--data=DIR`).
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { watchBundles } from './dev-bundles.mjs';
import { DevProcess } from './dev-process.mjs';
import { findElectron, hasDisplay } from './find-electron.mjs';
import { drawIcons } from './icons.mjs';
import { findMissingLibraries } from './system-packages.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = join(ROOT, 'release/dev');
/** Beside the bundles, so that no data of an app that is installed is touched. */
const DATA = join(ROOT, 'release/dev-data');

/** An editor that saves many files at once is one change. */
const SETTLED_AFTER_MS = 150;

/** An app that ends sooner never showed anything. */
const SHOWN_AFTER_MS = 3_000;

process.chdir(ROOT);
process.exitCode = await main(process.argv.slice(2));

/**
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
async function main(args) {
  const flag = args.indexOf('--electron');
  const [, named] = flag >= 0 ? args.splice(flag, 2) : [];
  if (flag >= 0 && named === undefined) return fail('--electron needs the folder of an Electron.');
  if (!hasDisplay()) {
    return fail(
      'There is no display. Run it in a desktop session, or without one: xvfb-run -a npm run dev (Debian: apt-get install xvfb).',
    );
  }
  const electron = await findElectron(named ?? process.env['ELECTRON_OVERRIDE_DIST_PATH']);
  if ('reason' in electron) return fail(electron.reason);
  await prepareFolder();
  return develop(electron.program, args);
}

/** Everything that is not bundled. */
async function prepareFolder() {
  const { name, productName, version } = createRequire(import.meta.url)('../package.json');
  await mkdir(FOLDER, { recursive: true });
  // A name of its own: only one app of a name runs at a time, and an installed one may.
  const manifest = { name: `${name}-dev`, productName: `${productName} Dev`, version, main: 'main.cjs' };
  await Promise.all([writeFile(join(FOLDER, 'package.json'), JSON.stringify(manifest)), drawIcons(join(FOLDER, 'icons'))]);
}

/**
 * @param {string} program Electron's
 * @param {readonly string[]} args for the app
 * @returns {Promise<number>} the exit code, when it is over
 */
async function develop(program, args) {
  /** @type {(code: number) => void} */
  let end = () => undefined;
  const over = new Promise((/** @type {(code: number) => void} */ resolve) => (end = resolve));
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => end(0));

  const app = new DevProcess(program, appArguments(args), (ended) => void explainEnd(ended).then((code) => code !== null && end(code)));
  let isOver = false;
  const settle = settled(async (parts) => {
    if (isOver) return;
    const isRestart = parts.has('app') || !app.isRunning;
    await (isRestart ? app.restart() : app.reload());
    say(isRestart ? 'changed: the app starts again' : 'changed: the window loads again');
  });
  say('bundling…');
  const begun = performance.now();
  const bundles = await watchBundles(FOLDER, settle, () => say('does not compile (above); the app stays as it is until it does'));
  if (bundles.isWhole) {
    say(`bundled in ${((performance.now() - begun) / 1_000).toFixed(1)} s; the window opens. Electron: ${relative(ROOT, program)}`);
    app.start();
  }
  say('Change a file in renderer/ or electron/ and look at the window. F12: developer tools, F5: load again, Ctrl-C: end.');
  say(`The simulated server is kept in ${relative(ROOT, dataFolder(args))}; delete that folder to begin again.`);
  const code = await over;
  isOver = true;
  await Promise.all([app.stop(), bundles.stop()]);
  say('ended');
  return code;
}

/**
 * @param {readonly string[]} args
 * @returns {readonly string[]}
 */
function appArguments(args) {
  const names = (/** @type {string} */ option) => args.some((arg) => arg === option || arg.startsWith(`${option}=`));
  return [
    // Chromium has no sandbox for root, who develops in a container; what we package never gets this flag.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    // What it misses in a container (D-Bus, a graphics card) would hide what is said here.
    '--log-level=3',
    FOLDER,
    '--open',
    ...(names('--simulate') ? [] : ['--simulate']),
    ...(names('--data') ? [] : [`--data=${DATA}`]),
    ...args,
  ];
}

/** @param {readonly string[]} args */
function dataFolder(args) {
  const at = args.findIndex((arg) => arg === '--data' || arg.startsWith('--data='));
  return at < 0 ? DATA : ((args[at]?.slice('--data='.length) || args[at + 1]) ?? DATA);
}

/**
 * @param {{ readonly code: number, readonly livedMs: number }} end
 * @returns {Promise<number | null>} the exit code if it is over, null to wait for the next change
 */
async function explainEnd({ code, livedMs }) {
  const libraries = code === 127 ? await findMissingLibraries() : [];
  if (libraries.length > 0) {
    return fail(`Electron could not start. On Debian: sudo apt-get install -y --no-install-recommends ${libraries.join(' ')}`);
  }
  if (code === 0 && livedMs < SHOWN_AFTER_MS) {
    return fail('The app ended at once. Another npm run dev is probably running: only one app of a name runs at a time.');
  }
  if (code === 0) {
    say('you left the app, so this ends too');
    return 0;
  }
  say(`the app ended with ${code}; it starts again with the next change`);
  return null;
}

/**
 * @param {(parts: ReadonlySet<string>) => Promise<void>} act on all that changed, one after another
 * @returns {(part: string) => void}
 */
function settled(act) {
  /** @type {Set<string>} */
  let parts = new Set();
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  let acting = Promise.resolve();
  return (part) => {
    parts.add(part);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const changed = parts;
      parts = new Set();
      acting = acting.then(() => act(changed));
    }, SETTLED_AFTER_MS);
  };
}

/** @param {string} text */
function say(text) {
  console.log(`[dev] ${text}`);
}

/** @param {string} reason */
function fail(reason) {
  console.error(`[dev] ${reason}`);
  return 1;
}
