import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { createMembersFile } from '../../electron/adapters/storage/members-file.js';
import type { ToldMembers } from '../../electron/ports/pool-information.js';
import { FakeFolderProtection } from '../harness/fakes/fake-folder-protection.js';
import { newDataFolder, removeDataFolders } from '../harness/record/data-folder.js';

afterAll(removeDataFolders);

const TOLD: ToldMembers = {
  fqdn: 'pool01.contoso.com',
  members: ['fe01.contoso.com', 'FE02.contoso.com', 'fe03.contoso.com'],
  own: 'fe01.contoso.com',
  toldAt: '2026-11-23T02:00:00.000Z',
};

function open() {
  const folder = newDataFolder();
  mkdirSync(folder);
  const protection = new FakeFolderProtection();
  return { folder, protection, memory: createMembersFile(folder, protection), path: join(folder, 'pool-members.json') };
}

describe('the members of the pool that are kept between commands', () => {
  it('are read as they were written, and the last ones count', () => {
    const { memory, folder } = open();
    memory.write({ ...TOLD, members: ['fe01.contoso.com'] });
    memory.write(TOLD);
    expect(memory.read()).toMatchObject(TOLD);
    expect(readdirSync(folder)).toEqual(['pool-members.json']);
  });

  it('are none where others could have written them: each would be asked under this account', () => {
    const { memory, protection, path } = open();
    memory.write(TOLD);
    protection.plant(path);
    expect(memory.read()).toBeNull();
  });

  it.each(['', '{', '[]', 'null', '{"schema":2}', JSON.stringify({ schema: 2, ...TOLD }), JSON.stringify(TOLD), 'x'.repeat(100_000)])(
    'are none when the file holds %.40j',
    (text) => {
      const { memory, path } = open();
      writeFileSync(path, text);
      expect(memory.read()).toBeNull();
    },
  );

  it.each([
    { fqdn: 'pool01' },
    { fqdn: null },
    { members: 'fe01.contoso.com' },
    { members: ['fe01.contoso.com', 7] },
    { members: ['fe01.contoso.com', '\\\\fe02.contoso.com'] },
    { members: ['fe01.contoso.com', 'fe02 RTC'] },
    { members: ['fe01.contoso.com', 'fe02'] },
    { own: undefined },
    { toldAt: 'yesterday' },
    { toldAt: 1_700_000_000_000 },
  ])('are none with a value that cannot be: %j', (wrong) => {
    const { memory, path } = open();
    memory.write(TOLD);
    writeFileSync(path, JSON.stringify({ ...(JSON.parse(readFileSync(path, 'utf8')) as object), ...wrong }));
    expect(memory.read()).toBeNull();
  });

  it('stop nothing where they cannot be written', () => {
    const memory = createMembersFile(join(newDataFolder(), 'not-there'), new FakeFolderProtection());
    expect(() => memory.write(TOLD)).not.toThrow();
    expect(memory.read()).toBeNull();
  });
});
