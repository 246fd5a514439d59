/**
 * `node build/pictures.mjs`: takes the README's pictures of the window, in docs/pictures. They are the real app on the
 * simulated server, from preflight to the report, as large as the window opens.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { _electron } from 'playwright-core';

import { bundleApp } from './bundle.mjs';
import { findElectron } from './find-electron.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PICTURES = join(ROOT, 'docs/pictures');

/** Always the same server; so fast that a maintenance takes a minute. */
const SERVER = ['--seed=7', '--speed=15'];
/** Long enough for a curve. */
const WATCHED_MS = 6_000;

const electron = await findElectron(process.env['ELECTRON_OVERRIDE_DIST_PATH']);
if ('reason' in electron) throw new Error(electron.reason);
await bundleApp();
await mkdir(PICTURES, { recursive: true });
const home = await mkdtemp(join(tmpdir(), 'lync-drain-pictures-'));
const display = await openDisplay();
const app = await _electron.launch({
  executablePath: electron.program,
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--lang=en-US', ROOT, `--data=${join(home, 'data')}`, ...SERVER, '--open'],
  env: { PATH: process.env['PATH'] ?? '', HOME: home, DISPLAY: display.name },
});
try {
  await takeAll(await app.firstWindow());
} finally {
  await app.close();
  display.server.kill();
  await rm(home, { recursive: true, force: true });
}

/** @param {import('playwright-core').Page} page */
async function takeAll(page) {
  page.setDefaultTimeout(120_000);
  await page.emulateMedia({ colorScheme: 'light' });
  const press = (/** @type {RegExp} */ name) => page.getByRole('button', { name }).last().click();
  const see = (/** @type {string} */ words) => page.getByText(words).first().waitFor();
  await see('Nothing has been changed yet.');
  await take('window-preflight');
  await page.getByRole('textbox', { name: 'Reason or change number' }).fill('CHG-1234');
  await press(/^Go on to Pause$/);
  await press(/^Pause \d+ services$/);
  await press(/^Set \d+ services to Manual$/);
  await see('Step 4 of 7');
  await page.waitForTimeout(WATCHED_MS);
  await take('window-wait');
  await press(/^Sign off the server$/);
  await press(/^Restart FE01$/);
  await see('Windows restarts now.');
  await press(/^Restart FE01$/);
  await see('Stayed quiet');
  await press(/^Go on to Way back$/);
  await take('window-way-back');
  await press(/^Bring back \d+ services$/);
  await press(/^Open History$/);
  await press(/^Show report of/);
  await page.frameLocator('iframe').getByText('CHG-1234').first().waitFor();
  await take('window-report');
}

/** @param {string} name */
async function take(name) {
  const png = await app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    // What was clicked last still has the mouse's colour for a moment.
    await new Promise((resolve) => setTimeout(resolve, 500));
    return (await contents?.capturePage())?.toPNG().toString('base64') ?? '';
  });
  await writeFile(join(PICTURES, `${name}.png`), Buffer.from(png, 'base64'));
  console.log(`docs/pictures/${name}.png`);
}

/** @returns {Promise<{ readonly name: string, readonly server: import('node:child_process').ChildProcess }>} */
async function openDisplay() {
  const server = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [number] = await once(server.stdout, 'data');
  return { name: `:${String(number).trim()}`, server };
}
