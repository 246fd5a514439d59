import type { ProblemId } from '../contract/problem.js';
import type { RunRecords } from '../ports/run-records.js';
import type { CommandResult } from './engine.js';
import { findRecordLeft } from './record-left.js';

/** What a disk that is full, read-only or kept by another program leads to. */
const NOT_WRITTEN: readonly ProblemId[] = ['record-not-written', 'data-folder-unwritable'];

/** With the undo card of the open run, if there is one and nothing could be written: what cannot be written down can be done by hand. */
export function nameUndoCard(records: RunRecords, result: CommandResult): CommandResult {
  const { problem } = result;
  if (problem === null || !NOT_WRITTEN.includes(problem.id)) return result;
  const { undoCard } = findRecordLeft(records, problem);
  return undoCard === null ? result : { ...result, problem: { ...problem, params: { ...problem.params, undoCard: undoCard.path } } };
}
