import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeEach, describe, expect, it } from 'vitest';

import { nodeFileSystem, type FileSystem } from '../../electron/adapters/storage/file-system.js';
import type { EntryDraft } from '../../electron/contract/run.js';
import { faultyFileSystem, shortWritingFileSystem } from '../harness/fakes/faulty-file-system.js';
import { CLOSED, openRun, prepared, problemOf, recordPath, recordsIn, removeDataFolders } from '../harness/record/data-folder.js';
import { ANN, instant, original, RUN_ID, sampled } from '../harness/record/entries.js';

afterAll(removeDataFolders);

const CONFIRMED: EntryDraft = { type: 'confirmed', by: ANN, note: null, scope: 'server' };

function anchorOf(folder: string): string {
  return join(folder, 'runs', `${RUN_ID}.anchor`);
}

/** A run of six entries, let go. */
function sixEntries(fileSystem: FileSystem = nodeFileSystem): { folder: string; lines: readonly string[] } {
  const { folder } = prepared();
  const writer = openRun(recordsIn(folder, { fileSystem }));
  writer.append(instant(3), original('RTCMEDSRV'), original('RTCSRV'));
  writer.append(instant(5), sampled({ RTCSRV: 3 }));
  writer.append(instant(6), sampled({ RTCSRV: 2 }));
  writer.close();
  return { folder, lines: readFileSync(recordPath(folder), 'utf8').trimEnd().split('\n') };
}

function cutBehind(folder: string, lines: readonly string[], kept: number): void {
  truncateSync(
    recordPath(folder),
    Buffer.byteLength(
      lines
        .slice(0, kept)
        .map((line) => `${line}\n`)
        .join(''),
    ),
  );
}

describe('a record whose last lines are missing', () => {
  it.each([2, 3, 4, 5])('is whole as far as it goes, and told to lack what its anchor saw: %d of 6', (kept) => {
    const { folder, lines } = sixEntries();
    cutBehind(folder, lines, kept);
    expect(recordsIn(folder).findOpen()).toMatchObject({ entryCount: kept, damage: null, lostTail: { entries: kept, anchored: 6 } });
    expect(recordsIn(folder).list()[0]).toMatchObject({ damage: null, lostTail: { entries: kept, anchored: 6 } });
  });

  it('is told also where it was cut in the middle of a line that had been on disk', () => {
    const { folder, lines } = sixEntries();
    truncateSync(recordPath(folder), Buffer.byteLength(lines.join('\n')) - 20);
    expect(recordsIn(folder).findOpen()).toMatchObject({ entryCount: 5, damage: null, lostTail: { entries: 5, anchored: 6 } });
  });

  it('is told also where others were written behind the loss, by a version that knows no anchors', () => {
    const { folder, lines } = sixEntries();
    cutBehind(folder, lines, 4);
    const anchor = readFileSync(anchorOf(folder));
    rmSync(anchorOf(folder));
    const records = recordsIn(folder);
    const writer = records.reopen(records.findOpen()!);
    for (let count = 0; count < 5; count += 1) writer.append(instant(7 + count), sampled({ RTCSRV: count }));
    writer.close();
    writeFileSync(anchorOf(folder), anchor);
    expect(recordsIn(folder).findOpen()).toMatchObject({ damage: null, lostTail: { entries: 9 } });
  });

  it('is told once: what is appended then moves the anchor', () => {
    const { folder, lines } = sixEntries();
    cutBehind(folder, lines, 3);
    const records = recordsIn(folder);
    records.reopen(records.findOpen()!).append(instant(9), original('RTCSRV'));
    expect(recordsIn(folder).findOpen()).toMatchObject({ entryCount: 4, lostTail: null });
  });

  it('is no lost one where nothing is missing, while it grows, and by one process after another', () => {
    const { folder } = sixEntries();
    const watching = recordsIn(folder);
    for (let count = 0; count < 4; count += 1) {
      const records = recordsIn(folder);
      const writer = records.reopen(records.findOpen()!);
      for (let more = 0; more < 3; more += 1) {
        writer.append(instant(10 + count), sampled({ RTCSRV: more }));
        expect(watching.findOpen()).toMatchObject({ lostTail: null, damage: null });
      }
      writer.close();
    }
    expect(watching.findOpen()?.entryCount).toBe(18);
  });
});

describe('an anchor', () => {
  it('may lag behind: that is normal', () => {
    const { folder } = sixEntries();
    const early = readFileSync(anchorOf(folder));
    const records = recordsIn(folder);
    const writer = records.reopen(records.findOpen()!);
    for (let count = 0; count < 200; count += 1) writer.append(instant(7), sampled({ RTCSRV: count }));
    writer.close();
    writeFileSync(anchorOf(folder), early);
    expect(recordsIn(folder).findOpen()).toMatchObject({ entryCount: 206, lostTail: null });
  });

  it('is missing beside the runs of earlier versions: nothing is told of them', () => {
    const { folder, lines } = sixEntries();
    rmSync(anchorOf(folder));
    cutBehind(folder, lines, 3);
    expect(recordsIn(folder).findOpen()).toMatchObject({ entryCount: 3, damage: null, lostTail: null });
  });

  it.each(['', 'rubbish', '= 1 2 3', 'x'.repeat(5_000)])('that cannot be read says nothing: %j', (text) => {
    const { folder } = sixEntries();
    writeFileSync(anchorOf(folder), text);
    expect(recordsIn(folder).findOpen()).toMatchObject({ entryCount: 6, lostTail: null });
  });

  it('of which only a part was written says nothing', () => {
    const { folder } = sixEntries();
    const whole = readFileSync(anchorOf(folder), 'utf8');
    const records = recordsIn(folder);
    records.reopen(records.findOpen()!).append(instant(7), sampled({ RTCSRV: 1 }));
    const next = readFileSync(anchorOf(folder), 'utf8');
    for (let at = 0; at <= whole.length; at += 1) {
      writeFileSync(anchorOf(folder), next.slice(0, at) + whole.slice(at));
      expect(recordsIn(folder).findOpen(), `${at} bytes`).toMatchObject({ entryCount: 7, lostTail: null });
    }
  });

  it('that cannot be written stops nothing', () => {
    const { folder, records } = prepared();
    mkdirSync(anchorOf(folder));
    const writer = openRun(records);
    writer.append(instant(3), original('RTCSRV'));
    writer.append(instant(4), CONFIRMED);
    expect(records.findOpen()).toMatchObject({ entryCount: 4, damage: null, lostTail: null });
    expect(records.findOpen()?.run?.confirmed).not.toBeNull();
    writer.append(instant(5), CLOSED);
    expect(records.findOpen()).toBeNull();
  });

  it('is no larger after a long run, and written by a system that takes a few bytes at a time', () => {
    const { folder } = sixEntries(shortWritingFileSystem(7));
    expect(readFileSync(anchorOf(folder)).length).toBeLessThan(100);
    expect(recordsIn(folder).findOpen()).toMatchObject({ entryCount: 6, lostTail: null });
    expect(readdirSync(join(folder, 'runs')).sort()).toEqual([`${RUN_ID}.anchor`, `${RUN_ID}.jsonl`]);
  });
});

describe('a sign-off whose writing fails', () => {
  let folder: string;

  beforeEach(() => {
    ({ folder } = sixEntries());
  });

  /** Appends with one fault. @returns what was told */
  function sign(fileSystem: FileSystem): string | undefined {
    const records = recordsIn(folder, { fileSystem });
    return problemOf(() => {
      const writer = records.reopen(records.findOpen()!);
      writer.append(instant(9), CONFIRMED);
      writer.close();
    })?.id;
  }

  it.each(['fails', 'dies'] as const)('never stands where it was told to be not written, whichever operation %s', (how) => {
    const counting = faultyFileSystem({ at: 0, how, code: 'EIO' });
    expect(sign(counting)).toBeUndefined();
    expect(recordsIn(folder).findOpen()?.run?.confirmed).not.toBeNull();
    for (let at = 1; at <= counting.calls.length; at += 1) {
      ({ folder } = sixEntries());
      const told = sign(faultyFileSystem({ at, how, code: 'EIO' }));
      const read = recordsIn(folder).findOpen()!;
      const what = `operation ${at}, ${counting.calls[at - 1]!}: ${told}`;
      expect(read, what).toMatchObject({ damage: null, lostTail: null });
      if (told === undefined) expect(read.run?.confirmed, what).not.toBeNull();
      else expect(read.run?.confirmed, what).toBeNull();
    }
  });

  it('is set aside, and the run goes on', () => {
    const flushFails: FileSystem = {
      ...nodeFileSystem,
      flush: (file) => {
        if (readFileSync(recordPath(folder), 'utf8').includes('"confirmed"')) throw Object.assign(new Error('gone'), { code: 'EIO' });
        nodeFileSystem.flush(file);
      },
      truncate: () => {
        throw Object.assign(new Error('gone'), { code: 'EIO' });
      },
    };
    expect(sign(flushFails)).toBe('record-not-written');
    expect(readFileSync(recordPath(folder), 'utf8')).toContain('"confirmed"');
    const records = recordsIn(folder);
    const writer = records.reopen(records.findOpen()!);
    writer.append(instant(10), sampled({ RTCSRV: 1 }));
    writer.close();
    expect(recordsIn(folder).findOpen()).toMatchObject({ entryCount: 7, damage: null, lostTail: null, run: { confirmed: null } });
    expect(readFileSync(join(folder, 'runs', `${RUN_ID}.cut-1`), 'utf8')).toContain('"confirmed"');
  });

  it('that succeeds stands for those who look on while it is written', () => {
    const watching = recordsIn(folder);
    const records = recordsIn(folder);
    const writer = records.reopen(records.findOpen()!);
    watching.findOpen();
    writer.append(instant(9), CONFIRMED);
    expect(watching.findOpen()?.run?.confirmed).not.toBeNull();
    appendFileSync(anchorOf(folder), '');
    expect(existsSync(anchorOf(folder))).toBe(true);
  });
});

describe('an undo card', () => {
  it('is read as text, null where there is none', () => {
    const { records } = prepared();
    expect(records.readUndoCard(RUN_ID)).toBeNull();
    expect(records.readUndoCard('../../secret')).toBeNull();
    records.writeUndoCard(RUN_ID, '还原\nsc config RTCSRV\n');
    expect(records.readUndoCard(RUN_ID)).toBe('还原\nsc config RTCSRV\n');
  });
});
