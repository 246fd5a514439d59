import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { describeWhere } from '../harness/describe-where.js';
import { LauncherFolder } from '../harness/windows/launcher.js';
import { AUTO, MANUAL, MEDIATION } from '../harness/windows/lync-server.js';
import { packageEdition } from '../harness/windows/packaged-cli.js';
import { SERVICE_PAUSED, SERVICE_RUNNING } from '../harness/windows/scm-witness.js';
import { SessionService } from '../harness/windows/session-service.js';
import { type Finished, WindowsServer } from '../harness/windows/windows-server.js';
import { WINDOWS, windowsPath } from '../harness/windows/wine.js';

/** What Node looks up when it is asked for the computer's name, and Windows 7 lacks. */
const NEWER_THAN_WINDOWS_7 = 'GetHostNameW';

const SERVERS = [
  { name: 'Windows 10', registry: null },
  { name: 'Windows 7, with a Node that finds nothing newer', registry: 'test/harness/windows/windows-7.reg' },
] as const;

/** The Windows edition as an administrator types it, also in a folder with an odd name. */
for (const { name, registry } of SERVERS) {
  describeWhere(WINDOWS)(`lync-drain.exe on ${name}`, () => {
    let server: WindowsServer;
    let folder: LauncherFolder;

    beforeAll(async () => {
      [server] = await Promise.all([WindowsServer.start({ registry }), packageEdition()]);
      folder = await LauncherFolder.withEdition(server, 'Lync 维护 (x64) & more');
      if (registry !== null) await takeAway(NEWER_THAN_WINDOWS_7, folder.file('node.exe'));
    });
    afterAll(() => server.stop());

    const data = (): Readonly<Record<string, string>> => ({ LYNC_DRAIN_DATA: windowsPath(join(server.folder, 'data')) });
    const type = (...words: readonly string[]): Promise<Finished> => folder.runTrusted(words, data());

    it('is a server on which Node finds out the name of the computer, or not', async () => {
      const script = "try { process.stdout.write('named ' + require('os').hostname()) } catch (error) { process.stdout.write(error.code) }";
      const env = { NODE_SKIP_PLATFORM_CHECK: '1' };
      const { stdout } = await server.run(folder.file('node.exe'), ['-e', script], { env });
      expect(stdout).toMatch(registry === null ? /^named ./ : /^ERR_SYSTEM_ERROR$/);
      const plain = await server.run(folder.file('node.exe'), ['-e', '0']);
      expect(plain.exitCode === 0).toBe(registry === null);
    });

    it.each([
      ['--version', 0, /^lync-drain \d/],
      ['status --simulate --lang en', 0, /RTCSRV/],
      ['status --lang en', 0, /No maintenance is going on/],
      ['statsu --lang en', 2, null],
      ['confirm --simulate --lang en', 3, null],
      ['drain --simulate=not-elevated --lang en', 9, null],
      ['explain LD-1104 --lang en', 0, /--trust-folder/],
    ] as const)('%s leaves with %d', async (line, exitCode, out) => {
      const ended = await type(...line.split(' '));
      expect([ended.exitCode, ended.stderr]).toEqual([exitCode, expect.not.stringContaining('LD-9001')]);
      if (out !== null) expect(ended.stdout).toMatch(out);
    });

    it('pauses a service, holds its start type, and brings both back', async () => {
      const service = await SessionService.install(server, { ...MEDIATION, startType: AUTO });
      await service.start();
      const look = async (): Promise<unknown> => server.witness.query(MEDIATION.serviceName);
      expect(await type('drain', '--no-wait', '--reason', 'CHG-1 "更新" 100%')).toMatchObject({ exitCode: 0 });
      expect(await look()).toMatchObject({ state: SERVICE_PAUSED, startType: MANUAL });
      expect(await type('resume')).toMatchObject({ exitCode: 0 });
      expect(await look()).toMatchObject({ state: SERVICE_RUNNING, startType: AUTO });
      const doctor = await type('doctor', '--json');
      expect(doctor.stdout + doctor.stderr).not.toContain('LD-9001');
    });

    it.each(['no such service', 'a & b | c', '(x64)', 'RTC,SRV;=', '服务', '', '%OS%^', 'q"q\\'])(
      'hands on what was typed: %j',
      async (word) => {
        const ended = await type('plan', word, '--simulate', '--lang', 'en');
        expect(ended.exitCode).not.toBe(0);
        expect(ended.stderr.replace(/\s+/g, ' ')).toContain(`no service named "${word}"`);
      },
    );

    it('keeps its data where all users have theirs, however empty the environment', async () => {
      const empty = { LYNC_DRAIN_DATA: '', USERPROFILE: '', APPDATA: '', HOMEPATH: '', TEMP: '' };
      const ended = await folder.runTrusted(['status', '--simulate', '--json'], empty);
      expect([ended.exitCode, ended.stderr]).toEqual([0, expect.anything()]);
      expect(ended.stdout).toMatch(/^[\x20-\x7e]+\n$/);
      expect(await readdir(join(server.drive, 'ProgramData', 'Lync Drain', 'simulated'))).not.toEqual([]);
    });

    it('keeps it there also if the variable says another place', async () => {
      const elsewhere = join(server.folder, 'elsewhere');
      // Set inside: Wine gives the first program of a session its own.
      const script = [
        `process.env.ProgramData = ${JSON.stringify(windowsPath(elsewhere))};`,
        "process.argv = [process.execPath, 'lync-drain', 'status', '--simulate', '--json'];",
        `require(${JSON.stringify(windowsPath(folder.file('lync-drain.cjs')))});`,
      ];
      const env = { LYNC_DRAIN_DATA: '', NODE_SKIP_PLATFORM_CHECK: '1' };
      const ended = await server.run(folder.file('node.exe'), ['-e', script.join(' ')], { env });
      expect([ended.exitCode, ended.stdout]).toEqual([0, expect.stringContaining('RTCSRV')]);
      expect(existsSync(elsewhere)).toBe(false);
    });
  });
}

/** Every place where a program names a function, so that it does not find it. */
async function takeAway(functionName: string, program: string): Promise<void> {
  const bytes = await readFile(program);
  let at = bytes.indexOf(`${functionName}\0`, 0, 'latin1');
  if (at < 0) throw new Error(`${program} does not name ${functionName}`);
  for (; at >= 0; at = bytes.indexOf(`${functionName}\0`, at, 'latin1')) bytes.write('x', at, 'latin1');
  await rm(program);
  await writeFile(program, bytes, { mode: 0o755 });
}
