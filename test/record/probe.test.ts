import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { nodeFileSystem, type FileSystem } from '../../electron/adapters/storage/file-system.js';
import { ProblemError, type Problem } from '../../electron/contract/problem.js';
import { faultyFileSystem } from '../harness/fakes/faulty-file-system.js';
import { newDataFolder, prepared, recordsIn, removeDataFolders } from '../harness/record/data-folder.js';

afterAll(removeDataFolders);

/** The problem that a probe ends in, null if it ends well. */
async function probeIn(folder: string, fileSystem: FileSystem): Promise<Problem | null> {
  try {
    await recordsIn(folder, { fileSystem }).probe();
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
}

describe('the probe of a data folder', () => {
  it('writes, flushes and removes a file in each folder, and leaves nothing', async () => {
    const { folder } = prepared();
    const fileSystem = faultyFileSystem({ at: 0, how: 'fails', code: '' });
    expect(await probeIn(folder, fileSystem)).toBeNull();
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

  it.each(['ENOSPC', 'EROFS', 'EACCES', 'EIO'])('tells whichever operation fails, and leaves nothing where it can: %s', async (code) => {
    for (const at of [1, 2, 3, 4, 6, 7, 8]) {
      const { folder } = prepared(newDataFolder());
      const found = await probeIn(folder, faultyFileSystem({ at, how: 'fails', code }));
      expect(found, `operation ${at}`).toMatchObject({ id: 'data-folder-unwritable', params: { code } });
      expect([...readdirSync(join(folder, 'runs')), ...readdirSync(join(folder, 'lock'))]).toEqual([]);
    }
  });

  it('tells a file that another program keeps', async () => {
    const { folder } = prepared();
    const held = {
      ...nodeFileSystem,
      remove: (): void => {
        throw Object.assign(new Error('held'), { code: 'EBUSY' });
      },
    };
    expect(await probeIn(folder, held)).toMatchObject({
      id: 'data-folder-unwritable',
      params: { code: 'EBUSY' },
    });
  });
});
