import { ProblemError, type Problem, type ProblemId } from '../contract/problem.js';
import type { ReadRun } from '../contract/read-run.js';
import type { RunRecords } from '../ports/run-records.js';
import type { CommandResult } from './engine.js';

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

/** What a disk that is full, read-only or kept by another program leads to. */
const NOT_WRITTEN: readonly ProblemId[] = ['record-not-written', 'data-folder-unwritable'];

/** With the undo card of the open run, if there is one and nothing could be written: what cannot be written down can be done by hand. */
export function nameUndoCard(records: RunRecords, result: CommandResult): CommandResult {
  const { problem } = result;
  if (problem === null || !NOT_WRITTEN.includes(problem.id)) return result;
  const { undoCard } = findRecordLeft(records, problem);
  return undoCard === null ? result : { ...result, problem: { ...problem, params: { ...problem.params, undoCard: undoCard.path } } };
}
