import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { nodeFileSystem } from '../../electron/adapters/storage/file-system.js';
import { faultyFileSystem } from '../fakes/faulty-file-system.js';
import { newDataFolder, prepared, problemOf, recordsIn, removeDataFolders } from './data-folder.js';

afterAll(removeDataFolders);

describe('the probe of a data folder', () => {
  it('writes, flushes and removes a file in each folder, and leaves nothing', () => {
    const { folder } = prepared();
    const fileSystem = faultyFileSystem({ at: 0, how: 'fails', code: '' });
    recordsIn(folder, { fileSystem }).probe();
    expect(fileSystem.calls).toEqual([
      ...['open', 'write', 'flush', 'close', 'remove'],
      ...['open', 'write', 'flush', 'close', 'remove'],
      ...['open', 'write', 'flush', 'close', 'remove'],
    ]);
    expect([readdirSync(folder).sort(), readdirSync(join(folder, 'runs')), readdirSync(join(folder, 'lock'))]).toEqual([
      ['lock', 'runs'],
      [],
      [],
    ]);
  });

  it.each(['ENOSPC', 'EROFS', 'EACCES', 'EIO'])('tells whichever operation fails, and leaves nothing where it can: %s', (code) => {
    for (const at of [1, 2, 3, 4, 6, 7, 8]) {
      const { folder } = prepared(newDataFolder());
      const found = problemOf(() => recordsIn(folder, { fileSystem: faultyFileSystem({ at, how: 'fails', code }) }).probe());
      expect(found, `operation ${at}`).toMatchObject({ id: 'data-folder-unwritable', params: { code } });
      expect([...readdirSync(join(folder, 'runs')), ...readdirSync(join(folder, 'lock'))]).toEqual([]);
    }
  });

  it('tells a file that another program keeps', () => {
    const { folder } = prepared();
    const held = {
      ...nodeFileSystem,
      remove: (): void => {
        throw Object.assign(new Error('held'), { code: 'EBUSY' });
      },
    };
    expect(problemOf(() => recordsIn(folder, { fileSystem: held }).probe())).toMatchObject({
      id: 'data-folder-unwritable',
      params: { code: 'EBUSY' },
    });
  });
});
