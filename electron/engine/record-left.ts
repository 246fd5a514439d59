import { ProblemError, type Problem } from '../contract/problem.js';
import type { ReadRun } from '../contract/read-run.js';
import type { RunRecords } from '../ports/run-records.js';

/** What is left of the open run's record, and the card that does without it. */
export interface RecordLeft {
  readonly read: ReadRun | null;
  /** Null where none was written. */
  readonly undoCard: { readonly path: string; readonly text: string } | null;
}

/** The record that a problem is about; else the one that is not closed. */
export function findRecordLeft(records: RunRecords, { params }: Problem): RecordLeft {
  const read = unlessUnreadable(() => records.list().find(({ path }) => path === params['path']) ?? records.findOpen());
  const text = read === null ? null : unlessUnreadable(() => records.readUndoCard(read.runId));
  return { read, undoCard: read === null || text === null ? null : { path: records.undoCardPath(read.runId), text } };
}

/** What cannot be read is told by the problem that led here. */
function unlessUnreadable<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}
