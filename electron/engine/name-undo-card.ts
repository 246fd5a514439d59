import type { Problem } from '../contract/problem.js';
import type { RunRecords } from '../ports/run-records.js';
import { findRecordLeft } from './record-left.js';

/** With the undo card of the open run, if there is one: what cannot be written down can still be done by hand. */
export function nameUndoCard(records: RunRecords, problem: Problem): Problem {
  const { undoCard } = findRecordLeft(records, problem);
  return undoCard === null ? problem : { ...problem, params: { ...problem.params, undoCard: undoCard.path } };
}
