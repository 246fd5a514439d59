import { existsSync, readdirSync } from 'node:fs';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { startDisplay, type Display } from '../app/display.js';
import { Screen } from '../desktop/screen.js';
import { Tray } from '../desktop/tray.js';
import { waitFor } from '../desktop/wait-for.js';
import { compileNative } from '../windows/native.js';
import { PackagedCli } from '../windows/packaged-cli.js';
import { cutPower } from '../windows/power-cut.js';
import { WindowsServer } from '../windows/windows-server.js';
import { windowsPath } from '../windows/wine.js';

const SETTINGS = resolve('test/harness/desktop/windows-desktop.reg');
const SCHTASKS_SOURCE = 'test/harness/packages/native/schtasks.c';
const ENVIRONMENT_KEY = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment';
const UNINSTALL_KEY = 'HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Lync Drain';

/** Wine needs these of a Chromium; what we ship never gets them. */
const WINE_FLAGS = ['--no-sandbox', '--disable-gpu', '--in-process-gpu'];

const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 100;

/** A Windows server with a screen, on which the installer is run as an administrator's script would. */
export class InstallServer {
  readonly #display: Display;
  readonly #server: WindowsServer;
  /** Only for its environment and data folder: this one is not installed. */
  readonly #cli: PackagedCli;
  readonly tray: Tray;

  private constructor(display: Display, server: WindowsServer, tray: Tray, dataFolder: string) {
    this.#display = display;
    this.#server = server;
    this.#cli = new PackagedCli(server, dataFolder);
    this.tray = tray;
  }

  /** @param dataFolder where the product keeps its records, as we see it */
  static async start(dataFolder: string): Promise<InstallServer> {
    const display = await startDisplay(1024, 768);
    if (display === null) throw new Error('There is no Xvfb.');
    // Wine takes its own programs before those it finds in the folder, unless told otherwise.
    const server = await WindowsServer.start({ env: { DISPLAY: display.name, WINEDLLOVERRIDES: 'schtasks.exe=n' }, registry: SETTINGS });
    const machine = new InstallServer(display, server, await Tray.of(server, new Screen(display.name)), dataFolder);
    const schtasks = machine.path('C:\\windows\\system32\\schtasks.exe');
    // A link to the file that all servers share: it must not be written to.
    await rm(schtasks);
    await copyFile(await compileNative(SCHTASKS_SOURCE), schtasks);
    return machine;
  }

  /** A path on its drive C as we see it. */
  path(windowsPath: string): string {
    return join(this.#server.folder, 'prefix/drive_c', ...windowsPath.replace(/^C:\\/, '').split('\\'));
  }

  /** Runs the installer silently. @returns its exit code */
  async install(setup: string, ...options: readonly string[]): Promise<number | null> {
    return this.#run(setup, ['/S', ...options]);
  }

  /** Runs Windows Installer without a window. @returns its exit code */
  async msiexec(what: '/i' | '/x', msi: string, ...properties: readonly string[]): Promise<number | null> {
    return this.#run('msiexec', [what, windowsPath(msi), '/qn', ...properties]);
  }

  /** Uninstalls as tools do that wait for the exit code, which is returned. */
  async uninstall(...options: readonly string[]): Promise<number | null> {
    const command = (await this.registration()).get('QuietUninstallString') ?? '';
    const [, program = '', args = ''] = /^"([^"]+)" (.*)$/.exec(command) ?? [];
    return this.#run(this.path(program), [...options, ...args.split(' ')]);
  }

  /** Uninstalls as Windows' list of programs does, which does not wait, and waits until the files are gone. */
  async uninstallFromList(): Promise<void> {
    const program = (await this.registration()).get('UninstallString') ?? '';
    await this.#run(this.path(program.replaceAll('"', '')), ['/S']);
    await waitUntil('the program is uninstalled', () => !existsSync(this.path('C:\\Program Files\\Lync Drain')));
  }

  /** What Windows' list of programs knows of ours; empty when it is not listed. */
  async registration(): Promise<ReadonlyMap<string, string>> {
    return this.#valuesOf(UNINSTALL_KEY);
  }

  /** What the event log knows of our source; empty when there is none. */
  async eventSource(): Promise<ReadonlyMap<string, string>> {
    return this.#valuesOf('HKLM\\SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\Lync Drain');
  }

  /** Where Windows looks for programs, for all its users. */
  async machinePath(): Promise<string | undefined> {
    return (await this.#valuesOf(ENVIRONMENT_KEY)).get('Path') ?? (await this.#valuesOf(ENVIRONMENT_KEY)).get('PATH');
  }

  async setMachinePath(text: string): Promise<void> {
    await this.#server.run('reg', ['add', ENVIRONMENT_KEY, '/v', 'Path', '/t', 'REG_EXPAND_SZ', '/d', text, '/f']);
  }

  async #valuesOf(key: string): Promise<ReadonlyMap<string, string>> {
    const { stdout } = await this.#server.run('reg', ['query', key]);
    return new Map([...stdout.matchAll(/^ +(\w+) +REG_\w+ +(.*?)\r?$/gm)].map(([, name = '', value = '']) => [name, value]));
  }

  /** Starts the installed app as its shortcut does. */
  async startApp(args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<void> {
    const program = this.path('C:\\Program Files\\Lync Drain\\Lync Drain.exe');
    await this.#server.launch(program, [...WINE_FLAGS, ...args], { env: { ...env, ...this.#cli.env } });
  }

  /** Until the app shows its window. */
  async waitForWindow(): Promise<void> {
    const screen = new Screen(this.#display.name);
    await waitFor('the window shows', async () => (await screen.windows()).find(({ name }) => name === 'Lync Drain') ?? null);
  }

  /** Names of what lies in the temporary folders of its users. */
  temporaryFiles(): readonly string[] {
    const users = this.path('C:\\users');
    const folders = readdirSync(users).map((user) => join(users, user, 'Temp'));
    return folders.filter((folder) => existsSync(folder)).flatMap((folder) => readdirSync(folder));
  }

  killApp(): Promise<void> {
    return cutPower(this.#cli);
  }

  /** How schtasks was called, and forgets it. */
  async takeTaskCalls(): Promise<readonly string[]> {
    const path = this.path('C:\\tasks\\calls');
    const calls = await readFile(path, 'utf8').catch(() => '');
    await rm(path, { force: true });
    return calls
      .split('\n')
      .filter((call) => call !== '')
      .map((call) => call.replaceAll('\t', ' '));
  }

  /** The scheduled task's description as Windows was given it; null when there is no task. */
  async task(): Promise<Buffer | null> {
    return readFile(this.path('C:\\tasks\\task.xml')).catch(() => null);
  }

  /** Lets Windows refuse, or take again, every task from now on. */
  async refuseTasks(doesRefuse: boolean): Promise<void> {
    const path = this.path('C:\\tasks\\refuse');
    await (doesRefuse ? writeFile(path, '') : rm(path));
  }

  async stop(): Promise<void> {
    await this.#server.stop();
    await this.#display.close();
  }

  async #run(program: string, args: readonly string[]): Promise<number | null> {
    return (await this.#server.run(program, args, { env: this.#cli.env })).exitCode;
  }
}

async function waitUntil(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > giveUpAt) throw new Error(`Not within ${PATIENCE_MS / 1000} s: ${what}.`);
    await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
  }
}
