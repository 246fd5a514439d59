import { linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { afterAll, beforeEach, describe, expect, it } from 'vitest';

import { writeReport } from '../../electron/adapters/storage/write-report.js';
import type { ReportFormat } from '../../electron/ports/run-records.js';
import { openRun, prepared, problemOf, recordPath, removeDataFolders } from '../harness/record/data-folder.js';

afterAll(removeDataFolders);

describe('a report', () => {
  let data: string;
  let outside: string;
  const write = (path: string, text: string, format: ReportFormat = 'json'): void => writeReport(data, path, text, format);

  beforeEach(() => {
    const { records, folder } = prepared();
    data = folder;
    openRun(records).close();
    outside = dirname(data);
  });

  it('is written where there is nothing, and over an older one, with nothing left beside it', () => {
    const path = join(outside, 'latest.md');
    write(path, 'one');
    write(path, '二');
    expect(readFileSync(path, 'utf8')).toBe('二');
    expect(readdirSync(outside).sort()).toEqual(['data', 'latest.md']);
  });

  it.each(['md', 'html'] as const)('is a page that every program of Windows reads: %s', (format) => {
    const path = join(outside, `report.${format}`);
    write(path, '报告\nsecond\r\nthird\n', format);
    expect(readFileSync(path)).toEqual(Buffer.from('\uFEFF报告\r\nsecond\r\nthird\r\n'));
  });

  it('has nothing before its first brace as JSON', () => {
    const path = join(outside, 'report.json');
    write(path, '{\n  "a": "\\u62a5"\n}\n');
    expect(readFileSync(path, 'latin1')).toBe('{\n  "a": "\\u62a5"\n}\n');
  });

  it('goes to where a link leads, and the link stays', () => {
    const [link, target] = [join(outside, 'latest.md'), join(outside, 'november.md')];
    writeFileSync(target, 'old');
    symlinkSync(target, link);
    write(link, 'new');
    expect(readFileSync(target, 'utf8')).toBe('new');
    write(link, 'newer');
    expect(readFileSync(target, 'utf8')).toBe('newer');
  });

  it.each(['settings.json', 'simulated-server.json', 'anything.md', 'runs/report.md', 'logs/lync-drain.log'])(
    'is never written into the data folder: %s',
    (name) => {
      mkdirSync(join(data, 'logs'));
      const path = join(data, name);
      expect(problemOf(() => write(path, 'report'))).toEqual({ id: 'output-not-written', params: { path, code: 'inside' } });
    },
  );

  it('leaves a record as it is, whatever name leads to it', () => {
    const record = recordPath(data);
    const before = readFileSync(record);
    symlinkSync(record, join(outside, 'to-record.md'));
    symlinkSync(join(data, 'runs'), join(outside, 'to-folder'));
    symlinkSync('to-record.md', join(outside, 'to-link.md'));
    for (const name of [
      'to-record.md',
      'to-folder/new.md',
      `to-folder/${record.slice(record.lastIndexOf('/') + 1)}`,
      'to-link.md',
      `data/../data/runs/x.md`,
    ]) {
      expect(
        problemOf(() => write(join(outside, name), 'report')),
        name,
      ).toMatchObject({ id: 'output-not-written', params: { code: 'inside' } });
    }
    linkSync(record, join(outside, 'hard.md'));
    write(join(outside, 'hard.md'), 'report');
    expect(readFileSync(join(outside, 'hard.md'), 'utf8')).toBe('report');
    expect(readFileSync(record)).toEqual(before);
  });

  it('replaces a link that leads to nothing, even where nothing would be in the data folder', () => {
    symlinkSync(join(data, 'settings.json'), join(outside, 'latest.md'));
    write(join(outside, 'latest.md'), 'report');
    expect(readFileSync(join(outside, 'latest.md'), 'utf8')).toBe('report');
    expect(readdirSync(data)).not.toContain('settings.json');
  });

  it('is told with the reason where it cannot be written, and leaves nothing', () => {
    const path = join(outside, 'nowhere', 'report.md');
    expect(problemOf(() => write(path, 'report'))).toEqual({ id: 'output-not-written', params: { path, code: 'ENOENT' } });
    mkdirSync(join(outside, 'folder.md'));
    expect(problemOf(() => write(join(outside, 'folder.md'), 'report'))?.id).toBe('output-not-written');
    expect(readdirSync(outside).sort()).toEqual(['data', 'folder.md']);
  });

  it('can go to a device', () => {
    write('/dev/null', 'report');
  });
});
