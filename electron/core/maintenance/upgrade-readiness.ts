import type { Instant } from '../../contract/computer.js';
import type { KnownReadiness } from '../../contract/facts.js';
import { MINUTE_MS } from '../../contract/time-units.js';

/** Microsoft, "Upgrade or update Front End Servers": busy: wait ten minutes and ask again, three times; then something is wrong. */
const BUSY_REST_MS = 10 * MINUTE_MS;
const BUSY_TIMES = 3;
/** The same: after Ready, 20 minutes more before the server goes down. */
const READY_REST_MS = 20 * MINUTE_MS;

/** What the readiness of the pool says to taking this server down now. `at`: UTC, ISO 8601. */
export type ReadinessVerdict =
  | { readonly kind: 'ready' }
  /** Ready, not yet for long enough: passes at that time. */
  | { readonly kind: 'ready-soon'; readonly since: string; readonly at: string }
  /** Is asked again at that time. */
  | { readonly kind: 'busy'; readonly times: number; readonly at: string }
  | { readonly kind: 'busy-too-long'; readonly times: number; readonly since: string }
  | { readonly kind: 'insufficient' };

/** Judges what was answered. */
export function judgeReadiness(readiness: KnownReadiness, now: Instant): ReadinessVerdict {
  const { state, since, askedAt, times } = readiness;
  switch (state) {
    case 'insufficient':
      return { kind: 'insufficient' };
    case 'busy':
      return times >= BUSY_TIMES
        ? { kind: 'busy-too-long', times, since: since.at }
        : { kind: 'busy', times, at: later(now, BUSY_REST_MS - elapsedMs(askedAt, now)) };
    case 'ready': {
      const leftMs = READY_REST_MS - elapsedMs(since, now);
      return leftMs <= 0 ? { kind: 'ready' } : { kind: 'ready-soon', since: since.at, at: later(now, leftMs) };
    }
  }
}

/** By the monotonic clock, so that setting a clock shortens nothing. */
function elapsedMs(from: Instant, now: Instant): number {
  return Math.max(0, now.upMs - from.upMs);
}

function later({ at }: Instant, milliseconds: number): string {
  return new Date(Date.parse(at) + Math.max(0, milliseconds)).toISOString();
}
