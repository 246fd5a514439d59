import { problem, type Problem } from '../../contract/problem.js';
import type { EntryDraft } from '../../contract/run.js';
import { shownStartType } from '../../contract/service.js';

/** What is told of a start type that another person changed while the run did not hold it; null for a first original. */
export function movedStart({ serviceName, original, movedFrom }: Extract<EntryDraft, { type: 'original' }>): Problem | null {
  if (movedFrom === undefined) return null;
  return problem('start-type-moved', { serviceName, first: shownStartType(movedFrom), now: shownStartType(original.start) });
}
