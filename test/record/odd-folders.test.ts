import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';

import { LogFile } from '../../electron/adapters/storage/log-file.js';
import { posixFolderProtection } from '../../electron/adapters/storage/posix-folder-protection.js';
import { findNameFault } from '../../electron/composition/name-fault.js';
import { describeWhere, POSIX } from '../harness/describe-where.js';
import { FakeFolderProtection } from '../harness/fakes/fake-folder-protection.js';
import { newDataFolder, prepared, problemOf, recordsIn, removeDataFolders } from '../harness/record/data-folder.js';
import { ANN, instant } from '../harness/record/entries.js';

afterAll(removeDataFolders);

describe('a name that Windows allows no folder', () => {
  it.each([
    ['CON', 'CON', 'device'],
    ['C:\\aux\\x', 'aux', 'device'],
    ['C:/aux/x', 'aux', 'device'],
    ['D:\\data\\nul.txt', 'nul.txt', 'device'],
    ['com1', 'com1', 'device'],
    ['C:\\LPT9 .x\\y', 'LPT9 .x', 'device'],
    ['C:\\COM\u00b2', 'COM\u00b2', 'device'],
    ['\\\\.\\pipe\\x', '\\\\.\\', 'device'],
    ['C:\\a\\|b', '|', 'character'],
    ['C:\\a"b', '"', 'character'],
    ['C:\\data:stream', ':', 'character'],
    ['C:\\what?', '?', 'character'],
    ['C:\\a\tb', '\t', 'character'],
  ])('is told before it is tried: %j', (path, name, fault) => {
    expect(findNameFault(path)).toEqual({ id: 'data-folder-impossible', params: { path, name, fault } });
  });

  it.each([
    'C:\\ProgramData\\Lync Drain',
    'Q:\\x',
    '\\\\server\\share\\data',
    '\\\\?\\C:\\very\\long',
    'data',
    '..\\data',
    'C:\\console',
    'C:\\com10',
    'C:\\nullable',
    'D:\\数据',
  ])('is none of these: %j', (path) => {
    expect(findNameFault(path)).toBeNull();
  });
});

describeWhere(POSIX)('a folder that cannot be made', () => {
  const protection = posixFolderProtection(process.platform === 'win32' ? 0 : process.geteuid());
  let parent = '';

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'lync-drain-test-'));
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  it('is refused with the reason, and never tried for ever', () => {
    writeFileSync(join(parent, 'file'), '');
    expect(() => protection.createFolder(join(parent, 'file'))).toThrow(expect.objectContaining({ code: 'ENOTDIR' }));
    expect(() => protection.createFolder(join(parent, 'file', 'a', 'b'))).toThrow(expect.objectContaining({ code: 'ENOTDIR' }));
    expect(() => protection.createFolder('/proc/lync-drain/x')).toThrow(expect.objectContaining({ code: 'ENOENT' }));
    protection.createFolder(join(parent, 'a', 'b', 'c'));
    expect(statSync(join(parent, 'a', 'b', 'c')).isDirectory()).toBe(true);
  });
});

describeWhere(POSIX)('what is no file where a file belongs', () => {
  const pipe = (path: string): Buffer => execFileSync('sh', ['-c', 'mkfifo -m 600 "$0"', path]);

  it('is told with its path, and not waited on: a pipe or a folder in the lock', () => {
    const { folder, records } = prepared();
    const path = join(folder, 'lock', '00.json');
    for (const make of [pipe, mkdirSync]) {
      make(path);
      expect(problemOf(() => records.readLockOwner())).toMatchObject({ id: 'data-folder-unreadable', params: { path } });
      expect(problemOf(() => records.acquireLock({ ...ANN, command: 'drain' }, instant(1)))).toMatchObject({
        id: 'data-folder-unreadable',
        params: { path },
      });
      rmSync(path, { recursive: true });
    }
    records.acquireLock({ ...ANN, command: 'drain' }, instant(1)).release();
  });

  it('is told with its path, and not waited on: a pipe in the place of a record', () => {
    const { folder, records } = prepared();
    const path = join(folder, 'runs', '20261123-021405-7f3a.jsonl');
    pipe(path);
    expect(problemOf(() => records.findOpen())).toMatchObject({ id: 'data-folder-unreadable', params: { path, code: 'EFTYPE' } });
    expect(records.list()[0]?.damage).toMatchObject({ id: 'data-folder-unreadable', params: { path, code: 'EFTYPE' } });
  });

  it('is left alone by the log', () => {
    const folder = newDataFolder();
    mkdirSync(join(folder, 'logs'), { recursive: true });
    pipe(join(folder, 'logs', 'lync-drain.log'));
    expect(new LogFile(folder, new FakeFolderProtection(), () => '').write('a failure')).toBeNull();
  });
});

it('is told where the data folder itself is a file', () => {
  const folder = newDataFolder();
  writeFileSync(folder, '');
  expect(problemOf(() => recordsIn(folder).prepare())?.id).toBe('data-folder-unwritable');
});
