import { chmod, mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Computer, Instant } from '../../electron/contract/computer.js';
import type { ProtectionFault } from '../../electron/ports/folder-protection.js';
import { describeWhere } from '../harness/describe-where.js';
import { AdapterProcess } from '../harness/windows/adapter-process.js';
import { SessionService } from '../harness/windows/session-service.js';
import { WindowsServer } from '../harness/windows/windows-server.js';
import { WINDOWS, windowsPath } from '../harness/windows/wine.js';

describeWhere(WINDOWS)('this computer, on Windows', () => {
  let server: WindowsServer;
  let adapter: AdapterProcess;

  beforeAll(async () => {
    server = await WindowsServer.start();
    adapter = await AdapterProcess.start(server);
  });
  afterAll(() => server.stop());

  it('says who and where we are', async () => {
    const computer = await adapter.call<Computer>('host', 'computer');
    expect(computer).toMatchObject({ source: 'windows', elevated: true });
    expect(computer.name).not.toBe('');
    expect(computer.user).toMatch(/^[^\\]+\\[^\\]+$/);
  });

  it('counts its last start back from now', async () => {
    const before = Date.now();
    const { uptime } = await server.witness.tick();
    const { bootedAt } = await adapter.call<Computer>('host', 'computer');
    // Both counts advance between the two questions; only their difference is left.
    expect(Math.abs(Date.parse(bootedAt) - (before - uptime))).toBeLessThan(60_000);
  });

  it('has a monotonic clock that two processes share', async () => {
    const other = await AdapterProcess.start(server);
    const first = await adapter.call<Instant>('host', 'now');
    const second = await other.call<Instant>('host', 'now');
    const third = await adapter.call<Instant>('host', 'now');
    expect(second.upMs).toBeGreaterThan(first.upMs);
    expect(third.upMs).toBeGreaterThan(second.upMs);
  });

  it('reads a text in the registry, and knows one that is not there from one that cannot be read', async () => {
    const key = 'SOFTWARE\\Microsoft\\Real-Time Communications\\{A766C25B-A1D1-4711-A726-AC3E7CA4AAB3}';
    const read = (value: string) => adapter.call<string | null>('registry', 'read', key, value);
    expect(await read('Version')).toBeNull();
    await server.run('reg', ['add', `HKLM\\${key}`, '/v', 'Version', '/t', 'REG_SZ', '/d', '5.0.8308.1149', '/f']);
    await server.run('reg', ['add', `HKLM\\${key}`, '/v', 'Number', '/t', 'REG_DWORD', '/d', '5', '/f']);
    expect(await read('Version')).toBe('5.0.8308.1149');
    await server.run('reg', ['add', `HKLM\\${key}`, '/v', 'Path', '/t', 'REG_EXPAND_SZ', '/d', 'C:\\x.exe', '/f']);
    expect(await read('Path')).toBe('C:\\x.exe');
    expect(await read('InstallDir')).toBeNull();
    await expect(read('Number')).rejects.toThrow('RegGetValueW: error 1630');
  });

  it('tells a process from a later one, and knows when it has ended', async () => {
    const service = await SessionService.install(server, { serviceName: 'LIVES' });
    await service.start();
    const { processId } = await server.witness.query('LIVES');
    const identity = await adapter.call<string | null>('host', 'processIdentity', processId);
    expect(identity).toMatch(/^\d+$/);
    expect(await adapter.call('host', 'processIdentity', processId)).toBe(identity);
    await server.witness.stop('LIVES');
    await expect.poll(() => adapter.call('host', 'processIdentity', processId)).toBeNull();
    expect(await adapter.call('host', 'processIdentity', 999_999)).toBeNull();
  });

  it('makes folders, parents too, that nobody else may write, and leaves existing ones alone', async () => {
    const folder = join(server.folder, 'data', 'runs');
    await adapter.call('protection', 'createFolder', windowsPath(folder));
    await adapter.call('protection', 'createFolder', windowsPath(folder));
    for (const path of [folder, join(folder, '..')]) {
      expect((await stat(path)).mode & 0o022).toBe(0);
      expect(await adapter.call<ProtectionFault | null>('protection', 'findFault', windowsPath(path))).toBeNull();
    }
  });

  it('finds a folder and a file that everybody may write', async () => {
    const folder = join(server.folder, 'planted');
    const file = join(folder, 'settings.json');
    await mkdir(folder);
    await writeFile(file, '{}');
    for (const path of [folder, file]) {
      await chmod(path, 0o777);
      expect(await adapter.call('protection', 'findFault', windowsPath(path))).toEqual({
        path: windowsPath(path),
        writableBy: 'Everyone',
      });
    }
  });

  it('finds no fault with what is not there', async () => {
    expect(await adapter.call('protection', 'findFault', windowsPath(join(server.folder, 'nothing', 'here')))).toBeNull();
  });
});
