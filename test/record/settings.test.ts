import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { SettingsFile } from '../../electron/adapters/storage/settings.js';
import { DEFAULT_SETTINGS } from '../../electron/contract/settings.js';
import { FakeFolderProtection } from '../harness/fakes/fake-folder-protection.js';
import { faultyFileSystem } from '../harness/fakes/faulty-file-system.js';
import { newDataFolder, problemIn, removeDataFolders } from '../harness/record/data-folder.js';

afterAll(removeDataFolders);

function settingsFile(text?: string): { file: SettingsFile; folder: string; protection: FakeFolderProtection } {
  const folder = newDataFolder();
  mkdirSync(folder);
  const protection = new FakeFolderProtection();
  const file = new SettingsFile(folder, protection);
  if (text !== undefined) writeFileSync(file.path, text);
  return { file, folder, protection };
}

describe('settings', () => {
  it('are the defaults where there is no file', async () => {
    expect(await settingsFile().file.read()).toEqual({
      schema: 1,
      services: null,
      holdTimeMs: 60_000,
      stalledAfterMs: 600_000,
      timeoutMs: 3_600_000,
      language: null,
      hold: 'demand',
      ignoredAddresses: [],
      startWithWindows: false,
      pool: null,
    });
  });

  it('are the defaults wherever the file is silent, also behind a byte order mark', async () => {
    expect(await settingsFile('\uFEFF{"schema":1,"language":"zh-CN"}').file.read()).toEqual({ ...DEFAULT_SETTINGS, language: 'zh-CN' });
  });

  it('are read as they were written', async () => {
    const { file, folder } = settingsFile();
    const settings = {
      ...DEFAULT_SETTINGS,
      services: ['RTCSRV'],
      ignoredAddresses: ['10.0.0.7', '10.0.0.0/8', 'fc00::/7'],
      hold: 'disabled',
      startWithWindows: true,
      pool: 'pool01.contoso.com',
    } as const;
    await file.write({ ...settings, services: [...settings.services], ignoredAddresses: [...settings.ignoredAddresses] });
    expect(await file.read()).toEqual(settings);
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });

  it.each([
    ['not JSON', '{"schema":1,', 'JSON'],
    ['empty', '', 'JSON'],
    ['a list', '[]', 'schema'],
    ['without a schema', '{}', 'schema'],
    ['of a newer schema', '{"schema":2}', 'schema'],
    ['with a negative time', '{"schema":1,"holdTimeMs":-1}', 'holdTimeMs'],
    ['with a text where services belong', '{"schema":1,"services":"RTCSRV"}', 'services'],
    ['that choose no service at all', '{"schema":1,"services":[]}', 'services'],
    ['with half a name of a pool', '{"schema":1,"pool":"pool01"}', 'pool'],
    ['with an unknown language', '{"schema":1,"language":"fr"}', 'language'],
    ['with a misspelt name', '{"schema":1,"holdtime":5}', 'holdtime'],
    ['with no hold time at all', '{"schema":1,"holdTimeMs":0}', 'holdTimeMs: 0 < 1000 ms'],
    ['with seconds in the place of milliseconds', '{"schema":1,"holdTimeMs":60}', 'holdTimeMs: 60 < 1000 ms'],
    ['with a hold time of a day', '{"schema":1,"holdTimeMs":86400000}', 'holdTimeMs: 86400000 > 3600000 ms'],
    ['with a timeout of an hour in seconds', '{"schema":1,"timeoutMs":3600}', 'timeoutMs: 3600 < 60000 ms'],
    ['with minutes until a stall', '{"schema":1,"stalledAfterMs":10}', 'stalledAfterMs: 10 < 60000 ms'],
    [
      'with a name where addresses belong',
      '{"schema":1,"ignoredAddresses":["10.0.0.7","lb.contoso.com"]}',
      'ignoredAddresses.1: "lb.contoso.com"',
    ],
    ['with a range that is none', '{"schema":1,"ignoredAddresses":["10.0.0.0/33"]}', 'ignoredAddresses.0: "10.0.0.0/33"'],
    ['with a range of the whole world', '{"schema":1,"ignoredAddresses":["0.0.0.0/0"]}', 'ignoredAddresses.0: "0.0.0.0/0"'],
    ['with what no service can be called', '{"schema":1,"services":["RTC/SRV"]}', 'services.0: "RTC/SRV"'],
  ])('that are damaged are told with what is wrong, and never overwritten: %s', async (_, text, detail) => {
    const { file } = settingsFile(text);
    const damage = await problemIn(() => file.read());
    expect(damage).toMatchObject({ id: 'settings-damaged', params: { path: file.path } });
    expect(damage?.params['detail']).toContain(detail);
    expect(await problemIn(() => file.write(DEFAULT_SETTINGS))).toEqual(damage);
    expect(readFileSync(file.path, 'utf8')).toBe(text);
  });

  it('that others could have written are refused', async () => {
    const { file, protection } = settingsFile('{"schema":1}');
    protection.plant(file.path);
    expect(await problemIn(() => file.read())).toEqual({
      id: 'data-folder-unprotected',
      params: { path: file.path, writableBy: 'EVERYONE' },
    });
  });

  it('that cannot be written stay as they were', async () => {
    const { folder, protection, file } = settingsFile('{"schema":1,"language":"en"}');
    const { calls, ...fileSystem } = faultyFileSystem({ at: 4, how: 'fails', code: 'ENOSPC' });
    expect(await problemIn(() => new SettingsFile(folder, protection, fileSystem).write(DEFAULT_SETTINGS))).toEqual({
      id: 'data-folder-unwritable',
      params: { path: file.path, code: 'ENOSPC' },
    });
    expect(calls[3]).toBe('write');
    expect(readFileSync(file.path, 'utf8')).toBe('{"schema":1,"language":"en"}');
    expect(readdirSync(join(folder))).toEqual(['settings.json']);
  });
});
