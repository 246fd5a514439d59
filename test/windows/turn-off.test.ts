import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Computer } from '../../electron/contract/computer.js';
import type { ProblemId } from '../../electron/contract/problem.js';
import { describeWhere } from '../harness/describe-where.js';
import { AdapterProcess } from '../harness/windows/adapter-process.js';
import { compileNative } from '../harness/windows/native.js';
import { WindowsServer } from '../harness/windows/windows-server.js';
import { WINDOWS, windowsPath } from '../harness/windows/wine.js';

/**
 * With a stub in shutdown.exe's place: Wine's restarts nothing, refuses nothing, and has no other people's sessions. What the real one
 * refuses with is from Microsoft's pages, and to be seen on a real Windows only (kit only).
 */
describeWhere(WINDOWS)('turning a server off, on Windows', () => {
  let server: WindowsServer;
  let adapter: AdapterProcess;
  let folder: string;

  const endWith = (code: number) => writeFile(join(folder, 'shutdown.code'), String(code));
  const turnOff = (how: string, isForced: boolean) => adapter.call<null>('power', 'turnOff', windowsPath(folder), how, isForced);

  beforeAll(async () => {
    server = await WindowsServer.start();
    adapter = await AdapterProcess.start(server);
    folder = join(server.folder, 'stub system');
    await mkdir(folder);
    await copyFile(await compileNative('test/harness/windows/native/shutdown.c'), join(folder, 'shutdown.exe'));
  });
  afterAll(() => server.stop());

  it('calls the functions of Windows for who is signed in, and does not believe a list without ourselves', async () => {
    const own = await adapter.call<number>('power', 'ownSession');
    const { user } = await adapter.call<Computer>('host', 'computer');
    expect(await adapter.call('power', 'userOf', own)).toBe(`${user.split('\\')[1]}\0`);
    // Wine's list is empty; what a real one holds stands in test/shell/signed-in.test.ts.
    expect(await adapter.call('power', 'sessions')).toMatchObject({ type: 'Buffer', data: [] });
    await expect(adapter.call('power', 'othersSignedIn')).rejects.toMatchObject({ problem: { id: 'signed-in-unreadable' } });
  });

  it('asks for a planned maintenance, at once, and forces only when told to', async () => {
    await endWith(0);
    await turnOff('restart', false);
    await turnOff('shutDown', false);
    await turnOff('restart', true);
    await turnOff('shutDown', true);
    expect((await readFile(join(folder, 'shutdown.log'), 'utf8')).split(/\r?\n/)).toEqual([
      '/r /t 0 /d p:4:1',
      '/s /t 0 /d p:4:1',
      '/r /f /t 0 /d p:4:1',
      '/s /f /t 0 /d p:4:1',
      '',
    ]);
  });

  it.each<readonly [number, ProblemId, object]>([
    [5, 'restart-not-allowed', {}],
    [1115, 'shutdown-in-progress', { win32: 1115, operation: 'shutdown.exe' }],
    [1190, 'restart-scheduled', {}],
    [1191, 'others-signed-in', {}],
    [1271, 'computer-locked', {}],
    [1, 'restart-refused', { code: 1 }],
    [-2147024891, 'restart-refused', { code: 2147942405 }],
  ])('tells what Windows refuses with: %i is %s', async (code, id, params) => {
    await endWith(code);
    await expect(turnOff('restart', false)).rejects.toMatchObject({ problem: { id, params } });
  });
});
