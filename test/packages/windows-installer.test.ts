import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { CliProgram } from '../harness/cli/cli-program.js';
import { missingDesktopTools } from '../harness/desktop/desktop-tools.js';
import { digestFiles } from '../harness/packages/inside.js';
import { InstallServer } from '../harness/packages/install-server.js';
import { describePackages, packageWindowsInstaller } from '../harness/packages/packages.js';

const FOLDER = 'C:\\Program Files\\Lync Drain';
const FAST = ['--speed', '200'];
/** ERROR_INSTALL_FAILURE (1603), of which our system has the lowest eight bits. */
const FAILED = 1603 % 256;
/** What Wine says of an action that failed: ERROR_FUNCTION_FAILED (1627), where Windows says 1603. */
const ACTION_FAILED = 1627 % 256;
/** As build/installer.nsi says. */
const EXIT_OTHER_SETUP = 7;
/** Longer than what NSIS can hold. */
const PATH_BEFORE = `C:\\windows\\system32;C:\\windows;${Array.from({ length: 100 }, (_, index) => `C:\\Product ${index + 1000}\\bin`).join(';')}`;

describePackages('The Windows Installer package', missingDesktopTools(), ({ application, setup }) => {
  let machine: InstallServer;
  let bundle: Awaited<ReturnType<typeof CliProgram.bundle>>;
  let administrator: CliProgram;
  let msi: string;

  beforeAll(async () => {
    [bundle, msi] = await Promise.all([CliProgram.bundle(), packageWindowsInstaller(application)]);
    administrator = bundle.program();
    machine = await InstallServer.start(administrator.dataFolder);
    await machine.setMachinePath(PATH_BEFORE);
  });
  afterAll(async () => {
    await machine.stop();
    administrator.remove();
    bundle.remove();
  });

  const isInstalled = (): boolean => existsSync(machine.path(`${FOLDER}\\Lync Drain.exe`));

  it('puts there what was packaged', async () => {
    expect(await machine.msiexec('/i', msi)).toBe(0);
    expect(digestFiles(machine.path(FOLDER))).toEqual(digestFiles(application));
  });

  it('puts the command line on the machine’s path and registers the event source', async () => {
    expect(await machine.machinePath()).toBe(`${PATH_BEFORE};${FOLDER}\\cli`);
    expect(Object.fromEntries(await machine.eventSource())).toEqual({
      EventMessageFile: `${FOLDER}\\lync-drain-events.exe`,
      TypesSupported: '0x7',
    });
  });

  it('keeps the setup program from installing beside it', async () => {
    expect(await machine.install(setup)).toBe(EXIT_OTHER_SETUP);
    expect(await machine.registration()).toEqual(new Map());
  });

  it('is not removed while a maintenance is open', async () => {
    expect((await administrator.run('drain', '--no-wait', ...FAST)).exitCode).toBe(0);
    expect(await machine.msiexec('/x', msi)).toBe(ACTION_FAILED);
    expect(isInstalled()).toBe(true);
    expect(await machine.machinePath()).toBe(`${PATH_BEFORE};${FOLDER}\\cli`);
    expect((await administrator.run('resume', ...FAST)).exitCode).toBe(0);
  });

  it('removes everything but the records', async () => {
    expect(await machine.msiexec('/x', msi)).toBe(0);
    expect(existsSync(machine.path(FOLDER)) ? [...digestFiles(machine.path(FOLDER)).keys()] : []).toEqual([]);
    expect(await machine.machinePath()).toBe(PATH_BEFORE);
    expect(await machine.eventSource()).toEqual(new Map());
    expect(readdirSync(join(administrator.dataFolder, 'runs'))).not.toEqual([]);
  });

  it('is removed in spite of an open maintenance when told so', async () => {
    expect(await machine.msiexec('/i', msi)).toBe(0);
    expect((await administrator.run('drain', '--no-wait', ...FAST)).exitCode).toBe(0);
    expect(await machine.msiexec('/x', msi, 'FORCE=1')).toBe(0);
    expect(isInstalled()).toBe(false);
    expect((await administrator.run('resume', ...FAST)).exitCode).toBe(0);
  });

  it('does not install beside the setup program', async () => {
    expect(await machine.install(setup, '/AUTOSTART=no')).toBe(0);
    expect(await machine.msiexec('/i', msi)).toBe(FAILED);
    await machine.uninstallFromList();
    expect(await machine.machinePath()).toBe(PATH_BEFORE);
  });
});
