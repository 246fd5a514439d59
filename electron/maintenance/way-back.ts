import type { StartConflict } from '../contract/checklist.js';
import type { Facts } from '../contract/facts.js';
import { problem, type Problem } from '../contract/problem.js';
import type { ChangeStanding, EntryContents, Order, RecordedService } from '../contract/run.js';
import { isSameStart, shownStartType, type ServiceState, type StartSetting } from '../contract/service.js';
import { wasTouched } from './standing.js';

/** What one service needs next on its way back. */
export type WayBackStep =
  | { readonly kind: 'restore-start'; readonly from: StartSetting; readonly to: StartSetting }
  | { readonly kind: 'continue' }
  | { readonly kind: 'start' }
  /** Windows is still changing the state; wait until it has settled. */
  | { readonly kind: 'await-state' }
  /** Original, ours and now are three: somebody must say which it shall be. */
  | { readonly kind: 'conflict'; readonly conflict: StartConflict }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'settled'; readonly how: EntryContents['returned']['how'] };

/** Decides the next step of one service's way back from what is, what was, and what we did. Start type first: a disabled service does not start. */
export function decideWayBack(facts: Facts, recorded: RecordedService, order: Order): WayBackStep {
  const status = facts.statuses.get(recorded.serviceName);
  const configuration = facts.configurations.get(recorded.serviceName);
  if (status === undefined) return whenMissing(recorded);

  const failure = freshFailure(recorded);
  if (failure !== null) return { kind: 'failed', problem: failure };

  if (recorded.ourStart !== null) {
    if (configuration === undefined) return failed(problem('configuration-unreadable', { serviceName: recorded.serviceName }));
    const start = decideStart(recorded, recorded.ourStart, configuration.start);
    if (start !== null) return start;
  }
  return decideState(status.state, recorded, order);
}

/** Nothing is left to restore of a service that was removed meanwhile; that this is meant, somebody must say. */
function whenMissing({ choice, serviceName }: RecordedService): WayBackStep {
  return choice === 'keep' ? { kind: 'settled', how: 'kept' } : failed(problem('service-missing', { serviceName }));
}

/** A failure under the present order ends the service's way back until the next order. */
function freshFailure(recorded: RecordedService): Problem | null {
  for (const standing of [recorded.restoreStart, recorded.restart]) {
    if (standing.kind === 'failed' && !standing.stale) return standing.problem;
  }
  return null;
}

/** Null when the start type needs nothing (more). */
function decideStart(recorded: RecordedService, ours: StartSetting, now: StartSetting): WayBackStep | null {
  const { serviceName, original, choice, restoreStart } = recorded;
  if (isSameStart(now, original.start)) return null;
  const mayRestore = isSameStart(now, ours) || choice === 'original' || isHalfRestored(restoreStart.kind, now, original.start);
  if (mayRestore) {
    if (isDoneNow(restoreStart)) {
      return failed(problem('start-type-reverted', { serviceName, wanted: shownStartType(original.start), now: shownStartType(now) }));
    }
    return { kind: 'restore-start', from: now, to: original.start };
  }
  if (choice === 'keep') return null;
  return {
    kind: 'conflict',
    conflict: { original: shownStartType(original.start), ours: shownStartType(ours), now: shownStartType(now) },
  };
}

/** Start type and delayed flag are two writes: a way back that was cut between them is ours to finish. */
function isHalfRestored(restoring: RecordedService['restoreStart']['kind'], now: StartSetting, original: StartSetting): boolean {
  return restoring === 'intended' && now.startType === original.startType;
}

function decideState(state: ServiceState, recorded: RecordedService, order: Order): WayBackStep {
  switch (state) {
    case 'start-pending':
    case 'stop-pending':
    case 'continue-pending':
    case 'pause-pending':
      return { kind: 'await-state' };
    case 'running':
      return settled(recorded);
    case 'paused':
      // Also what had been stopped: we paused it after somebody had started it meanwhile.
      if (wasPaused(recorded.original.state) || recorded.pause.kind === 'none') return settled(recorded);
      return bringBack(recorded, { kind: 'continue' });
    case 'stopped':
      // Held and never paused: it was to start by itself after a restart, and our start type kept it from that.
      if (!wasRunning(recorded.original.state) || !wasTouched(recorded)) return settled(recorded);
      return bringBack(recorded, order.stayStopped ? { kind: 'settled', how: 'start-type-only' } : { kind: 'start' });
  }
}

function bringBack(recorded: RecordedService, step: WayBackStep): WayBackStep {
  // It ran again under this very order and does not any more: doing it over and over would hide that.
  return isDoneNow(recorded.restart) ? failed(problem('state-reverted', { serviceName: recorded.serviceName })) : step;
}

function wasRunning(original: ServiceState): boolean {
  return original === 'running' || original === 'start-pending' || original === 'continue-pending';
}

function wasPaused(original: ServiceState): boolean {
  return original === 'paused' || original === 'pause-pending';
}

function isDoneNow(standing: ChangeStanding): boolean {
  return standing.kind === 'done' && !standing.stale;
}

function failed(theProblem: Problem): WayBackStep {
  return { kind: 'failed', problem: theProblem };
}

function settled(recorded: RecordedService): WayBackStep {
  if (recorded.choice === 'keep') return { kind: 'settled', how: 'kept' };
  return { kind: 'settled', how: wasTouched(recorded) ? 'restored' : 'was-as-before' };
}
