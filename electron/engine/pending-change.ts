import { problem, type Problem, type ProblemId } from '../contract/problem.js';
import type { Change } from '../contract/run.js';
import type { ServiceState, ServiceStatus } from '../contract/service.js';
import { MINUTE_MS } from '../contract/time-units.js';
import type { Turn } from '../core/maintenance/next-step.js';
import type { Waiting } from './engine.js';
import type { Settled, StateGoal, StateWait } from './state-wait.js';

/** A service that was given an order, or found changing its state, and has not come to rest. */
export interface PendingChange {
  readonly turn: Turn;
  /** Null: nothing was ordered, its state was changing already. */
  readonly change: Change | null;
  /** The state in which it was ordered; null where that is not known. */
  readonly stateBefore: ServiceState | null;
  /** When it was ordered first, or found. Monotonic milliseconds, as all times here. */
  readonly sinceUpMs: number;
  /** Null while Windows has not answered the order, and for start types. */
  wait: StateWait | null;
  /** A refusal that may pass, or that does not say that nothing happens. */
  refusal: Problem | null;
  /** When a refusal that passes by itself is met with the same order again; null never. */
  againAtUpMs: number | null;
  timeout: TimedOut | null;
  /** Since when it is waited for: not while another service keeps its order from it. */
  waitedSinceUpMs: number;
  /** So much of that waiting was told. */
  announcedMs: number;
}

/** Windows answered that no handler returned in time (1053): this service's, or another one's that was busy meanwhile. */
interface TimedOut {
  readonly atUpMs: number;
  /** The service whose handler was known to be busy, so that this one was not reached; null: none was. */
  readonly blockedBy: string | null;
  /** Whether it was ordered again since its first timeout: once Windows gave out controls again, and once without knowing that. */
  readonly againWhenFree: boolean;
  readonly againBlindly: boolean;
}

type StateChange = Extract<Change, { kind: 'pause' | 'continue' | 'start' }>;

/** True for what changes a service's state, which takes time; start types are there at once or not at all. */
export function isStateChange(change: Change): change is StateChange {
  return change.kind === 'pause' || change.kind === 'continue' || change.kind === 'start';
}

/** True for what Windows hands to the service's control handler. */
export function isControl(change: Change | null): boolean {
  return change === null || change.kind === 'pause' || change.kind === 'continue';
}

interface Move {
  readonly from: ServiceState;
  /** The state in which it is on its way. */
  readonly through: ServiceState;
  readonly to: ServiceState;
}

const MOVES: Readonly<Record<StateChange['kind'], Move>> = {
  pause: { from: 'running', through: 'pause-pending', to: 'paused' },
  continue: { from: 'paused', through: 'continue-pending', to: 'running' },
  start: { from: 'stopped', through: 'start-pending', to: 'running' },
};

/** Refusals that pass by themselves: met with the same order again for as long as a pending state would be waited for. */
const PASSING: readonly ProblemId[] = ['database-locked', 'cannot-accept-control-now', 'rpc-unavailable', 'handle-invalid'];
const AGAIN_AFTER_MS = 1_000;
const AGAIN_PATIENCE_MS = 30_000;

/** Null for start types, which have no way to go. */
function moveOf(change: Change | null): Move | null {
  return change !== null && isStateChange(change) ? MOVES[change.kind] : null;
}

export function goalOf(change: Change | null): StateGoal {
  const move = moveOf(change);
  return { wanted: move?.to ?? null, departed: move?.from ?? null };
}

export function startPendingChange(turn: Turn, change: Change | null, stateBefore: ServiceState | null, upMs: number): PendingChange {
  return {
    turn,
    change,
    stateBefore,
    sinceUpMs: upMs,
    wait: null,
    refusal: null,
    againAtUpMs: null,
    timeout: null,
    waitedSinceUpMs: upMs,
    announcedMs: 0,
  };
}

/**
 * `ControlService` answers with it where the service's process ends before its handler returns (R. Chen, "What does it mean when my
 * attempt to stop a Windows NT service fails with ERROR_BROKEN_PIPE?", 2019; Wine does the same).
 */
const ERROR_BROKEN_PIPE = 109;

/**
 * What becomes of a service whose order Windows refused: it is ordered again later, waited for all the same, or has failed. With
 * `read-back` it is waited for too, but what it comes to says more than the refusal.
 */
export type AfterRefusal = 'again' | 'wait' | 'read-back' | 'failed';

/** @param status as read after the refusal; null where it could not be read */
export function judgeRefusal(
  { change, stateBefore, sinceUpMs, timeout }: PendingChange,
  refusal: Problem,
  status: ServiceStatus | null,
  upMs: number,
): AfterRefusal {
  const move = moveOf(change);
  if (refusal.id === 'service-not-found') return 'failed';
  // A pause that was never seen is countermanded where the service still runs: that it does proves nothing.
  if (refusal.id === 'request-timeout' && stateBefore === move?.to) return timeout === null ? 'again' : 'failed';
  // Another program was faster, or it is on its way in spite of the refusal.
  const isOnItsWay = move !== null && (status?.state === move.to || status?.state === move.through);
  // Its process ended before it answered.
  if (refusal.params['win32'] === ERROR_BROKEN_PIPE && (isOnItsWay || status?.state === 'stopped')) return 'read-back';
  if (isOnItsWay) return 'wait';
  if (PASSING.includes(refusal.id)) return upMs - sinceUpMs < AGAIN_PATIENCE_MS ? 'again' : 'failed';
  return refusal.id === 'request-timeout' && move !== null ? 'wait' : 'failed';
}

export function orderAgainLater(entry: PendingChange, refusal: Problem, upMs: number): void {
  entry.refusal = refusal;
  entry.wait = null;
  entry.againAtUpMs = upMs + AGAIN_AFTER_MS;
}

/** @param blockedBy as `TimedOut` has it */
export function noteTimeout(entry: PendingChange, upMs: number, blockedBy: string | null): void {
  const before = entry.timeout;
  entry.timeout = {
    atUpMs: upMs,
    blockedBy,
    againWhenFree: before?.againWhenFree ?? false,
    againBlindly: before?.againBlindly ?? false,
  };
}

/** True where the order did not get through because another handler was busy, and Windows has given out controls since. */
export function isDueWhenFree({ timeout, wait }: PendingChange, freeSinceUpMs: number): boolean {
  if (timeout === null || wait === null || wait.hasDeparted) return false;
  return timeout.blockedBy !== null && !timeout.againWhenFree && freeSinceUpMs >= timeout.atUpMs;
}

/** True where the order is given once more without knowing whether a handler is still busy. A start waits for no handler. */
export function isDueBlindly({ change, timeout, wait }: PendingChange): boolean {
  if (timeout === null || wait === null || wait.hasDeparted) return false;
  return !timeout.againBlindly && change?.kind !== 'start';
}

export function noteOrderedAgain(entry: PendingChange, how: 'when-free' | 'blindly' | 'passing'): void {
  entry.againAtUpMs = null;
  entry.wait = null;
  if (entry.timeout === null) return;
  if (how === 'when-free') entry.timeout = { ...entry.timeout, againWhenFree: true };
  if (how === 'blindly') entry.timeout = { ...entry.timeout, againBlindly: true };
}

/** Why a refusal stayed: the service's own, unless another one's handler kept Windows from giving the order to it. */
export function judgeFinalRefusal({ turn, timeout }: PendingChange, refusal: Problem): Problem {
  const blocking = timeout?.blockedBy ?? null;
  if (refusal.id !== 'request-timeout' || blocking === null) return refusal;
  return problem('control-not-delivered', { serviceName: turn.serviceName, blocking });
}

/** Why the service is not where it was told to go; null where it is. */
export function judgeSettled(entry: PendingChange, { kind, status }: Settled): Problem | null {
  const { serviceName } = entry.turn;
  if (kind === 'reached') return null;
  if (entry.refusal !== null) return judgeFinalRefusal(entry, entry.refusal);
  if (status.state === 'stopped') return ended(serviceName, status);
  return problem(kind === 'elsewhere' ? 'state-reverted' : 'pending-too-long', { serviceName, state: status.state });
}

function ended(serviceName: string, { win32ExitCode: win32, serviceSpecificExitCode: specific }: ServiceStatus): Problem {
  return problem(win32 === 0 ? 'stopped-instead' : 'ended-while-changing', { serviceName, win32, specific });
}

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

/** What to tell of a service that is still not where it was told to go, when it is time to; it counts as told then. */
export function dueWaiting(
  entry: PendingChange,
  seen: { readonly state: ServiceState; readonly isAnswered: boolean; readonly upMs: number },
): Waiting | null {
  const step = stepOf(entry);
  const sinceMs = dueTelling(seen.upMs - entry.waitedSinceUpMs);
  if (step === null || sinceMs <= entry.announcedMs) return null;
  entry.announcedMs = sinceMs;
  return { serviceName: entry.turn.serviceName, step, state: seen.state, sinceMs, isAnswered: seen.isAnswered };
}
