/** What only the keeper of the record asks while acceptances are missing, and no face at once. */

import type { EntryDraft, RecordedService } from '../../contract/run.js';
import { currentAcceptance } from './acceptance.js';
import { heldEarlier, holdTimeOf, measure, measureHold, type QuietView, type Sample } from './quiet.js';

/** What to record when only acceptances are missing; null if the record has it. */
export function newlyHeldZero(view: QuietView, services: readonly RecordedService[]): Extract<EntryDraft, { type: 'held-zero' }> | null {
  const { facts, run, current } = view;
  const names = services.map((service) => service.serviceName);
  const known = names.filter((name) => current.sessions[name] === 0 && currentAcceptance(facts, run, name) === null);
  if (heldEarlier(view, names, known) !== null) return null;
  return { type: 'held-zero', services: known, ...measureHold(view, known) };
}

/** True if a service whose count is unknown has shown nothing above zero for the hold time. */
export function hasShownNothing(view: QuietView, serviceName: string): boolean {
  const showsNothing = (sample: Sample): boolean => {
    const count = sample.sessions[serviceName];
    return (
      count !== undefined &&
      count !== 'not-read-yet' &&
      (typeof count === 'number' ? count === 0 : (sample.atLeast[serviceName] ?? 0) === 0)
    );
  };
  const holdTimeMs = holdTimeOf(view.run);
  return measure(view, [serviceName], showsNothing, holdTimeMs).heldMs >= holdTimeMs;
}
