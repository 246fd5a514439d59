import { appendFileSync, linkSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { Chain } from '../../electron/adapters/storage/chain.js';
import { MAX_FILE_BYTES, nodeFileSystem } from '../../electron/adapters/storage/file-system.js';
import { linkEntries } from '../../electron/adapters/storage/run-writer.js';
import { readHistory } from '../../electron/apps/tray/history.js';
import type { EntryDraft } from '../../electron/contract/run.js';
import type { RunRecords } from '../../electron/ports/run-records.js';
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
import { instant, OPENING, ordered, original, RUN_ID, sampled } from '../harness/record/entries.js';

afterAll(removeDataFolders);

function runIdOf(number: number): string {
  return `20260101-${String(number).padStart(6, '0')}-0000`;
}

/** Many closed runs: one file under many names. */
function longHistory(runs: number, drafts: readonly EntryDraft[]): { folder: string; records: RunRecords; wholeReadings: () => number } {
  const folder = newDataFolder();
  let readings = 0;
  const fileSystem = {
    ...nodeFileSystem,
    readWhole: (path: string): Buffer => {
      readings += 1;
      return nodeFileSystem.readWhole(path);
    },
  };
  const { records } = prepared(folder, recordsIn(folder, { fileSystem }));
  writeFileSync(recordPath(folder, runIdOf(0)), linkEntries({ chain: Chain.start(), entryCount: 0, path: '' }, instant(1), drafts).bytes);
  for (let number = 1; number < runs; number += 1) linkSync(recordPath(folder, runIdOf(0)), recordPath(folder, runIdOf(number)));
  return { folder, records, wholeReadings: () => readings };
}

const SAMPLES = Array.from({ length: 2_000 }, (_, count) => sampled({ RTCMEDSRV: count, RTCSRV: 7 }));
const OLD_RUN: readonly EntryDraft[] = [OPENING, ordered({ reason: 'CHG-1' }), original('RTCMEDSRV'), ...SAMPLES, CLOSED];

describe('a history of years', () => {
  it('is told from first and last lines, but for the newest', async () => {
    const { records, wholeReadings } = longHistory(1_000, OLD_RUN);
    const listed = [...(await records.summaries())];
    expect(listed.length).toBe(1_000);
    expect(listed[0]?.runId).toBe(runIdOf(999));
    expect(new Set(listed.map(({ reason, closedAt, phase, openedBy }) => `${reason} ${closedAt} ${phase} ${openedBy}`)).size).toBe(1);
    expect(listed.at(-1)).toEqual({
      ...{
        runId: runIdOf(0),
        path: expect.any(String) as string,
        openedAt: instant(1).at,
        openedBy: 'CONTOSO\\ann',
        closedAt: instant(1).at,
      },
      ...{ phase: 'closed', services: 2, reason: 'CHG-1', damage: null },
    });
    expect(wholeReadings()).toBeLessThan(60);
  });

  it('does not hold the app while it is read', async () => {
    const { records } = longHistory(600, OLD_RUN);
    let others = 0;
    const timer = setInterval(() => (others += 1), 0);
    const rows = await readHistory(await records.summaries());
    clearInterval(timer);
    expect(rows.length).toBe(600);
    expect(others).toBeGreaterThan(5);
  });

  it('shows the reason of the last order and all services, because the closing says so', async () => {
    const { records } = prepared();
    const writer = openRun(records);
    writer.append(instant(3), original('RTCSRV'), ordered({ reason: 'CHG-2' }), original('RTCRGS'), ...SAMPLES);
    writer.append(instant(4), CLOSED);
    const [listed] = await records.summaries();
    expect(listed).toMatchObject({ reason: 'CHG-2', services: 2, openedBy: 'CONTOSO\\ann', phase: 'closed' });
    expect(records.read(RUN_ID)?.entries.at(-1)).toMatchObject({
      type: 'closed',
      summary: { reason: 'CHG-2', services: 2, openedAt: instant(1).at },
    });
  });

  it('shows an open run as far as its record says, and a damaged one as such', async () => {
    const { folder, records } = prepared();
    openRun(records).close();
    writeFileSync(recordPath(folder, LATER_ID), 'rubbish\n');
    expect([...(await records.summaries())].map(({ runId, phase, closedAt, damage }) => [runId, phase, closedAt, damage?.id])).toEqual([
      [LATER_ID, 'unreadable', null, 'record-damaged'],
      [RUN_ID, 'draining', null, undefined],
    ]);
  });
});

describe('a record that is larger than any can be', () => {
  it('is refused by its size, with its name, and not read', async () => {
    const { folder, records } = prepared();
    openRun(records).close();
    const path = recordPath(folder);
    truncateSync(path, MAX_FILE_BYTES + 1);
    expect(problemOf(() => records.findOpen())).toEqual({ id: 'data-folder-unreadable', params: { path, code: 'EFBIG' } });
    expect([...(await records.summaries())]).toMatchObject([
      { runId: RUN_ID, phase: 'unreadable', damage: { params: { path, code: 'EFBIG' } } },
    ]);
  });

  it('is refused as well where it grew while it was watched', () => {
    const { folder, records } = prepared();
    openRun(records).close();
    expect(records.findOpen()?.entryCount).toBe(2);
    truncateSync(recordPath(folder), MAX_FILE_BYTES + 10_000);
    expect(problemOf(() => records.findOpen())).toMatchObject({ id: 'data-folder-unreadable', params: { code: 'EFBIG' } });
  });

  it('does not keep others from being told where it is closed', () => {
    const { folder, records } = prepared();
    openRun(records).append(instant(3), CLOSED);
    const whole = readFileSync(recordPath(folder));
    truncateSync(recordPath(folder), MAX_FILE_BYTES);
    appendFileSync(recordPath(folder), `\n${whole.toString().trimEnd().split('\n').at(-1)!}\n`);
    expect(records.findOpen()).toBeNull();
  });

  it('has its damage at the line that is too long', () => {
    const { folder, records } = prepared();
    openRun(records).append(instant(3), original('RTCSRV'));
    appendFileSync(recordPath(folder), `${'x'.repeat(3_000_000)}\n`);
    expect(records.findOpen()).toMatchObject({ entryCount: 3, damage: { id: 'record-damaged', params: { line: 4 } } });
  });
});

it('takes a lock file that is larger than any of ours for unreadable', () => {
  const { folder, records } = prepared();
  writeFileSync(join(folder, 'lock', '00.json'), 'x'.repeat(100_000));
  expect(problemOf(() => records.acquireLock({ user: 'a', face: 'cli', processId: 1, command: 'drain' }, instant(1)))?.id).toBe(
    'lock-held',
  );
});
