import { isSameClock, type Instant } from '../../contract/computer.js';
import type { KnownReadiness } from '../../contract/facts.js';
import { HOUR_MS, MINUTE_MS } from '../../contract/time-units.js';

/** Microsoft has people wait ten minutes between two questions: answers that lie closer count as one. */
export const ASK_AGAIN_MS = 10 * MINUTE_MS;
/** What the pool did in a longer gap nobody has seen: another server may have gone and come back. */
const LONGEST_GAP_MS = HOUR_MS;

/** Adds an answer to those before it. */
export function addAnswer(before: KnownReadiness | null, state: KnownReadiness['state'], now: Instant): KnownReadiness {
  const first: KnownReadiness = { state, since: now, askedAt: now, times: 1 };
  if (before?.state !== state || !isSameClock(before.askedAt, now)) return first;
  const gapMs = now.upMs - before.askedAt.upMs;
  if (gapMs > LONGEST_GAP_MS) return first;
  return gapMs < ASK_AGAIN_MS ? before : { ...before, askedAt: now, times: before.times + 1 };
}
