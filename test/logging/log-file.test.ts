import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { describeFailure, LogFile } from '../../electron/adapters/storage/log-file.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lync-drain-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (place = folder) => new LogFile(place, () => '2026-11-23T12:00:00.000Z');

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
