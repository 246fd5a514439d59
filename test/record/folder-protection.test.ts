import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { posixFolderProtection } from '../../electron/adapters/storage/posix-folder-protection.js';
import type { FolderProtection } from '../../electron/ports/folder-protection.js';
import { describeWhere, POSIX } from '../harness/describe-where.js';
import { FakeFolderProtection } from '../harness/fakes/fake-folder-protection.js';

const isPosix = process.platform !== 'win32';
const ownUserId = isPosix ? process.geteuid() : 0;
let parent = '';

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'lync-drain-test-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

/** An adapter, and how to make it believe that others may write at a path. */
interface Candidate {
  readonly protection: FolderProtection;
  readonly expose: (path: string) => void;
}

const fake = new FakeFolderProtection();
const CANDIDATES: readonly [string, Candidate][] = [
  ['the fake', { protection: fake, expose: (path) => fake.plant(path) }],
  ...(isPosix
    ? [
        ['mode bits', { protection: posixFolderProtection(ownUserId), expose: (path: string) => chmodSync(path, 0o777) }] as [
          string,
          Candidate,
        ],
      ]
    : []),
];

describe.each(CANDIDATES)('folder protection by %s', (_, { protection, expose }) => {
  it('makes a folder with its parents, in which it finds no fault', () => {
    const path = join(parent, 'a', 'b');
    protection.createFolder(path);
    expect(statSync(path).isDirectory()).toBe(true);
    expect(protection.findFault(path)).toBeNull();
  });

  it('leaves an existing folder alone', () => {
    const path = join(parent, 'a');
    protection.createFolder(path);
    writeFileSync(join(path, 'kept'), '');
    protection.createFolder(path);
    expect(statSync(join(path, 'kept')).isFile()).toBe(true);
  });

  it('finds no fault in what is not there', () => {
    expect(protection.findFault(join(parent, 'nothing'))).toBeNull();
  });

  it('names the path that others may write', () => {
    const path = join(parent, 'a');
    protection.createFolder(path);
    expose(path);
    expect(protection.findFault(path)).toMatchObject({ path });
  });
});

describeWhere(POSIX)('mode bits', () => {
  const protection = posixFolderProtection(ownUserId);

  it('are closed for others from the first moment', () => {
    protection.createFolder(join(parent, 'a', 'b'));
    expect([statSync(join(parent, 'a')).mode & 0o777, statSync(join(parent, 'a', 'b')).mode & 0o777]).toEqual([0o700, 0o700]);
  });

  it.each([
    [0o600, null],
    [0o644, null],
    [0o660, 'mode 660'],
    [0o602, 'mode 602'],
  ])('%o of a file: %s', (mode, writableBy) => {
    const path = join(parent, 'file');
    writeFileSync(path, '');
    chmodSync(path, mode);
    expect(protection.findFault(path)?.writableBy ?? null).toBe(writableBy);
  });

  it('do not help against an owner who is neither we nor root', () => {
    const path = join(parent, 'folder');
    mkdirSync(path, 0o700);
    if (ownUserId === 0) chownSync(path, 12_345, 12_345);
    const asSeenByAnother = posixFolderProtection(ownUserId === 0 ? 0 : ownUserId + 1);
    expect(asSeenByAnother.findFault(path)?.writableBy).toMatch(/^uid \d+$/);
  });

  it('do not speak for where a link leads', () => {
    symlinkSync(parent, join(parent, 'link'));
    expect(protection.findFault(join(parent, 'link'))?.writableBy).toBe(`link of uid ${ownUserId}`);
  });
});
