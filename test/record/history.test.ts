import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { nodeFileSystem } from '../../electron/adapters/storage/file-system.js';
import { listClosed } from '../../electron/adapters/storage/list-runs.js';
import type { EntryDraft } from '../../electron/contract/run.js';
import { FakeFolderProtection } from '../harness/fakes/fake-folder-protection.js';
import { faultyFileSystem } from '../harness/fakes/faulty-file-system.js';
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
import { ANN, instant, original, RUN_ID } from '../harness/record/entries.js';

afterAll(removeDataFolders);

describe('the history', () => {
  it('is listed newest first, and other files in the folder are no runs', () => {
    const { folder, records } = prepared();
    for (const runId of [RUN_ID, LATER_ID]) openRun(records, runId).append(instant(3), CLOSED);
    for (const name of ['notes.txt', 'evil.jsonl', `${RUN_ID}.jsonl.new`, `${RUN_ID}.cut-1`]) {
      writeFileSync(join(folder, 'runs', name), 'x');
    }
    expect(records.list().map(({ runId }) => runId)).toEqual([LATER_ID, RUN_ID]);
  });

  it('says what a closed run was signed off for and what it lost, and of a damaged record, or a closing of earlier versions, neither', async () => {
    const { records, folder } = prepared();
    const lost = (serviceName: string, count: number, certainty: 'exact' | 'at-least' | 'unknown'): EntryDraft => ({
      type: 'lost',
      serviceName,
      how: 'ended',
      count,
      certainty,
    });
    const runs: readonly (readonly [string, readonly EntryDraft[]])[] = [
      ['20261101-000000-0000', []],
      [
        '20261102-000000-0000',
        [{ type: 'confirmed', by: ANN, note: null, scope: 'services' }, lost('RTCSRV', 4, 'exact'), lost('RTCRGS', 5, 'exact')],
      ],
      ['20261103-000000-0000', [lost('RTCSRV', 4, 'exact'), lost('RTCRGS', 0, 'unknown')]],
      ['20261104-000000-0000', [lost('RTCSRV', 0, 'unknown')]],
    ];
    for (const [runId, entries] of runs) openRun(records, runId).append(instant(3), ...entries, CLOSED);
    expect([...(await recordsIn(folder).summaries())].reverse()).toMatchObject([
      { signOff: null, losses: null },
      { signOff: 'services', losses: { services: 2, sessions: 9, certainty: 'exact' } },
      { signOff: null, losses: { services: 2, sessions: 4, certainty: 'at-least' } },
      { signOff: null, losses: { services: 1, sessions: 0, certainty: 'unknown' } },
    ]);
    const path = recordPath(folder, '20261101-000000-0000');
    writeFileSync(path, readFileSync(path, 'utf8').replace(',"signOff":null,"losses":null', ''));
    const untold = [[...(await recordsIn(folder).summaries())].at(-1), listClosed(nodeFileSystem, '20261101-000000-0000', path)];
    for (const one of untold) for (const key of ['signOff', 'losses']) expect(one).not.toHaveProperty(key);
    expect(untold).toMatchObject([{ damage: { id: 'record-damaged' } }, { phase: 'closed' }]);
  });

  it('is not read to find the open run, nor to list it', () => {
    const wholeReadings: string[] = [];
    const fileSystem = {
      ...nodeFileSystem,
      readWhole: (path: string): Buffer => {
        wholeReadings.push(path);
        return nodeFileSystem.readWhole(path);
      },
    };
    const folder = newDataFolder();
    const { records } = prepared(folder, recordsIn(folder, { fileSystem }));
    for (let day = 10; day < 30; day += 1) openRun(records, `202610${day}-000000-0000`).append(instant(3), CLOSED);
    openRun(records).close();
    expect(records.findOpen()?.runId).toBe(RUN_ID);
    expect(records.list().length).toBe(21);
    expect(wholeReadings).toEqual([recordPath(folder)]);
  });

  it('is not read again while no file changed, and is when one did', () => {
    const { folder } = prepared();
    const beneath = recordsIn(folder);
    openRun(beneath, LATER_ID).append(instant(3), CLOSED);
    const writer = openRun(beneath);
    const fileSystem = faultyFileSystem({ at: 0, how: 'fails', code: '' });
    const records = recordsIn(folder, { fileSystem });
    const readings = (): number => fileSystem.calls.filter((name) => name === 'readWhole' || name === 'read').length;
    records.findOpen();
    const once = readings();
    expect(records.findOpen()?.entries.length).toBe(2);
    expect(readings()).toBe(once);
    writer.append(instant(3), original('RTCSRV'));
    expect(records.findOpen()?.entries.length).toBe(3);
    writer.append(instant(4), CLOSED);
    expect(records.findOpen()).toBeNull();
    expect(records.read(RUN_ID)?.run?.closed).not.toBeNull();
  });

  it('does not take a line that only speaks of closing for the end', () => {
    const { folder, records } = prepared();
    openRun(records).close();
    appendFileSync(recordPath(folder), '{"seq":3,"type":"closed"}\n');
    expect(records.findOpen()).toMatchObject({ runId: RUN_ID, damage: { id: 'record-damaged', params: { line: 3 } } });
  });

  it('with two open runs is refused with both ids', () => {
    const { records } = prepared();
    openRun(records);
    openRun(records, LATER_ID);
    expect(problemOf(() => records.findOpen())).toMatchObject({ id: 'several-open-runs', params: { runs: `${LATER_ID}, ${RUN_ID}` } });
  });

  it('has no run of an id that would lead out of the folder', () => {
    const { folder, records } = prepared();
    writeFileSync(join(folder, 'secret.jsonl'), 'x');
    expect(records.read('../secret')).toBeNull();
    expect(records.read(LATER_ID)).toBeNull();
  });
});

describe('a data folder', () => {
  it('that is not there yet is an empty one, and reading does not make it', () => {
    const folder = newDataFolder();
    const records = recordsIn(folder);
    expect(records.findOpen()).toBeNull();
    expect(records.list()).toEqual([]);
    expect(records.readLockOwner()).toBeNull();
    expect(existsSync(folder)).toBe(false);
  });

  it('that others may write is refused however often it was looked at before', () => {
    const folder = newDataFolder();
    const protection = new FakeFolderProtection();
    const { records } = prepared(folder, recordsIn(folder, { protection }));
    openRun(records);
    expect(records.findOpen()).not.toBeNull();
    protection.plant(join(folder, 'runs'));
    expect(problemOf(() => records.findOpen())).toMatchObject({ id: 'data-folder-unprotected' });
  });

  it.each(['', 'runs', 'lock', `runs/${RUN_ID}.jsonl`])('that others could have written is refused: /%s', (planted) => {
    const folder = newDataFolder();
    const protection = new FakeFolderProtection();
    const { records } = prepared(folder, recordsIn(folder, { protection }));
    openRun(records);
    const path = join(folder, planted);
    protection.plant(path);
    const refusal = { id: 'data-folder-unprotected', params: { path, writableBy: 'EVERYONE' } };
    const use =
      planted === 'lock' ? (): unknown => records.acquireLock({ ...ANN, command: 'drain' }, instant(1)) : (): unknown => records.findOpen();
    expect(problemOf(use)).toEqual(refusal);
    if (!planted.endsWith('.jsonl')) expect(problemOf(() => records.prepare())).toEqual(refusal);
  });

  it('with one planted run lists it with its damage and the others as they are', () => {
    const folder = newDataFolder();
    const protection = new FakeFolderProtection();
    const { records } = prepared(folder, recordsIn(folder, { protection }));
    openRun(records).append(instant(3), CLOSED);
    protection.plant(recordPath(folder));
    expect(records.list()[0]).toMatchObject({ run: null, entries: [], damage: { id: 'data-folder-unprotected' } });
  });

  it('that cannot be made is told with its path', () => {
    const folder = newDataFolder();
    writeFileSync(folder, 'a file is in the way');
    expect(problemOf(() => recordsIn(folder).prepare())).toMatchObject({
      id: 'data-folder-unwritable',
      params: { path: folder, code: 'EEXIST' },
    });
  });

  it('that cannot be read is told with its path', () => {
    const { folder, records } = prepared();
    rmSync(join(folder, 'runs'), { recursive: true });
    writeFileSync(join(folder, 'runs'), '');
    expect(problemOf(() => records.findOpen())).toMatchObject({
      id: 'data-folder-unreadable',
      params: { path: join(folder, 'runs'), code: 'ENOTDIR' },
    });
    rmSync(join(folder, 'runs'));
    mkdirSync(join(folder, 'runs', `${RUN_ID}.jsonl`), { recursive: true });
    expect(problemOf(() => records.findOpen())).toMatchObject({ id: 'data-folder-unreadable', params: { code: 'EISDIR' } });
  });
});
