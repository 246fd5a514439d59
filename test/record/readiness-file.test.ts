import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { createReadinessFile } from '../../electron/adapters/storage/readiness-file.js';
import type { KnownReadiness } from '../../electron/contract/facts.js';
import { FakeFolderProtection } from '../harness/fakes/fake-folder-protection.js';
import { newDataFolder, removeDataFolders } from '../harness/record/data-folder.js';

afterAll(removeDataFolders);

const POOL = 'pool01.contoso.com';
const READY: KnownReadiness = {
  state: 'ready',
  since: { at: '2026-11-23T02:00:00.000Z', upMs: 1_000 },
  askedAt: { at: '2026-11-23T02:10:00.000Z', upMs: 601_000 },
  times: 2,
};

function open() {
  const folder = newDataFolder();
  mkdirSync(folder);
  const protection = new FakeFolderProtection();
  return { folder, protection, memory: createReadinessFile(folder, protection), path: join(folder, 'pool-readiness.json') };
}

describe('the readiness that is kept between commands', () => {
  it('is read as it was written, of the same pool alone', () => {
    const { memory, folder } = open();
    memory.write(POOL, READY);
    expect([memory.read(POOL), memory.read('pool02.contoso.com')]).toEqual([READY, null]);
    expect(readdirSync(folder)).toEqual(['pool-readiness.json']);
  });

  it('is nothing where others could have written it: it would shorten a wait', () => {
    const { memory, protection, path } = open();
    memory.write(POOL, READY);
    protection.plant(path);
    expect(memory.read(POOL)).toBeNull();
  });

  it.each(['', '{', '[]', 'null', '{"schema":2}'])('is nothing when the file holds %j', (text) => {
    const { memory, path } = open();
    writeFileSync(path, text);
    expect(memory.read(POOL)).toBeNull();
  });

  it.each([{ state: 'fine' }, { times: 0 }, { since: { at: 'noon', upMs: 1 } }, { since: { at: READY.since.at, upMs: 700_000 } }])(
    'is nothing with a value that cannot be: %j',
    (wrong) => {
      const { memory, path } = open();
      memory.write(POOL, READY);
      writeFileSync(path, JSON.stringify({ ...(JSON.parse(readFileSync(path, 'utf8')) as object), ...wrong }));
      expect(memory.read(POOL)).toBeNull();
    },
  );

  it('stops nothing where it cannot be written', () => {
    const memory = createReadinessFile(join(newDataFolder(), 'not-there'), new FakeFolderProtection());
    expect(() => memory.write(POOL, READY)).not.toThrow();
    expect(memory.read(POOL)).toBeNull();
  });
});
