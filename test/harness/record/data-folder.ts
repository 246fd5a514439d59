import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openRunRecords, type RunRecordsOptions } from '../../../electron/adapters/storage/run-files.js';
import { ProblemError, type Problem } from '../../../electron/contract/problem.js';
import type { RunRecords, RunWriter } from '../../../electron/ports/run-records.js';
import { FakeFolderProtection } from '../fakes/fake-folder-protection.js';
import { ANN, instant, OPENING, ordered, RUN_ID } from './entries.js';

export const BOOTED_AT = '2026-11-20T01:00:00.000Z';

const made: string[] = [];

/** A folder of its own that does not exist yet, in a parent that does. */
export function newDataFolder(): string {
  const parent = mkdtempSync(join(tmpdir(), 'lync-drain-test-'));
  made.push(parent);
  return join(parent, 'data');
}

/** For `afterAll`. */
export function removeDataFolders(): void {
  for (const parent of made.splice(0)) rmSync(parent, { recursive: true, force: true });
}

/** Records in which this process lives and no other does. */
export function recordsIn(folder: string, change: Partial<RunRecordsOptions> = {}): RunRecords {
  return openRunRecords({
    folder,
    protection: new FakeFolderProtection(),
    computerName: 'FE01',
    bootedAt: BOOTED_AT,
    processIdentity: (processId) => (processId === process.pid ? 'this process' : null),
    ...change,
  });
}

/** The problem an operation ends in, null where it ends well. Anything else it throws goes on. */
export function problemOf(operation: () => unknown): Problem | null {
  try {
    operation();
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
}

/** The same of what ends later. */
export async function problemIn(operation: () => Promise<unknown>): Promise<Problem | null> {
  try {
    await operation();
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
}

export const CLOSED = { type: 'closed', by: ANN, outcome: 'returned' } as const;
export const LATER_ID = '20261124-010203-0000';

/** A data folder as `prepare` leaves it. */
export function prepared(folder = newDataFolder(), records = recordsIn(folder)): { folder: string; records: RunRecords } {
  records.prepare();
  return { folder, records };
}

export function openRun(records: RunRecords, runId = RUN_ID): RunWriter {
  return records.open(instant(1), { ...OPENING, runId }, ordered());
}

export function recordPath(folder: string, runId = RUN_ID): string {
  return join(folder, 'runs', `${runId}.jsonl`);
}
