import type { OutcomeKind } from '../../contract/outcome.js';
import { PROBLEMS, type ProblemId } from '../../contract/problem.js';

/** How a command ends that could not be carried out at all, by what stood in the way. Nothing has been changed then. */
export function outcomeOf(id: ProblemId): OutcomeKind {
  return PROBLEMS[id].outcome;
}
