import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { _electron, type ElectronApplication, type Page } from 'playwright-core';

import { bundleApp } from '../../../build/bundle.mjs';
import { findElectron } from '../../../build/find-electron.mjs';
import type { AppSnapshot } from '../../../electron/contract/app-snapshot.js';
import type { Answer, Bridge, CallName } from '../../../electron/contract/ipc-channels.js';
import type { Request, Value } from '../../../electron/contract/ipc.js';
import type { Capability } from '../describe-where.js';
import { startDisplay } from './display.js';

/** The real app in a real Electron on a display of its own, driven from outside. */

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const PATIENCE_MS = 60_000;

export interface Stage {
  readonly program: string;
  readonly display: string;
  close(): Promise<void>;
}

/** An Electron and a display, or why there is none. The display and the bundle are made once for all tests of a file. */
export async function openStage(): Promise<Stage | { readonly reason: string }> {
  const electron = await findElectron(process.env['ELECTRON_OVERRIDE_DIST_PATH']);
  if ('reason' in electron) return electron;
  const display = await startDisplay(1280, 1024);
  if (display === null) return { reason: 'There is no Xvfb.' };
  await bundleApp();
  return { program: electron.program, display: display.name, close: () => display.close() };
}

/** A real Electron, and a display for it. */
export function electronOf(stage: Stage | { readonly reason: string }): Capability {
  return { missing: 'reason' in stage ? [`Electron with a display (${stage.reason})`] : [] };
}

/** Folders of one test: the app's profile, and its data. */
export class Home {
  private constructor(readonly folder: string) {}

  static async make(): Promise<Home> {
    return new Home(await mkdtemp(join(tmpdir(), 'lync-drain-app-')));
  }

  get data(): string {
    return join(this.folder, 'data');
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

export interface LaunchOptions {
  readonly speed?: number;
  readonly language?: string;
  /** Left out: the server that is there, or the usual one. */
  readonly scenario?: string;
}

function argumentsFor(home: Home, { speed = 1, language = 'en-US', scenario }: LaunchOptions): string[] {
  const asRoot = userInfo().uid === 0 ? ['--no-sandbox'] : [];
  return [
    ...asRoot,
    `--lang=${language}`,
    ROOT,
    `--data=${home.data}`,
    `--speed=${speed}`,
    ...(scenario === undefined ? [] : [`--simulate=${scenario}`]),
  ];
}

function environmentFor(stage: Stage, home: Home): Record<string, string> {
  const known = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(known), DISPLAY: stage.display, XDG_CONFIG_HOME: join(home.folder, 'profile') };
}

/** One running app. */
export class LaunchedApp {
  readonly #stage: Stage;
  readonly #home: Home;
  readonly #options: LaunchOptions;
  /** What its windows complained about: errors, warnings, violations of the content security policy. */
  readonly complaints: string[] = [];

  private constructor(
    readonly electron: ElectronApplication,
    stage: Stage,
    home: Home,
    options: LaunchOptions,
  ) {
    this.#stage = stage;
    this.#home = home;
    this.#options = options;
  }

  static async launch(stage: Stage, home: Home, options: LaunchOptions = {}): Promise<LaunchedApp> {
    const electron = await _electron.launch({
      executablePath: stage.program,
      args: argumentsFor(home, options),
      env: environmentFor(stage, home),
    });
    const app = new LaunchedApp(electron, stage, home, options);
    electron.on('window', (page) => app.#hearComplaints(page));
    return app;
  }

  /** Starts the program a second time, as a double click does. @returns its exit code */
  startAgain(): Promise<number | null> {
    return new Promise((resolve) => {
      const again = spawn(this.#stage.program, argumentsFor(this.#home, this.#options), {
        env: environmentFor(this.#stage, this.#home),
        stdio: 'ignore',
      });
      again.once('exit', resolve);
    });
  }

  /** Opens the window by starting the program again, and waits until it shows something. */
  async openWindow(): Promise<Page> {
    const opened = this.electron.waitForEvent('window');
    await this.startAgain();
    const page = await opened;
    await page.waitForSelector('h1, h2');
    return page;
  }

  async processTypes(): Promise<readonly string[]> {
    return this.electron.evaluate(({ app }) => app.getAppMetrics().map((metric) => metric.type));
  }

  /** Opens the window as a second start does and closes it as soon as its page loads, so many times. */
  async openAndClose(times: number): Promise<void> {
    await this.electron.evaluate(async ({ app, BrowserWindow }, rounds) => {
      for (let round = 0; round < rounds; round += 1) {
        app.emit('second-instance');
        const [window] = BrowserWindow.getAllWindows();
        if (window === undefined) throw new Error('The window did not open.');
        await new Promise<void>((resolve) => window.webContents.once('did-navigate', () => resolve()));
        await new Promise<void>((resolve) => {
          window.once('closed', () => resolve());
          window.close();
        });
      }
    }, times);
  }

  /** How many listen to each event of what lives as long as the app. */
  async listeners(): Promise<readonly (readonly [string, number])[]> {
    return this.electron.evaluate(({ app, ipcMain, nativeTheme, powerMonitor }) =>
      Object.entries({ app, ipcMain, nativeTheme, powerMonitor, process }).flatMap(([name, emitter]) =>
        emitter.eventNames().map((event) => [`${name} ${String(event)}`, emitter.listenerCount(event as never)] as const),
      ),
    );
  }

  /** Folders that the main process has watched: some for each server that it follows. */
  async countWatchedFolders(): Promise<number> {
    return this.electron.evaluate(() => {
      // Since Node 16.14; the types are of another version.
      const { getActiveResourcesInfo } = process as unknown as { getActiveResourcesInfo: () => string[] };
      return getActiveResourcesInfo().filter((kind) => kind.toUpperCase() === 'FSEVENTWRAP').length;
    });
  }

  #hearComplaints(page: Page): void {
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (entry) => {
      if (entry.type() === 'error' || entry.type() === 'warning') this.complaints.push(entry.text());
    });
  }

  /**
   * Presses Exit in the tray's menu, which no Linux display of ours shows, as it is drawn next.
   * @param greyed a row that must be grey then; null where it does not matter
   * @param answer which button of the question is pressed, should one be asked
   * @returns tells the question's buttons, none when nothing was asked
   */
  async pressExit(label: string, greyed: string | null, answer: number): Promise<() => Promise<readonly string[]>> {
    await this.electron.evaluate(
      ({ dialog, Menu }, [name, grey, response]) => {
        const asked: string[] = [];
        Object.assign(globalThis, { asked });
        dialog.showMessageBox = (options: unknown) => {
          asked.push(...((options as Electron.MessageBoxOptions).buttons ?? []));
          return Promise.resolve({ response, checkboxChecked: false });
        };
        const build = Menu.buildFromTemplate.bind(Menu);
        Menu.buildFromTemplate = (template) => {
          const menu = build(template);
          if (grey !== null && menu.items.find((item) => item.label === grey)?.enabled !== false) return menu;
          Menu.buildFromTemplate = build;
          menu.items.find((item) => item.label === name)?.click();
          return menu;
        };
      },
      [label, greyed, answer] as const,
    );
    return () => this.electron.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
  }

  /** Stands for the user who answers the system's dialog for saving a file. */
  async answerSaveDialog(filePath: string): Promise<void> {
    await this.electron.evaluate(({ dialog }, path) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
    }, filePath);
  }

  /**
   * Stands for a printer.
   * @param failure what goes wrong with it, as Chromium says it; null when nothing does
   * @returns tells the titles of what was printed since
   */
  async catchPrints(failure: string | null): Promise<() => Promise<readonly string[]>> {
    await this.electron.evaluate(({ app }, reason) => {
      const printed: string[] = [];
      Object.assign(globalThis, { printed });
      app.on('web-contents-created', (_, contents) => {
        contents.print = (_options, done) => {
          printed.push(contents.getTitle());
          done?.(reason === null, reason ?? '');
        };
      });
    }, failure);
    return () => this.electron.evaluate(() => (globalThis as unknown as { printed: string[] }).printed);
  }

  /** Ends it as the task manager does. */
  async kill(): Promise<void> {
    const child = this.electron.process();
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await exited;
  }

  async quit(): Promise<void> {
    await this.electron.close();
  }
}

/** Calls the main process as the window's own script does. */
export function call<N extends CallName>(page: Page, name: N, request: Request<N>): Promise<Answer<Value<N>>> {
  return callRaw(page, name, request) as Promise<Answer<Value<N>>>;
}

/** The same with a request that the window would never send. */
export function callRaw(page: Page, name: CallName, request: unknown): Promise<unknown> {
  return page.evaluate(([which, what]) => (window as unknown as { lyncDrain: Bridge }).lyncDrain[which](what), [name, request] as const);
}

/** Waits until a snapshot is as wanted. */
export async function until(page: Page, what: string, isSo: (snapshot: AppSnapshot) => boolean): Promise<AppSnapshot> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await call(page, 'snapshot', null);
    if (answer.ok && isSo(answer.value)) return answer.value;
    if (Date.now() > giveUpAt) throw new Error(`never ${what}: ${JSON.stringify(answer).slice(0, 2_000)}`);
    await page.waitForTimeout(100);
  }
}
