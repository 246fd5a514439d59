import type { StartConflict, StateConflict } from '../../contract/checklist.js';
import type { Facts } from '../../contract/facts.js';
import { problem, type Problem } from '../../contract/problem.js';
import { isStartHeld, type ChangeStatus, type Order, type RecordedService, type Returned } from '../../contract/run.js';
import { isSameStart, shownStartType, type ServiceState, type StartSetting } from '../../contract/service.js';
import { wasTouched } from './step-status.js';

/** What one service needs next on its way back. */
export type WayBackDecision =
  | { readonly kind: 'restore-start'; readonly from: StartSetting; readonly to: StartSetting }
  | { readonly kind: 'continue' }
  | { readonly kind: 'start' }
  /** It was found paused, and had to be started to get there again. */
  | { readonly kind: 'pause' }
  /** Windows is still changing the state; wait until it has settled. */
  | { readonly kind: 'await-state' }
  /** A pause was ordered and nothing was seen of it: it may come until then. Monotonic milliseconds. */
  | { readonly kind: 'await-pause'; readonly untilUpMs: number }
  /** The pause did not come: a `continue` behind it undoes it if it still waits inside the service. */
  | { readonly kind: 'countermand' }
  /** It differs from the original, this run did not do that, and no choice was made: the administrator must say which it shall be. */
  | { readonly kind: 'asked'; readonly start: StartDifference | null; readonly state: StateDifference | null }
  | { readonly kind: 'failed'; readonly problem: Problem }
  /** Left to a later way back: this one was told to start and continue nothing. */
  | { readonly kind: 'later' }
  | { readonly kind: 'settled'; readonly how: Returned };

export interface StartDifference {
  readonly conflict: StartConflict;
  readonly now: StartSetting;
  readonly problem: Problem;
}

export interface StateDifference {
  readonly conflict: StateConflict;
  readonly problem: Problem;
}

/**
 * Decides the next step of one service's way back from what is, what was, and what this run did. Start type first: a disabled
 * service does not start. What the run changed is undone unasked. What others changed is asked about, and keeps nothing else
 * from coming back; only a service that was disabled is not touched before the answer. `settled` means: every queried field
 * is the original's, or the difference was chosen.
 */
export function decideWayBack(facts: Facts, recorded: RecordedService, order: Order): WayBackDecision {
  const status = facts.statuses.get(recorded.serviceName);
  if (status === undefined) return whenMissing(recorded);
  const start = viewStart(recorded, facts.configurations.get(recorded.serviceName)?.start);
  if (start.kind === 'restore-start') return start;
  const state = askedIfDisabled(recorded, start, viewState(status.state, recorded, order, facts.now.upMs));
  // Who disables a service that is out of service may well mean it to stay so: asked before it takes calls again.
  const isHeldBack = start.kind === 'differs' && start.now.startType === 'disabled' && state.kind !== 'await-state';
  if (isStep(state) && !isHeldBack) return state;
  return conclude(recorded, start, state);
}

function conclude(recorded: RecordedService, start: StartView, state: StateView): WayBackDecision {
  if (start.kind === 'failed') return start;
  if (state.kind === 'failed') return state;
  const [startDiffers, stateDiffers] = [start.kind === 'differs' ? start : null, state.kind === 'differs' ? state : null];
  if (startDiffers !== null || stateDiffers !== null) return { kind: 'asked', start: startDiffers, state: stateDiffers };
  if (state.kind === 'later') return state;
  if (start.kind === 'kept' || state.kind === 'kept') return { kind: 'settled', how: 'kept' };
  return { kind: 'settled', how: wasTouched(recorded) ? 'restored' : 'was-as-before' };
}

/**
 * Windows starts nothing that is Disabled. If another person set that, and it is kept or stands for the original, whether the
 * service stays stopped is asked instead of tried.
 */
function askedIfDisabled(recorded: RecordedService, start: StartView, state: StateView): StateView {
  if (state.kind !== 'start' || recorded.choice === 'original') return state;
  const { original, firstStart } = recorded;
  const isKeptDisabled = start.kind === 'kept' && start.now.startType === 'disabled';
  const isMovedToDisabled = start.kind === 'as-before' && original.start.startType === 'disabled' && firstStart.startType !== 'disabled';
  return isKeptDisabled || isMovedToDisabled ? differs(recorded, RESTS_IN[original.state], 'stopped') : state;
}

/** Nothing is left to restore of a service that was removed meanwhile; that this is meant, an administrator must say. */
function whenMissing(recorded: RecordedService): WayBackDecision {
  if (recorded.kept?.state === 'missing' || isKeptUnseen(recorded)) return { kind: 'settled', how: 'kept' };
  return failed(problem('service-missing', { serviceName: recorded.serviceName }));
}

/** Earlier versions recorded that a difference was kept, but not which. */
function isKeptUnseen({ kept, choice, returned }: RecordedService): boolean {
  return kept === null && (choice === 'keep' || returned === 'kept');
}

type StartView =
  | Extract<WayBackDecision, { kind: 'restore-start' | 'failed' }>
  | { readonly kind: 'as-before' }
  | { readonly kind: 'kept'; readonly now: StartSetting }
  | ({ readonly kind: 'differs' } & StartDifference);

/** @param now undefined if it could not be read: then the proof is missing */
function viewStart(recorded: RecordedService, now: StartSetting | undefined): StartView {
  const { serviceName, original, restoreStart, ourStart } = recorded;
  const kept = recorded.kept?.start ?? null;
  if (now === undefined) return failed(problem('configuration-unreadable', { serviceName }));
  if (isSameStart(now, original.start)) return { kind: 'as-before' };
  if (hasFailedNow(restoreStart)) return failed(restoreStart.problem);
  if (isDoneNow(restoreStart) && (recorded.choice === 'original' || (ourStart !== null && isSameStart(now, ourStart)))) {
    return failed(problem('start-type-reverted', { serviceName, wanted: shownStartType(original.start), now: shownStartType(now) }));
  }
  if (mayRestore(recorded, now)) return { kind: 'restore-start', from: now, to: original.start };
  if (isKeptUnseen(recorded) || (kept !== null && isSameStart(now, kept))) return { kind: 'kept', now };
  const ours = ourStart === null ? null : shownStartType(ourStart);
  const conflict = { original: shownStartType(original.start), ours, now: shownStartType(now) };
  return { kind: 'differs', conflict, now, problem: problem('conflict', { serviceName, ...withoutNull(conflict) }) };
}

function withoutNull({ original, ours, now }: StartConflict): { readonly original: string; readonly ours?: string; readonly now: string } {
  return ours === null ? { original, now } : { original, ours, now };
}

function mayRestore(recorded: RecordedService, now: StartSetting): boolean {
  const { original, ourStart, restoreStart, choice } = recorded;
  if (choice === 'original') return true;
  if (ourStart !== null && isStartHeld(recorded) && isSameStart(now, ourStart)) return true;
  // Start type and delayed flag are two writes: a way back that was cut between them is ours to finish.
  return restoreStart.kind === 'intended' && now.startType === original.start.startType;
}

type StateView =
  | Extract<WayBackDecision, { kind: 'continue' | 'start' | 'pause' | 'await-state' | 'await-pause' | 'countermand' | 'failed' | 'later' }>
  | { readonly kind: 'as-before' | 'kept' }
  | ({ readonly kind: 'differs' } & StateDifference);

function isStep(
  view: StateView,
): view is Extract<StateView, { kind: 'continue' | 'start' | 'pause' | 'await-state' | 'await-pause' | 'countermand' }> {
  return !['failed', 'later', 'as-before', 'kept', 'differs'].includes(view.kind);
}

/** Where a service rests: the pending states lead to one of these. */
type RestingState = Extract<ServiceState, 'running' | 'paused' | 'stopped'>;

const RESTS_IN: Readonly<Record<ServiceState, RestingState>> = {
  running: 'running',
  'start-pending': 'running',
  'continue-pending': 'running',
  paused: 'paused',
  'pause-pending': 'paused',
  stopped: 'stopped',
  'stop-pending': 'stopped',
};

function viewState(state: ServiceState, recorded: RecordedService, order: Order, nowUpMs: number): StateView {
  if (!isResting(state)) return hasFailedNow(recorded.restart) ? failed(recorded.restart.problem) : { kind: 'await-state' };
  const orderedUpMs = state === 'running' ? pauseToCome(recorded, nowUpMs) : null;
  if (orderedUpMs !== null) return order.stayStopped ? { kind: 'later' } : awaitPause(recorded, orderedUpMs, nowUpMs);
  const target = RESTS_IN[recorded.original.state];
  // What had been stopped and was paused by this run had been started in between: this run never stops a service.
  if (state === target || (state === 'running' && target === 'stopped' && wasPaused(recorded))) return { kind: 'as-before' };
  if (recorded.kept?.state === state) return { kind: 'kept' };
  if (order.stayStopped) return { kind: 'later' };
  return stepTowards(target, state, recorded);
}

function isResting(state: ServiceState): state is RestingState {
  return RESTS_IN[state] === state;
}

function stepTowards(target: RestingState, state: RestingState, recorded: RecordedService): StateView {
  const isChosen = recorded.choice === 'original';
  switch (state) {
    case 'paused':
      if (wasPaused(recorded) || (isChosen && target !== 'stopped')) return continueStep(recorded);
      return differs(recorded, target, state);
    case 'stopped':
      // Held and never paused: it was to start by itself after a restart, and our start type kept it from that.
      return wasTouched(recorded) || isChosen ? startStep(recorded) : differs(recorded, target, state);
    case 'running':
      if (target === 'paused' && (isChosen || recorded.restart.kind !== 'none')) return pauseStep(recorded);
      return differs(recorded, target, state);
  }
}

function wasPaused({ pause }: RecordedService): boolean {
  return pause.kind !== 'none';
}

function continueStep({ serviceName, restart }: RecordedService): StateView {
  if (hasFailedNow(restart)) return failed(restart.problem);
  // It ran again under this very order and does not any more: doing it over and over would hide that.
  return isDoneNow(restart) ? failed(problem('state-reverted', { serviceName })) : { kind: 'continue' };
}

/** Started once under each order, also where it ended while it was continued, or soon after. */
function startStep({ serviceName, restart, restartBy }: RecordedService): StateView {
  if (restartBy === 'continue') return { kind: 'start' };
  if (hasFailedNow(restart)) return failed(restart.problem);
  return isDoneNow(restart) ? failed(problem('state-reverted', { serviceName })) : { kind: 'start' };
}

function pauseStep({ serviceName, pause }: RecordedService): StateView {
  if (hasFailedNow(pause)) return failed(pause.problem);
  return isDoneNow(pause) ? failed(problem('state-reverted', { serviceName })) : { kind: 'pause' };
}

function differs({ serviceName, choice }: RecordedService, original: RestingState, now: RestingState): StateView {
  const conflict = { original, now };
  const isStop = choice === 'original' && original === 'stopped';
  return {
    kind: 'differs',
    conflict,
    problem: problem(isStop ? 'stop-by-hand' : 'state-differs', { serviceName, stateBefore: original, state: now }),
  };
}

/**
 * How long an ordered pause may take to show: Windows waits 30 s for the answer of a busy handler (Microsoft, `ControlService`),
 * and the order waits inside the service until the handler is free; then the service may take its time to begin.
 */
const PAUSE_PATIENCE_MS = 120_000;

/** When the pause was ordered that may still come. One from before the clock began again, with Windows, does not. */
function pauseToCome({ unseenPauseUpMs }: RecordedService, nowUpMs: number): number | null {
  return unseenPauseUpMs !== null && nowUpMs >= unseenPauseUpMs ? unseenPauseUpMs : null;
}

function awaitPause({ restart }: RecordedService, orderedUpMs: number, nowUpMs: number): StateView {
  if (hasFailedNow(restart)) return failed(restart.problem);
  const untilUpMs = orderedUpMs + PAUSE_PATIENCE_MS;
  return nowUpMs < untilUpMs ? { kind: 'await-pause', untilUpMs } : { kind: 'countermand' };
}

function isDoneNow(status: ChangeStatus): boolean {
  return status.kind === 'done' && !status.stale;
}

/** A failure under the present order stays until the next order. */
function hasFailedNow(status: ChangeStatus): status is Extract<ChangeStatus, { kind: 'failed' }> {
  return status.kind === 'failed' && !status.stale;
}

function failed(theProblem: Problem): { readonly kind: 'failed'; readonly problem: Problem } {
  return { kind: 'failed', problem: theProblem };
}
