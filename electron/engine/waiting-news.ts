import type { ServiceState } from '../contract/service.js';
import { MINUTE_MS } from '../contract/time-units.js';
import type { Waiting } from './engine.js';
import { isStateChange, type PendingChange } from './pending-change.js';
import type { WorkingRun } from './working-run.js';

/** A service that takes longer is named: every five seconds in the first minute, then twice a minute. */
const TOLD_EVERY_MS = 5_000;
const TOLD_EVERY_LATER_MS = 30_000;

/** Milliseconds of waiting that are told once they have passed, the latest: 0 where there is nothing to tell. */
function dueTelling(waitedMs: number): number {
  const every = waitedMs < MINUTE_MS ? TOLD_EVERY_MS : TOLD_EVERY_LATER_MS;
  return Math.floor(waitedMs / every) * every;
}

function stepOf({ turn, change }: PendingChange): Waiting['step'] | null {
  if (change === null) return turn.step.kind === 'await-state' ? turn.step.change : null;
  return isStateChange(change) ? change.kind : null;
}

/** Names a service that is still not where it was told to go, when it is time to. */
export function announceWaiting(
  working: WorkingRun,
  entry: PendingChange,
  seen: { readonly state: ServiceState; readonly isAnswered: boolean; readonly upMs: number },
): void {
  const step = stepOf(entry);
  const sinceMs = dueTelling(seen.upMs - entry.waitedSinceUpMs);
  if (step === null || sinceMs <= entry.announcedMs) return;
  entry.announcedMs = sinceMs;
  const { serviceName } = entry.turn;
  working.announce({ type: 'waiting', serviceName, step, state: seen.state, sinceMs, isAnswered: seen.isAnswered });
}
