import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { Settings } from '../../../electron/contract/settings-schema.js';
import { startDisplay, type Display } from '../app/display.js';
import { LyncServer } from '../windows/lync-server.js';
import type { WitnessedService } from '../windows/scm-witness.js';
import type { SessionServiceOptions } from '../windows/session-service.js';
import { WindowsServer } from '../windows/windows-server.js';
import { Screen } from './screen.js';
import { Tray } from './tray.js';

const SETTINGS = resolve('test/harness/desktop/windows-desktop.reg');

/** Pixels of a screen. */
export interface ScreenSize {
  readonly width: number;
  readonly height: number;
}

/** As small as a server's console often is. */
const CONSOLE: ScreenSize = { width: 1024, height: 768 };

/** A Windows server with a screen in front of it: session services under Lync's names, the tray, and no graphics card. */
export class WindowsDesktop {
  readonly #display: Display;

  private constructor(
    readonly lync: LyncServer,
    readonly screen: Screen,
    readonly tray: Tray,
    display: Display,
  ) {
    this.#display = display;
  }

  static async start(...installed: readonly SessionServiceOptions[]): Promise<WindowsDesktop> {
    return WindowsDesktop.startWith(CONSOLE, installed);
  }

  static async startWith({ width, height }: ScreenSize, installed: readonly SessionServiceOptions[]): Promise<WindowsDesktop> {
    const display = await startDisplay(width, height);
    if (display === null) throw new Error('There is no Xvfb.');
    const server = await WindowsServer.start({ env: { DISPLAY: display.name }, registry: SETTINGS });
    const screen = new Screen(display.name);
    return new WindowsDesktop(await LyncServer.on(server, ...installed), screen, await Tray.of(server, screen), display);
  }

  /** Settings as an administrator would have made them before; those left out stay at their defaults. */
  async writeSettings(settings: Partial<Settings>): Promise<void> {
    const { dataFolder } = this.lync.cli;
    // Wine shows the mode as who may write it: no other account.
    await mkdir(dataFolder, { mode: 0o700 });
    await writeFile(join(dataFolder, 'settings.json'), JSON.stringify({ schema: 1, ...settings }), { mode: 0o600 });
  }

  /** Every service of the server, ours and Windows' own, with everything that can be seen of it from outside. */
  async readAllServices(): Promise<ReadonlyMap<string, WitnessedService>> {
    const { witness } = this.lync.server;
    const seen = new Map<string, WitnessedService>();
    for (const name of await witness.list()) seen.set(name, { ...(await witness.query(name)), checkpoint: 0, waitHint: 0 });
    return seen;
  }

  async stop(): Promise<void> {
    await this.lync.stop();
    await this.#display.close();
  }
}
