import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { nodeFileSystem, type FileSystem } from '../../electron/adapters/storage/file-system.js';
import type { EntryDraft } from '../../electron/contract/run.js';
import type { RunWriter } from '../../electron/ports/run-records.js';
import { faultyFileSystem, shortWritingFileSystem, type Fault } from '../harness/fakes/faulty-file-system.js';
import { newDataFolder, problemOf, recordsIn, removeDataFolders } from '../harness/record/data-folder.js';
import { ANN, instant, OPENING, ordered, original, RUN_ID, sampled } from '../harness/record/entries.js';

afterAll(removeDataFolders);

const NO_FAULT: Fault = { at: 0, how: 'fails', code: '' };
const APPENDS: readonly (readonly EntryDraft[])[] = [
  [original('RTCMEDSRV'), original('RTCSRV')],
  [{ type: 'intended', serviceName: 'RTCMEDSRV', change: { kind: 'pause' } }],
  [sampled({ RTCMEDSRV: 0, RTCSRV: 3 })],
];

interface Played {
  /** Entries whose writing was acknowledged, in order. */
  readonly acknowledged: readonly string[];
  readonly problems: readonly (string | null)[];
  readonly calls: readonly string[];
}

/** Opens a run, appends, lets go, reopens and appends again, on a file system with one fault; goes on after failures. */
function play(folder: string, fault: Fault, beneath: FileSystem): Played {
  const fileSystem = faultyFileSystem(fault, beneath);
  const records = recordsIn(folder, { fileSystem });
  const acknowledged: string[] = [];
  const problems: (string | null)[] = [];
  const attempt = (operation: () => void): void => {
    problems.push(problemOf(operation)?.id ?? null);
  };
  const append = (writer: RunWriter): void => {
    for (const drafts of APPENDS) {
      attempt(() => {
        writer.append(instant(3), ...drafts);
        acknowledged.push(...drafts.map(nameOf));
      });
    }
    writer.close();
  };
  attempt(() => {
    const writer = records.open(instant(1), OPENING, ordered());
    acknowledged.push('run-opened', 'ordered');
    append(writer);
  });
  attempt(() => {
    const open = records.findOpen();
    if (open !== null) append(records.reopen(open));
  });
  return { acknowledged, problems, calls: fileSystem.calls };
}

function nameOf(draft: EntryDraft): string {
  return 'serviceName' in draft ? `${draft.type} ${draft.serviceName}` : draft.type;
}

function preparedFolder(): string {
  const folder = newDataFolder();
  recordsIn(folder).prepare();
  return folder;
}

/** True when `some` appear in `all` in this order, others between them or not. */
function isRowWithin(some: readonly string[], all: readonly string[]): boolean {
  let next = 0;
  for (const one of all) if (one === some[next]) next += 1;
  return next === some.length;
}

const FAULTS = [
  { how: 'fails', code: 'ENOSPC' },
  { how: 'fails', code: 'EIO' },
  { how: 'fails', code: 'EACCES' },
  { how: 'fails', code: 'EROFS' },
  { how: 'dies', code: 'EIO' },
] as const;

describe.each(FAULTS)('with a file operation that $how with $code', ({ how, code }) => {
  it.each([
    ['at once', nodeFileSystem],
    ['in short writes', shortWritingFileSystem(100)],
  ])(
    'nothing that was acknowledged is ever lost, whichever operation it is (%s)',
    (_, beneath) => {
      const { calls } = play(preparedFolder(), NO_FAULT, beneath);
      expect(calls.length).toBeGreaterThan(30);
      const lastFlush = calls.lastIndexOf('flush') + 1;
      for (let at = 1; at <= calls.length; at += 1) {
        const folder = preparedFolder();
        const { acknowledged, problems } = play(folder, { at, how, code }, beneath);
        const what = `operation ${at}, ${calls[at - 1]!}: ${problems.join(' ')}`;
        const read = recordsIn(folder).read(RUN_ID);
        expect(read?.damage ?? null, what).toBeNull();
        expect(isRowWithin(acknowledged, read?.entries.map(nameOf) ?? []), what).toBe(true);
        for (const id of problems) expect([null, 'record-not-written', 'data-folder-unreadable'], what).toContain(id);
        if (how === 'dies' && at <= lastFlush) {
          expect(
            problems.some((id) => id !== null),
            what,
          ).toBe(true);
        }
      }
    },
    60_000,
  );
});

describe('a failed append', () => {
  it('is taken back, and the writer goes on, when the disk was full for a moment', () => {
    const folder = preparedFolder();
    let isFull = false;
    const fileSystem: FileSystem = {
      ...nodeFileSystem,
      write(file, bytes) {
        if (!isFull) return nodeFileSystem.write(file, bytes);
        nodeFileSystem.write(file, bytes.subarray(0, 5));
        throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      },
    };
    const writer = recordsIn(folder, { fileSystem }).open(instant(1), OPENING, ordered());
    const path = join(folder, 'runs', `${RUN_ID}.jsonl`);
    const before = readFileSync(path);
    isFull = true;
    expect(problemOf(() => writer.append(instant(3), original('RTCSRV')))).toEqual({
      id: 'record-not-written',
      params: { path, code: 'ENOSPC' },
    });
    expect(readFileSync(path)).toEqual(before);
    expect(writer.run.services.size).toBe(0);
    isFull = false;
    writer.append(instant(4), original('RTCSRV'));
    expect(recordsIn(folder).read(RUN_ID)).toMatchObject({ damage: null, entryCount: 3 });
    expect(recordsIn(folder).read(RUN_ID)?.entries.length).toBe(3);
  });

  it('whose flush failed is not trusted again: the writer refuses, and reopening goes on', () => {
    const folder = preparedFolder();
    let isFailing = false;
    const fileSystem: FileSystem = {
      ...nodeFileSystem,
      flush(file) {
        const isThisOne = isFailing;
        isFailing = false;
        if (isThisOne) throw Object.assign(new Error('bad block'), { code: 'EIO' });
        nodeFileSystem.flush(file);
      },
    };
    const records = recordsIn(folder, { fileSystem });
    const writer = records.open(instant(1), OPENING, ordered());
    isFailing = true;
    expect(problemOf(() => writer.append(instant(3), original('RTCSRV')))).toMatchObject({ params: { code: 'EIO' } });
    expect(problemOf(() => writer.append(instant(4), original('RTCSRV')))).toMatchObject({ params: { code: 'EIO' } });
    records.reopen(records.findOpen()!).append(instant(5), original('RTCSRV'));
    expect(records.read(RUN_ID)?.entries.length).toBe(3);
  });
});

describe('a file that another program holds for a moment', () => {
  it.each(['EBUSY', 'EPERM'])('is tried again a few times, not for ever (%s)', (code) => {
    const folder = preparedFolder();
    let refusals = 0;
    const holdFor = (times: number): FileSystem => ({
      ...nodeFileSystem,
      rename(from, to) {
        refusals += 1;
        if (refusals <= times) throw Object.assign(new Error('sharing violation'), { code });
        nodeFileSystem.rename(from, to);
      },
    });
    recordsIn(folder, { fileSystem: holdFor(3) }).writeUndoCard(RUN_ID, 'page');
    expect(refusals).toBe(4);
    expect(problemOf(() => recordsIn(folder, { fileSystem: holdFor(Infinity) }).writeUndoCard(RUN_ID, 'page'))).toMatchObject({
      id: 'record-not-written',
      params: { code },
    });
    expect(refusals).toBe(10);
    expect(readdirSync(join(folder, 'runs'))).toEqual([`${RUN_ID}.undo.txt`]);
  });
});

describe('an undo card that cannot be written', () => {
  it('leaves the one before as it was, whichever operation fails', () => {
    const failing = (at: number, code: string): { folder: string; id: string | undefined; calls: readonly string[] } => {
      const folder = preparedFolder();
      recordsIn(folder).writeUndoCard(RUN_ID, 'before');
      const fileSystem = faultyFileSystem({ at, how: 'fails', code });
      const id = problemOf(() => recordsIn(folder, { fileSystem }).writeUndoCard(RUN_ID, 'after'))?.id;
      return { folder, id, calls: fileSystem.calls };
    };
    const { calls } = failing(0, '');
    for (let at = 1; at <= calls.length; at += 1) {
      const { folder, id } = failing(at, 'ENOSPC');
      expect(readFileSync(join(folder, 'runs', `${RUN_ID}.undo.txt`), 'utf8')).toMatch(/^\uFEFF(before|after)$/);
      expect(id).toBe('record-not-written');
    }
  });
});

describe('what a crash leaves behind', () => {
  it('of a run that was being opened is no run, and stands in the way of nobody', () => {
    const folder = preparedFolder();
    writeFileSync(join(folder, 'runs', `${RUN_ID}.jsonl.new`), '{"seq":1,');
    const records = recordsIn(folder);
    expect(records.findOpen()).toBeNull();
    records.open(instant(1), OPENING, ordered()).append(instant(3), { type: 'closed', by: ANN, outcome: 'returned' });
    expect(records.read(RUN_ID)?.damage).toBeNull();
  });
});
