import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';
import { _electron as electron, type ElectronApplication, type Page } from 'playwright-core';

import { bundleRenderer } from '../../../../build/bundle-renderer.mjs';
import { findElectron } from '../../../../build/find-electron.mjs';
import type { Language } from '../../../../electron/contract/app-snapshot.js';
import { formatTime } from '../../../../electron/core/language/time.js';
import { textsIn } from '../../fakes/texts-in.js';
import { HISTORY } from '../history.js';
import type { WindowState } from '../states.js';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** Patience of a test that has failed already. */
const DRAWN_WITHIN_MS = 8_000;

/** The window in the real Electron, one state at a time. */
export interface Stage {
  readonly page: Page;
  /** Shows a state from a fresh load, with the buttons it names pressed. */
  show(state: WindowState, language: Language): Promise<void>;
  press(ids: readonly string[], language: Language): Promise<void>;
  /** 2 is 200 %. Stays so from one `show` to the next. */
  zoomTo(factor: number): Promise<void>;
  /** The window as it is drawn, at whatever zoom, as PNG. */
  picture(): Promise<Buffer>;
  /** What the page complained about since the last `show`: errors, content security policy violations. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** Opens Electron under a display of its own. @throws Error when there is no Electron or no Xvfb */
export async function openStage(): Promise<Stage> {
  const found = await findElectron(process.env['ELECTRON_OVERRIDE_DIST_PATH']);
  if ('reason' in found) throw new Error(found.reason);
  const folder = await mkdtemp(join(tmpdir(), 'lync-drain-stage-'));
  const bundle = await bundleRenderer(folder);
  await build({
    entryPoints: [join(HERE, 'double.ts')],
    outfile: join(bundle, 'double.js'),
    bundle: true,
    format: 'iife',
    target: 'chrome108',
    logLevel: 'warning',
  });
  const display = await openDisplay();
  const app = await electron.launch({
    executablePath: found.program,
    args: ['--no-sandbox', '--disable-gpu', `--user-data-dir=${join(folder, 'profile')}`, join(HERE, 'app')],
    env: { ...definedOnly(process.env), DISPLAY: display.name, STAGE_BUNDLE: bundle },
  });
  const page = await app.firstWindow();
  return createStage(app, page, async () => {
    await app.close();
    display.process.kill();
    await rm(folder, { recursive: true, force: true });
  });
}

function createStage(app: ElectronApplication, page: Page, close: () => Promise<void>): Stage {
  const complaints: string[] = [];
  let zoom = 1;
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (entry) => {
    if (entry.type() === 'error' || entry.type() === 'warning') complaints.push(entry.text());
  });
  const applyZoom = (): Promise<void> =>
    app.evaluate(({ BrowserWindow }, factor) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(factor), zoom);
  const press = async (ids: readonly string[], language: Language): Promise<void> => {
    for (const id of ids) await locate(page, id, language).click({ timeout: DRAWN_WITHIN_MS });
  };
  return {
    page,
    complaints,
    press,
    // Playwright's own cuts off what zoom makes larger.
    picture: async () =>
      Buffer.from(
        await app.evaluate(
          async ({ BrowserWindow }) =>
            (await BrowserWindow.getAllWindows()[0]?.webContents.capturePage())?.toPNG().toString('base64') ?? '',
        ),
        'base64',
      ),
    show: async (state, language) => {
      const snapshot = { ...state.script.snapshot, language };
      const script = JSON.stringify({ ...state.script, snapshot });
      await app.evaluate((_, text) => Object.assign(globalThis, { stageScript: text }), script);
      complaints.length = 0;
      await page.goto('stage://window/index.html');
      // A factor belongs to an origin, so it is set where the page has its own.
      await applyZoom();
      await page.locator('h1').waitFor({ timeout: DRAWN_WITHIN_MS });
      await press(state.press, language);
      // A page that is loaded when it is opened.
      await page.locator('main[aria-busy]').waitFor({ state: 'detached', timeout: DRAWN_WITHIN_MS });
    },
    zoomTo: async (factor) => {
      if (factor === zoom) return;
      zoom = factor;
      await applyZoom();
      // The page hears of it a little later.
      await page.waitForFunction((ratio) => Math.abs(window.devicePixelRatio - ratio) < 0.01, factor);
    },
    close,
  };
}

/**
 * A button by the text id of its name (`id#3` where it counts other than nine), `row:SERVICE` for a service's details, or
 * `css:SELECTOR`.
 */
function locate(page: Page, id: string, language: Language): ReturnType<Page['locator']> {
  if (id.startsWith('css:')) return page.locator(id.slice(4)).first();
  const texts = textsIn(language);
  const [textId = '', count = 9] = id.split('#');
  const params = {
    count: Number(count),
    hold: texts.words.startTypes.demand,
    computer: 'FE01',
    serviceName: 'RTCCPS',
    opened: formatTime(HISTORY[0]?.openedAt ?? '', null),
  };
  const name = id.startsWith('row:')
    ? texts.t('details-of', { serviceName: id.slice(4) })
    : texts.t(textId as Parameters<typeof texts.t>[0], params);
  return page.getByRole('button', { name: new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`) }).first();
}

async function openDisplay(): Promise<{ readonly name: string; readonly process: ChildProcess }> {
  const server = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1400x1100x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [data] = (await Promise.race([
    once(server.stdout, 'data'),
    once(server, 'error').then(([error]) => Promise.reject(error as Error)),
  ])) as [Buffer];
  return { name: `:${data.toString().trim()}`, process: server };
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
