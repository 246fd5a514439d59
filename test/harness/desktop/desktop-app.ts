import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { _electron, type ElectronApplication, type Page } from 'playwright-core';

import { cutPower } from '../windows/power-cut.js';
import { MessageBox } from './message-box.js';
import { actUntil } from './wait-for.js';
import type { WindowsDesktop } from './windows-desktop.js';

/** Wine needs the first three of a Chromium, and a test the others; what we ship never gets them. */
const FLAGS = ['--no-sandbox', '--disable-gpu', '--in-process-gpu', '--lang=en-US', '--js-flags=--expose-gc'];

const ASK_EVERY_MS = 20;

/** The tray app on a Windows desktop, driven from outside. */
export class DesktopApp {
  readonly #desktop: WindowsDesktop;
  readonly #program: string;

  private constructor(
    readonly electron: ElectronApplication,
    desktop: WindowsDesktop,
    program: string,
  ) {
    this.#desktop = desktop;
    this.#program = program;
  }

  /** @param program the packaged app, by its path on our side */
  static async launch(desktop: WindowsDesktop, program: string): Promise<DesktopApp> {
    const { server, cli } = desktop.lync;
    const starter = join(server.folder, 'start-app');
    await writeFile(starter, starterScript(`'${server.wine.command}' '${program}'`));
    await chmod(starter, 0o755);
    const electron = await _electron.launch({
      executablePath: starter,
      args: FLAGS,
      env: { ...server.wine.env, ...cli.env },
      cwd: server.folder,
    });
    return new DesktopApp(electron, desktop, program);
  }

  /** Opens the window with a click on the tray, and waits until it shows the services. */
  async openWindow(): Promise<Page> {
    const page = await actUntil(
      'the window opens',
      () => this.#desktop.tray.click(),
      async () => this.electron.windows()[0] ?? null,
    );
    await page.getByRole('heading', { level: 2 }).waitFor();
    return page;
  }

  /** Starts the program a second time, as a double click does. @returns its exit code */
  async startAgain(): Promise<number | null> {
    const { server, cli } = this.#desktop.lync;
    const { exitCode } = await server.run(this.#program, FLAGS, { env: cli.env });
    return exitCode;
  }

  /** Waits until the app asks something in a box of Windows' own. */
  async waitForDialog(): Promise<MessageBox> {
    return MessageBox.find(this.#desktop.screen, 'Lync Drain');
  }

  /** Asks main process and window for as long. @returns how long the slowest answer took, in milliseconds */
  async slowestAnswer(page: Page, forMs: number): Promise<number> {
    let slowestMs = 0;
    for (const until = performance.now() + forMs; performance.now() < until;) {
      const asked = performance.now();
      await Promise.all([this.electron.evaluate(() => 0), page.evaluate('0')]);
      slowestMs = Math.max(slowestMs, performance.now() - asked);
      await page.waitForTimeout(ASK_EVERY_MS);
    }
    return slowestMs;
  }

  async isAlive(): Promise<boolean> {
    return this.electron.evaluate(() => true);
  }

  /** Lets the main process give back what nothing refers to any more: a mistake with that shows at once. */
  async collectGarbage(): Promise<void> {
    await this.electron.evaluate(() => {
      const { gc } = globalThis as { readonly gc?: () => void };
      if (gc === undefined) throw new Error('The app was started without --expose-gc.');
      gc();
    });
  }

  /** Ends it from one instruction to the next, with all its processes, as a power cut would. The services live on. */
  async kill(): Promise<void> {
    const ended = this.electron.waitForEvent('close');
    await cutPower(this.#desktop.lync.cli);
    await ended;
  }

  async quit(): Promise<void> {
    await this.electron.close();
  }
}

/**
 * Starts a command in a way that playwright takes for a program. What it says goes through a file: Node for Windows cannot
 * use the sockets that Node here makes of pipes, and an app that is started by a click has nothing of that kind anyway.
 */
function starterScript(command: string): string {
  return [
    '#!/bin/sh',
    'said=$(mktemp ./said-XXXXXX)',
    'tail -f -n +1 --pid=$$ "$said" >&2 &',
    `exec ${command} "$@" </dev/null >"$said" 2>&1`,
    '',
  ].join('\n');
}
