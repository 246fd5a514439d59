import { appendFileSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { newRunId } from '../../electron/adapters/storage/run-id.js';
import type { RunRecords } from '../../electron/ports/run-records.js';
import { faultyFileSystem, shortWritingFileSystem } from '../harness/fakes/faulty-file-system.js';
import {
  CLOSED,
  LATER_ID,
  newDataFolder,
  openRun,
  prepared,
  problemOf,
  recordPath,
  recordsIn,
  removeDataFolders,
} from '../harness/record/data-folder.js';
import { instant, original, RUN_ID, sampled } from '../harness/record/entries.js';

afterAll(removeDataFolders);

describe('a run', () => {
  it('is there with its first two entries as soon as it is opened', () => {
    const { folder, records } = prepared();
    const writer = openRun(records);
    expect(writer.run.id).toBe(RUN_ID);
    expect(
      recordsIn(folder)
        .findOpen()
        ?.entries.map(({ type }) => type),
    ).toEqual(['run-opened', 'ordered']);
  });

  it('has on disk what was appended when append returns, and folds it on', () => {
    const { folder, records } = prepared();
    const writer = openRun(records);
    writer.append(instant(3), original('RTCSRV'), sampled({ RTCSRV: 4 }));
    const read = recordsIn(folder).findOpen();
    expect(read?.damage).toBeNull();
    expect(read?.run).toEqual(writer.run);
    expect(writer.run.services.get('RTCSRV')?.original.displayName).toBe('Lync RTCSRV');
  });

  it('goes on where it ended', () => {
    const { records } = prepared();
    openRun(records).close();
    const writer = records.reopen(records.findOpen()!);
    writer.append(instant(3), original('RTCSRV'));
    expect(records.read(RUN_ID)).toMatchObject({ damage: null, run: { id: RUN_ID } });
    expect(records.read(RUN_ID)?.entries.length).toBe(3);
  });

  it('is no longer open once it was closed', () => {
    const { records } = prepared();
    openRun(records).append(instant(3), CLOSED);
    expect(records.findOpen()).toBeNull();
    expect(records.list()[0]?.run?.closed).toEqual({ ...instant(3), outcome: 'returned' });
  });

  it('is written whole by a system that takes a few bytes at a time', () => {
    const folder = newDataFolder();
    const { records } = prepared(folder, recordsIn(folder, { fileSystem: shortWritingFileSystem(7) }));
    openRun(records).append(instant(3), original('RTCSRV'));
    expect(recordsIn(folder).read(RUN_ID)).toMatchObject({ damage: null, entryCount: 3 });
    expect(recordsIn(folder).read(RUN_ID)?.entries.length).toBe(3);
  });

  it('takes nothing more after it was let go', () => {
    const { records } = prepared();
    const writer = openRun(records);
    writer.close();
    writer.close();
    expect(problemOf(() => writer.append(instant(3), original('RTCSRV')))).toMatchObject({ id: 'record-not-written' });
  });

  it('is not opened over another of the same id, nor under an id that is none', () => {
    const { folder, records } = prepared();
    openRun(records).append(instant(3), original('RTCSRV'));
    expect(problemOf(() => openRun(records))).toMatchObject({ id: 'record-not-written', params: { code: 'EEXIST' } });
    expect(problemOf(() => openRun(records, '../../evil'))).toMatchObject({ id: 'record-not-written' });
    expect(records.read(RUN_ID)?.entries.length).toBe(3);
    expect(readdirSync(folder).sort()).toEqual(['lock', 'runs']);
  });
});

describe('two writers on one run, in spite of the lock', () => {
  it('never spoil the record: the later one is refused from then on', () => {
    const { records } = prepared();
    const one = openRun(records);
    const other = records.reopen(records.findOpen()!);
    one.append(instant(3), original('RTCSRV'));
    expect(problemOf(() => other.append(instant(4), original('RTCATS')))).toMatchObject({ params: { code: 'changed-meanwhile' } });
    one.append(instant(5), original('RTCMEDSRV'));
    expect(problemOf(() => other.append(instant(6), original('RTCATS')))).toMatchObject({ id: 'record-not-written' });
    expect(records.read(RUN_ID)?.damage).toBeNull();
    expect([...one.run.services.keys()]).toEqual([...records.read(RUN_ID)!.run!.services.keys()]);
  });

  it('cannot begin on a reading that is no longer true', () => {
    const { records } = prepared();
    const one = openRun(records);
    const read = records.findOpen()!;
    one.append(instant(3), original('RTCSRV'));
    expect(problemOf(() => records.reopen(read))).toMatchObject({ id: 'record-not-written', params: { code: 'changed-meanwhile' } });
  });
});

describe('a cut last line', () => {
  it('is told when reading, and kept in a file of its own before the record goes on', () => {
    const { folder, records } = prepared();
    const writer = openRun(records);
    writer.append(instant(3), original('RTCSRV'));
    writer.close();
    const path = recordPath(folder);
    truncateSync(path, readFileSync(path).length - 10);
    const cut = readFileSync(path).subarray(readFileSync(path).lastIndexOf('\n') + 1);

    const read = records.findOpen()!;
    expect(read).toMatchObject({ damage: null, entryCount: 2 });
    expect(read.entries.length).toBe(2);
    expect(readFileSync(path).subarray(-cut.length)).toEqual(cut);

    records.reopen(read).append(instant(4), original('RTCATS'));
    expect(records.read(RUN_ID)).toMatchObject({ damage: null, entryCount: 3 });
    expect(readFileSync(join(folder, 'runs', `${RUN_ID}.cut-1`))).toEqual(cut);
  });

  it('never replaces what was put aside before', () => {
    const { folder, records } = prepared();
    openRun(records).close();
    for (const rubbish of ['first', 'second']) {
      appendFileSync(recordPath(folder), rubbish);
      records.reopen(records.findOpen()!).close();
    }
    expect(readFileSync(join(folder, 'runs', `${RUN_ID}.cut-1`), 'utf8')).toBe('first');
    expect(readFileSync(join(folder, 'runs', `${RUN_ID}.cut-2`), 'utf8')).toBe('second');
  });
});

describe('a damaged record', () => {
  it('is found, shown as far as it goes, refused for going on, and left as it is', () => {
    const { folder, records } = prepared();
    openRun(records).append(instant(3), original('RTCSRV'), original('RTCATS'));
    const path = recordPath(folder);
    writeFileSync(path, readFileSync(path, 'utf8').replace('Lync RTCATS', 'Lync RTCXXX'));
    const damaged = readFileSync(path);

    const read = records.findOpen()!;
    expect(read.damage).toEqual({ id: 'record-damaged', params: { path, line: 4 } });
    expect([...read.run!.services.keys()]).toEqual(['RTCSRV']);
    expect(problemOf(() => records.reopen(read))).toMatchObject({ id: 'record-damaged' });
    expect(readFileSync(path)).toEqual(damaged);
  });

  it('counts as open while nobody can say that it was closed', () => {
    const { folder, records } = prepared();
    writeFileSync(recordPath(folder), '');
    expect(records.findOpen()).toMatchObject({ run: null, damage: { id: 'record-damaged' } });
    rmSync(recordPath(folder));
    expect(records.findOpen()).toBeNull();
  });

  it('is listed beside the sound ones', () => {
    const { folder, records } = prepared();
    openRun(records).append(instant(3), CLOSED);
    writeFileSync(recordPath(folder, LATER_ID), 'rubbish\n');
    expect(records.list().map(({ runId, damage }) => [runId, damage?.id])).toEqual([
      [LATER_ID, 'record-damaged'],
      [RUN_ID, undefined],
    ]);
  });
});

describe('the undo card', () => {
  it('is a text page that Notepad of any Windows shows, beside the record', () => {
    const { folder, records } = prepared();
    const path = records.writeUndoCard(RUN_ID, '还原\nsc config RTCSRV\r\nend\n');
    expect(path).toBe(join(folder, 'runs', `${RUN_ID}.undo.txt`));
    expect(readFileSync(path)).toEqual(Buffer.from('\uFEFF还原\r\nsc config RTCSRV\r\nend\r\n'));
  });

  it('is replaced whole', () => {
    const { folder, records } = prepared();
    records.writeUndoCard(RUN_ID, 'a long first page');
    const path = records.writeUndoCard(RUN_ID, 'short');
    expect(readFileSync(path, 'utf8')).toBe('\uFEFFshort');
    expect(readdirSync(join(folder, 'runs'))).toEqual([`${RUN_ID}.undo.txt`]);
  });
});

describe('what must outlast a power cut', () => {
  const FLUSHED_FILE = ['open', 'write', 'flush', 'close'];
  const FLUSHED_FOLDER = ['open', 'flush', 'close'];

  function callsOf(operation: (records: RunRecords) => void, prepare: (records: RunRecords) => void = () => undefined): readonly string[] {
    const { folder, records } = prepared();
    prepare(records);
    const fileSystem = faultyFileSystem({ at: 0, how: 'fails', code: '' });
    operation(recordsIn(folder, { fileSystem }));
    return fileSystem.calls;
  }

  it('is flushed before it takes its name, and its name after that', () => {
    expect(callsOf((records) => records.writeUndoCard(RUN_ID, 'page'))).toEqual(['remove', ...FLUSHED_FILE, 'rename', ...FLUSHED_FOLDER]);
    expect(callsOf((records) => void openRun(records))).toEqual(['list', 'remove', ...FLUSHED_FILE, 'rename', ...FLUSHED_FOLDER, 'open']);
  });

  it('is kept and flushed elsewhere before it is cut off the record', () => {
    const cutRun = (records: RunRecords): void => {
      openRun(records).close();
      appendFileSync(records.list()[0]!.path, 'cut');
    };
    const calls = callsOf((records) => records.reopen(records.findOpen()!), cutRun);
    expect(calls.slice(calls.lastIndexOf('readWhole') + 1)).toEqual([
      ...[...FLUSHED_FILE, ...FLUSHED_FOLDER],
      ...['open', 'truncate', 'flush', 'close', 'open'],
    ]);
  });
});

describe('a run id', () => {
  it('sorts by time, differs within a second, and is what its file is called', () => {
    const ids = Array.from({ length: 20 }, () => newRunId('2026-11-23T02:14:05.123Z'));
    expect(ids.every((id) => /^20261123-021405-[0-9a-f]{4}$/.test(id))).toBe(true);
    expect(new Set(ids).size).toBeGreaterThan(1);
    expect(ids.every((id) => id < newRunId('2026-11-23T02:14:06.000Z'))).toBe(true);
  });
});
