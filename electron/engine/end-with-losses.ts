import type { OutcomeKind } from '../contract/outcome.js';
import { lossProblem } from '../core/maintenance/losses.js';
import type { CommandResult } from './engine.js';

/** Ends that say less than that sessions may have been cut; a service that failed says as much, and what to do. */
const OUTRANKED: ReadonlySet<OutcomeKind> = new Set([
  ...(['done', 'ready', 'paused', 'draining', 'confirmed', 'returned', 'nothing-to-do'] as const),
  ...(['still-draining', 'needs-acceptance', 'stalled', 'changed-outside'] as const),
]);

/**
 * A command that saw sessions go, or works on a run in which they went, ends with that.
 * @param knownBefore losses that were on record already and were told then; 0 tells them all again
 */
export function endWithLosses(result: CommandResult, knownBefore = 0): CommandResult {
  const loss = result.checklist?.losses[knownBefore];
  if (loss === undefined || !OUTRANKED.has(result.outcome)) return result;
  return { ...result, outcome: 'lost', problem: lossProblem(loss) };
}
