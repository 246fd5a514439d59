import { cp, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { describeWhere } from '../harness/describe-where.js';
import { packageEdition } from './harness/packaged-cli.js';
import { WindowsServer, type Finished } from './harness/windows-server.js';
import { WINDOWS, windowsPath } from './harness/wine.js';

/** `lync-drain.cmd` as an administrator types it at a Command Prompt, also from a folder that nobody would choose. */
describeWhere(WINDOWS)('lync-drain.cmd', () => {
  let server: WindowsServer;
  let plainFolder: string;
  let oddFolder: string;

  beforeAll(async () => {
    [server] = await Promise.all([WindowsServer.start(), packageEdition()]);
    plainFolder = join(server.folder, 'edition');
    oddFolder = join(server.folder, 'Lync 维护 (x64) & more');
    for (const folder of [plainFolder, oddFolder]) await cp(resolve('release/cli-win-x64'), folder, { recursive: true });
  });
  afterAll(() => server.stop());

  /** The command file by way of cmd.exe, which takes its words apart and puts them together again. */
  function type(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> {
    return server.run('cmd.exe', ['/d', '/c', windowsPath(join(plainFolder, 'lync-drain.cmd')), ...words], { env: { ...data(), ...env } });
  }

  /** With "call", so that cmd.exe leaves the quotes of the path alone. Wine then makes 1 of every exit code but 0. */
  function typeInOddFolder(...words: readonly string[]): Promise<Finished> {
    return server.run('cmd.exe', ['/d', '/c', 'call', windowsPath(join(oddFolder, 'lync-drain.cmd')), ...words], { env: data() });
  }

  const data = (): Readonly<Record<string, string>> => ({ LYNC_DRAIN_DATA: windowsPath(join(server.folder, 'data')) });

  it.each([
    ['--version', 0, /^lync-drain \d/],
    ['status --simulate --lang en', 0, /RTCSRV/],
    ['statsu --lang en', 2, null],
    ['confirm --simulate --lang en', 3, null],
    ['drain --simulate=not-elevated --lang en', 9, null],
  ] as const)('%s leaves with %d', async (line, exitCode, out) => {
    const ended = await type(line.split(' '));
    expect([ended.exitCode, ended.stderr]).toEqual([exitCode, expect.anything()]);
    if (out !== null) expect(ended.stdout).toMatch(out);
  });

  it.each(['no such service', 'a & b | c', '(x64)', 'RTC,SRV;=', '服务', ''])(
    'runs from any folder, and hands on what was typed: %j',
    async (name) => {
      const ended = await typeInOddFolder('plan', name, '--simulate', '--lang', 'en');
      expect(ended.exitCode).not.toBe(0);
      expect(ended.stderr.replace(/\s+/g, ' ')).toContain(`no service named "${name}"`);
    },
  );

  it('keeps its data where all users have theirs, however empty the environment', async () => {
    const empty = { LYNC_DRAIN_DATA: '', USERPROFILE: '', APPDATA: '', HOMEPATH: '', TEMP: '' };
    const ended = await type(['status', '--simulate', '--json'], empty);
    expect([ended.exitCode, ended.stderr]).toEqual([0, expect.anything()]);
    expect(ended.stdout).toMatch(/^[\x20-\x7e]+\n$/);
    const programData = join(server.folder, 'prefix', 'drive_c', 'ProgramData');
    expect(await readdir(join(programData, 'Lync Drain', 'simulated'))).not.toEqual([]);
  });
});
