import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it, test } from 'vitest';

import { describeFailure, LogFile } from '../../electron/adapters/storage/log-file.js';
import { posixFolderProtection } from '../../electron/adapters/storage/posix-folder-protection.js';
import { describeWhere, POSIX } from '../harness/describe-where.js';
import { FakeFolderProtection } from '../harness/fakes/fake-folder-protection.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lync-drain-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (place = folder, protection = new FakeFolderProtection()) => new LogFile(place, protection, () => '2026-11-23T12:00:00.000Z');

test('writes the time and the text, one after another, as Notepad of any Windows shows it', () => {
  const path = open().write('one');
  open().write('two');
  expect(readFileSync(path!, 'utf8')).toBe('\uFEFF2026-11-23T12:00:00.000Z one\r\n2026-11-23T12:00:00.000Z two\r\n');
});

test('keeps the file before a full one, and no more', () => {
  const path = open().write('begins')!;
  writeFileSync(path, 'x'.repeat(1_000_000));
  open().write('next');
  expect(readFileSync(path, 'utf8')).toBe('\uFEFF2026-11-23T12:00:00.000Z next\r\n');
  expect(readFileSync(join(folder, 'logs', 'old-lync-drain.log'), 'utf8')).toHaveLength(1_000_000);
});

test('says nothing rather than fail where it cannot write', () => {
  const notAFolder = join(folder, 'file');
  writeFileSync(notAFolder, '');
  expect(open(notAFolder).write('lost')).toBeNull();
});

test('tells a failure with its causes', () => {
  const text = describeFailure(new Error('outer', { cause: new Error('inner', { cause: 'a word' }) }));
  expect(text).toMatch(/outer[\s\S]*caused by Error: inner[\s\S]*caused by a word/);
});

test('keeps what would drive the terminal of whoever reads it out of the file', () => {
  const path = open().write('bad name: A\u001b[2J\u202eB\r\n    at line two');
  expect(readFileSync(path!, 'utf8')).toBe('\uFEFF2026-11-23T12:00:00.000Z bad name: A [2J B \r\n    at line two\r\n');
});

test('writes nothing where others could have written', () => {
  const protection = new FakeFolderProtection();
  const path = open(folder, protection).write('before')!;
  for (const planted of [folder, join(folder, 'logs'), path]) {
    const fresh = new FakeFolderProtection();
    fresh.plant(planted);
    expect(open(folder, fresh).write('after')).toBeNull();
  }
  expect(readFileSync(path, 'utf8')).not.toContain('after');
});

describeWhere(POSIX)('the log in a data folder that is not there yet', () => {
  const mode = (path: string): number => statSync(path).mode & 0o777;
  const write = (place: string) => new LogFile(place, posixFolderProtection(process.geteuid()), () => '').write('a failure');

  it('is closed for others from the first moment, with the folders that it makes', () => {
    const before = process.umask(0);
    try {
      const data = join(folder, 'data');
      const path = write(data)!;
      expect([mode(data), mode(join(data, 'logs')), mode(path)]).toEqual([0o700, 0o700, 0o600]);
    } finally {
      process.umask(before);
    }
  });

  it('goes through no link, neither of its folder nor of its file', () => {
    const [data, elsewhere] = [join(folder, 'data'), join(folder, 'elsewhere')];
    for (const place of [data, elsewhere]) mkdirSync(place, 0o700);
    symlinkSync(elsewhere, join(data, 'logs'));
    expect(write(data)).toBeNull();
    rmSync(join(data, 'logs'));
    mkdirSync(join(data, 'logs'), 0o700);
    symlinkSync(join(elsewhere, 'target'), join(data, 'logs', 'lync-drain.log'));
    expect(write(data)).toBeNull();
    expect(existsSync(join(elsewhere, 'target')) || existsSync(join(elsewhere, 'lync-drain.log'))).toBe(false);
  });

  it('leaves a folder alone that others may write', () => {
    const data = join(folder, 'data');
    mkdirSync(data);
    chmodSync(data, 0o777);
    expect(write(data)).toBeNull();
    expect(existsSync(join(data, 'logs'))).toBe(false);
  });
});
