import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { autostartXml } from '../../electron/adapters/windows/desktop/autostart-task.js';
import { CliProgram } from '../harness/cli/cli-program.js';
import { missingDesktopTools } from '../harness/desktop/desktop-tools.js';
import { digestFiles } from '../harness/packages/inside.js';
import { InstallServer } from '../harness/packages/install-server.js';
import { describePackages } from '../harness/packages/packages.js';

const FOLDER = 'C:\\Program Files\\Lync Drain';
const PROGRAM = `${FOLDER}\\Lync Drain.exe`;
const SHORTCUT = 'C:\\ProgramData\\Microsoft\\Windows\\Start Menu\\Programs\\Lync Drain.lnk';
const PROMPT = 'C:\\ProgramData\\Microsoft\\Windows\\Start Menu\\Programs\\Lync Drain Command Prompt.lnk';
const CREATED = `/Create /TN Lync Drain /XML ${FOLDER}\\task.xml /F`;

/** Longer than what NSIS can hold. */
const PATH_BEFORE = `C:\\windows\\system32;C:\\windows;${Array.from({ length: 100 }, (_, index) => `C:\\Product ${index + 1000}\\bin`).join(';')}`;

const FAST = ['--speed', '200'];

/** As build/installer.nsi says. */
const EXIT = { done: 0, open: 3, running: 4, unknown: 5, noTask: 6 } as const;

/** One server's story, from its first installation to the last uninstallation. */
describePackages('The installer', missingDesktopTools(), ({ application, setup }) => {
  let machine: InstallServer;
  let bundle: Awaited<ReturnType<typeof CliProgram.bundle>>;
  /** Has the same data folder as what is installed: it opens and closes maintenances there, on a simulated server. */
  let administrator: CliProgram;

  beforeAll(async () => {
    bundle = await CliProgram.bundle();
    administrator = bundle.program();
    machine = await InstallServer.start(administrator.dataFolder);
    await machine.setMachinePath(PATH_BEFORE);
  });
  afterAll(async () => {
    await machine.stop();
    administrator.remove();
    bundle.remove();
  });

  const isInstalled = (): boolean => existsSync(machine.path(PROGRAM));

  it('puts there what was packaged, and an uninstaller', async () => {
    expect(await machine.install(setup)).toBe(EXIT.done);
    const installed = new Map(digestFiles(machine.path(FOLDER)));
    expect(installed.delete('uninstall.exe')).toBe(true);
    expect(installed).toEqual(digestFiles(application));
  });

  it('is found in the start menu and in the list of programs', async () => {
    expect(existsSync(machine.path(SHORTCUT))).toBe(true);
    expect(Object.fromEntries(await machine.registration())).toMatchObject({
      DisplayName: 'Lync Drain',
      InstallLocation: FOLDER,
      UninstallString: `"${FOLDER}\\uninstall.exe"`,
      QuietUninstallString: `"${FOLDER}\\uninstall.exe" /S _?=${FOLDER}`,
    });
  });

  it('is on the machine’s path, of which every character stays', async () => {
    expect(await machine.machinePath()).toBe(`${PATH_BEFORE};${FOLDER}\\cli`);
  });

  it('has a prompt in the start menu that asks for administrator rights and knows the command line', () => {
    const link = readFileSync(machine.path(PROMPT));
    // MS-SHLLINK: LinkFlags begin at byte 20; RunAsUser is bit 13.
    expect(link.readUInt32LE(20) & 0x2000).toBe(0x2000);
    const text = link.toString('utf16le');
    expect(text + link.toString('utf16le', 1)).toContain('lync-drain --help');
  });

  it('registers the event source, with the program that holds its texts', async () => {
    expect(Object.fromEntries(await machine.eventSource())).toEqual({
      EventMessageFile: `${FOLDER}\\lync-drain-events.exe`,
      TypesSupported: '0x7',
    });
  });

  it('gives Windows the same task as the app does', async () => {
    expect(await machine.takeTaskCalls()).toEqual([CREATED]);
    expect(await machine.task()).toEqual(autostartXml({ program: PROGRAM, args: [] }));
  });

  it('installs an app that starts, reads no copies from the temporary folder, and is not touched while it runs', async () => {
    await machine.startApp();
    // No Lync services here: it cannot tell how the server is.
    await machine.tray.waitForShape('unknown');
    expect(machine.temporaryFiles().filter((name) => /\.(ico|node)$/.test(name))).toEqual([]);
    expect(await machine.uninstall()).toBe(EXIT.running);
    expect(await machine.install(setup)).toBe(EXIT.running);
    expect(isInstalled()).toBe(true);
    await machine.killApp();
  });

  it('installs an app that runs nothing and writes nothing for a hostile hand', async () => {
    const file = (name: string): string => `C:\\planted\\${name}`;
    mkdirSync(machine.path(file('')), { recursive: true });
    writeFileSync(machine.path(file('planted.cjs')), `require('fs').writeFileSync(${JSON.stringify(file('ran'))}, '');`);
    await machine.startApp(
      ['--open', '--inspect-brk=0', '--remote-debugging-port=0', `--ssl-key-log-file=${file('keys')}`, `--log-net-log=${file('net')}`],
      {
        ...{ ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: `--require ${file('planted.cjs')}` },
        ...{ NODE_V8_COVERAGE: file('coverage'), SSLKEYLOGFILE: file('more-keys') },
      },
    );
    await machine.tray.waitForShape('unknown');
    // What Chromium is told to write, it writes when it shows a page.
    await machine.waitForWindow();
    expect(readdirSync(machine.path(file('')))).toEqual(['planted.cjs']);
    await machine.killApp();
  });

  it('as an update takes away what only the older version had, and leaves the task as it is', async () => {
    await machine.takeTaskCalls();
    writeFileSync(machine.path(`${FOLDER}\\resources\\older.pak`), '');
    expect(await machine.install(setup)).toBe(EXIT.done);
    expect(readdirSync(machine.path(`${FOLDER}\\resources`)).sort()).toEqual(['app.asar', 'app.asar.unpacked']);
    expect(await machine.takeTaskCalls()).toEqual([]);
  });

  it('does not uninstall while a maintenance is open', async () => {
    expect((await administrator.run('drain', '--no-wait', ...FAST)).exitCode).toBe(0);
    expect(await machine.uninstall()).toBe(EXIT.open);
    expect(isInstalled()).toBe(true);
    expect((await administrator.run('resume', ...FAST)).exitCode).toBe(0);
  });

  it('does not uninstall when it cannot tell whether one is open', async () => {
    chmodSync(administrator.dataFolder, 0o777);
    expect(await machine.uninstall()).toBe(EXIT.unknown);
    expect(isInstalled()).toBe(true);
    chmodSync(administrator.dataFolder, 0o700);
  });

  it('uninstalls everything but the records', async () => {
    await machine.uninstallFromList();
    expect(existsSync(machine.path(SHORTCUT))).toBe(false);
    expect(existsSync(machine.path(PROMPT))).toBe(false);
    expect(await machine.machinePath()).toBe(PATH_BEFORE);
    expect(await machine.registration()).toEqual(new Map());
    expect(await machine.eventSource()).toEqual(new Map());
    expect(await machine.takeTaskCalls()).toEqual(['/Delete /TN Lync Drain /F']);
    expect(await machine.task()).toBeNull();
    expect(readdirSync(join(administrator.dataFolder, 'runs'))).not.toEqual([]);
  });

  it('says when Windows does not take the task', async () => {
    await machine.refuseTasks(true);
    expect(await machine.install(setup)).toBe(EXIT.noTask);
    expect(isInstalled()).toBe(true);
    await machine.refuseTasks(false);
    await machine.uninstallFromList();
    await machine.takeTaskCalls();
  });

  it('makes no task when told so, and uninstalls in spite of an open maintenance when told so', async () => {
    expect(await machine.install(setup, '/AUTOSTART=no')).toBe(EXIT.done);
    expect(await machine.takeTaskCalls()).toEqual([]);
    expect((await administrator.run('drain', '--no-wait', ...FAST)).exitCode).toBe(0);
    expect(await machine.uninstall('/FORCE')).toBe(EXIT.done);
    expect(isInstalled()).toBe(false);
  });
});
