import { setTimeout as passed } from 'node:timers/promises';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { provideMachinePath } from '../../build/native-programs.mjs';
import { describeWhere } from '../harness/describe-where.js';
import { compileNative } from '../harness/windows/native.js';
import { WindowsServer, type Running } from '../harness/windows/windows-server.js';
import { WINDOWS } from '../harness/windows/wine.js';

const KEY = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment';
const FOLDER = 'C:\\Program Files\\Lync Drain\\cli';
const ERROR_DATATYPE_MISMATCH = 1629;
const ERROR_BUFFER_OVERFLOW = 111;

/** As on a server with many products: longer than what NSIS can hold. */
const LONG = `C:\\windows\\system32;${Array.from({ length: 100 }, (_, index) => `C:\\Program Files\\Product ${index + 1000}\\bin`).join(';')};%SystemRoot%`;

describeWhere(WINDOWS)('the folder of the command line on the machine’s path', () => {
  let server: WindowsServer;
  let program: string;
  let witness: Running;

  beforeAll(async () => {
    server = await WindowsServer.start({ registry: 'test/harness/windows/no-display.reg' });
    program = await provideMachinePath();
    witness = await server.launch(await compileNative('test/harness/windows/native/setting-change-witness.c'), []);
    await until(async () => (await witness.stdout()).includes('ready'));
  });
  afterAll(() => server.stop());

  const change = async (...words: readonly string[]): Promise<number | null> => (await server.run(program, words)).exitCode;
  const setPath = async (text: string, type = 'REG_EXPAND_SZ'): Promise<void> => {
    await server.run('reg', ['add', KEY, '/v', 'Path', '/t', type, '/d', text, '/f']);
  };
  const path = async (): Promise<readonly [type: string, text: string] | null> => {
    const { stdout } = await server.run('reg', ['query', KEY, '/v', 'Path']);
    const [, type = '', text = ''] = /^ +Path +(REG_\w+) {4}(.*?)\r?$/im.exec(stdout) ?? [];
    return type === '' ? null : [type, text];
  };
  const announced = async (): Promise<number> => (await witness.stdout()).split('changed Environment').length - 1;

  it('is put behind a path of 3,000 characters, which stays as it was', async () => {
    expect(LONG.length).toBeGreaterThan(3_000);
    await setPath(LONG);
    expect(await path()).toEqual(['REG_EXPAND_SZ', LONG]);
    expect(await change('add', FOLDER)).toBe(0);
    expect(await path()).toEqual(['REG_EXPAND_SZ', `${LONG};${FOLDER}`]);
  });

  it('is there once, however often and however it was put there', async () => {
    for (const written of [FOLDER, FOLDER.toUpperCase(), `${FOLDER}\\`]) expect(await change('add', written)).toBe(0);
    expect(await path()).toEqual(['REG_EXPAND_SZ', `${LONG};${FOLDER}`]);
  });

  it('is taken off again, and nothing else', async () => {
    expect(await change('remove', FOLDER)).toBe(0);
    expect(await path()).toEqual(['REG_EXPAND_SZ', LONG]);
    expect(await change('remove', FOLDER)).toBe(0);
    expect(await path()).toEqual(['REG_EXPAND_SZ', LONG]);
  });

  it.each([
    ['C:\\windows;', 'REG_EXPAND_SZ'],
    ['C:\\windows', 'REG_SZ'],
    ['C:\\windows;;C:\\tools', 'REG_EXPAND_SZ'],
    ['"C:\\Program Files\\Lync Drain";C:\\Program Files\\Lync Drain\\cli2', 'REG_EXPAND_SZ'],
  ])('comes and goes without a trace in %s (%s)', async (text, type) => {
    await setPath(text, type);
    expect(await change('add', FOLDER)).toBe(0);
    expect(await path()).toEqual([type, `${text};${FOLDER}`]);
    expect(await change('remove', FOLDER)).toBe(0);
    expect(await path()).toEqual([type, text]);
  });

  it('is taken off wherever it stands by then', async () => {
    await setPath(`"${FOLDER}\\";C:\\windows`);
    expect(await change('remove', FOLDER)).toBe(0);
    expect(await path()).toEqual(['REG_EXPAND_SZ', 'C:\\windows']);
  });

  it('is announced to programs that run, when something was changed and only then', async () => {
    await setPath('C:\\windows');
    const before = await announced();
    await change('add', FOLDER);
    await until(async () => (await announced()) === before + 1);
    await change('add', FOLDER);
    await change('remove', FOLDER);
    await until(async () => (await announced()) === before + 2);
  });

  it.each([
    ['a path that is no text', 'REG_DWORD', '1', ERROR_DATATYPE_MISMATCH],
    ['one that has no room left', 'REG_EXPAND_SZ', 'C:\\x;'.repeat(6_500), ERROR_BUFFER_OVERFLOW],
  ])('is not put on %s', async (_, type, text, error) => {
    await setPath(text, type);
    const before = await path();
    expect(before?.[0]).toBe(type);
    // Of an exit code our system has the lowest eight bits.
    expect(await change('add', `C:\\${'y'.repeat(300)}`)).toBe(error % 256);
    expect(await path()).toEqual(before);
  });

  it('takes no list of folders, and no other word', async () => {
    await setPath('C:\\windows');
    expect(await Promise.all([change('add', 'C:\\a;C:\\b'), change('put', FOLDER), change('add'), change('add', '')])).not.toContain(0);
    expect(await path()).toEqual(['REG_EXPAND_SZ', 'C:\\windows']);
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let looks = 0; looks < 200; looks += 1) {
    if (await holds()) return;
    await passed(50);
  }
  throw new Error('not within ten seconds');
}
