import { SECOND_MS } from '../../contract/time-units.js';
import {
  type FollowUp,
  momentAt,
  type Reaction,
  type Refusal,
  type SimulatedOrder,
  type SimulatedService,
  type StoredStart,
} from './simulated-state.js';

/** The service that is odd while it is taken out of service. */
export const ODD_WHEN_PAUSED = 'RTCMEDSRV';

/** The service that is odd on the way back, so that a drain gets that far. */
export const ODD_WHEN_RETURNED = 'RTCRGS';

type Reactions = Partial<Record<SimulatedOrder, Reaction>>;
type Adjust = (service: SimulatedService, nowMs: number) => SimulatedService;

/** One way in which a service control manager or a service can surprise. */
export interface Oddity {
  readonly id: string;
  /** Changes the service that is odd while paused; likewise the other on the way back. */
  readonly whenPaused: Adjust;
  readonly whenReturned: Adjust;
}

const AUTO: StoredStart = { startType: 'auto', delayed: false };
const AUTO_DELAYED: StoredStart = { startType: 'auto', delayed: true };
const MANUAL: StoredStart = { startType: 'demand', delayed: false };

/** `ERROR_PROCESS_ABORTED`, the exit code the service control manager notes for a crash. */
const CRASHED: FollowUp = { afterMs: 20 * SECOND_MS, state: 'stopped', win32ExitCode: 1067 };
const RECOVERY: readonly FollowUp[] = [
  CRASHED,
  { afterMs: 60 * SECOND_MS, state: 'start-pending' },
  { afterMs: 3 * SECOND_MS, state: 'running' },
];
/** `ERROR_SERVICE_SPECIFIC_ERROR`: the service's own number says what went wrong. */
const OWN_ERROR: FollowUp = { afterMs: 0, state: 'stopped', win32ExitCode: 1066, serviceSpecificExitCode: 42 };

const asItIs: Adjust = (service) => service;

function reacting(reactions: Reactions): Adjust {
  return (service) => ({ ...service, reactions });
}

function refusal(win32: number, more: Partial<Refusal> = {}): Reaction {
  return { refusal: { win32, times: null, answerAfterMs: 0, obeysAllTheSame: false, ...more } };
}

/** The same reaction at each of several orders. */
function each(reaction: Reaction, ...orders: SimulatedOrder[]): Adjust {
  return reacting(Object.fromEntries(orders.map((order) => [order, reaction])));
}

/** An oddity of the state itself: on the way out at the pause, on the way back at continue and start. */
function ofState(id: string, reaction: Reaction, returning: Reaction = reaction): Oddity {
  return { id, whenPaused: each(reaction, 'pause'), whenReturned: each(returning, 'continue', 'start') };
}

/** An oddity of writing the start type too. */
function ofEveryOrder(id: string, reaction: Reaction): Oddity {
  return { id, whenPaused: each(reaction, 'pause', 'set-held'), whenReturned: each(reaction, 'continue', 'start', 'set-auto') };
}

function ofStart(id: string, reaction: Reaction): Oddity {
  return { id, whenPaused: asItIs, whenReturned: each(reaction, 'start') };
}

function ofStartType(id: string, reaction: Reaction): Oddity {
  return { id, whenPaused: each(reaction, 'set-held'), whenReturned: each(reaction, 'set-auto', 'start') };
}

function onControls(id: string, reaction: Reaction): Oddity {
  return { id, whenPaused: each(reaction, 'pause'), whenReturned: each(reaction, 'continue') };
}

function always(id: string, adjust: Adjust): Oddity {
  return { id, whenPaused: adjust, whenReturned: adjust };
}

function found(start: StoredStart): Adjust {
  return (service, nowMs) => ({ ...service, starts: [{ atMs: nowMs, start }] });
}

/** Cannot be paused; from `afterMs` on it can, unless that is null. */
function unpausable(afterMs: number | null): Adjust {
  return (service, nowMs) => {
    const now = { ...momentAt(service, nowMs), acceptsPause: false };
    if (afterMs === null) return { ...service, acceptsPause: false, moments: [now] };
    return { ...service, moments: [now, { ...now, atMs: nowMs + afterMs, acceptsPause: true }] };
  };
}

/** What is refused a number of times is obeyed after that. */
export const ODDITIES: readonly Oddity[] = [
  ofState('slow-to-move', { unmovedMs: 20 * SECOND_MS }),
  ofState('pending-for-ever', { pendingMs: null, checkpointEveryMs: null, waitHintMs: 3 * SECOND_MS }),
  ofState('checkpoint-stuck', { pendingMs: 300 * SECOND_MS, checkpointEveryMs: null, waitHintMs: 3 * SECOND_MS }),
  ofState('checkpoint-for-ever', { pendingMs: null, checkpointEveryMs: 2 * SECOND_MS, waitHintMs: 5 * SECOND_MS }),
  ofState('wait-hint-zero', { pendingMs: 5 * SECOND_MS, waitHintMs: 0 }),
  ofState('wait-hint-huge', { pendingMs: 5 * SECOND_MS, checkpointEveryMs: null, waitHintMs: 2 ** 32 - 1 }),
  ofState(
    'undone-by-itself',
    { then: [{ afterMs: 20 * SECOND_MS, state: 'running' }] },
    { then: [{ afterMs: 20 * SECOND_MS, state: 'paused' }] },
  ),
  ofState('stops-instead', { becomes: { afterMs: 0, state: 'stopped' } }),
  ofState('crashes', { then: [CRASHED] }),
  ofState('crashes-and-recovers', { then: RECOVERY }),
  {
    id: 'not-pausable',
    whenPaused: unpausable(null),
    whenReturned: reacting({ pause: { becomes: { afterMs: 0, state: 'paused', acceptsPause: false } } }),
  },
  onControls('cannot-accept-now', refusal(1061, { times: 3 })),
  onControls('not-active', refusal(1062)),
  ofState('no-answer', refusal(1053, { answerAfterMs: 30 * SECOND_MS })),
  onControls('dependents-running', refusal(1051)),
  ofStartType('database-locked', refusal(1055, { times: 2 })),
  ofStart('already-running', refusal(1056, { obeysAllTheSame: true })),
  {
    id: 'disabled',
    whenPaused: found({ startType: 'disabled', delayed: false }),
    whenReturned: each(refusal(1058), 'start'),
  },
  ofState('vanishes', { ...refusal(1060, { obeysAllTheSame: true }), vanishesAfterMs: 0 }),
  ofStartType('marked-for-deletion', refusal(1072)),
  ofStart('hung-on-start', refusal(1070, { answerAfterMs: 30 * SECOND_MS })),
  ofState('service-specific-error', { becomes: OWN_ERROR }),
  ofStart('logon-failed', refusal(1069)),
  ofStart('dependency-failed', refusal(1068)),
  ofEveryOrder('access-denied-for-one', refusal(5)),
  ofEveryOrder('rpc-unavailable', refusal(1722, { times: 2 })),
  ofState('shutdown-in-progress', refusal(1115)),
  ofEveryOrder('handle-invalid', refusal(6, { times: 1 })),
  always('status-lags', (service) => ({ ...service, lagMs: 3 * SECOND_MS })),
  ofState(
    'blinks',
    {
      then: [
        { afterMs: 20 * SECOND_MS, state: 'running' },
        { afterMs: 300, state: 'paused' },
      ],
    },
    {
      then: [
        { afterMs: 20 * SECOND_MS, state: 'paused' },
        { afterMs: 300, state: 'running' },
      ],
    },
  ),
  {
    id: 'pause-bit-moves',
    whenPaused: unpausable(30 * SECOND_MS),
    whenReturned: reacting({
      pause: {
        becomes: { afterMs: 0, state: 'paused', acceptsPause: false },
        then: [{ afterMs: 30 * SECOND_MS, state: 'paused', acceptsPause: true }],
      },
    }),
  },
  {
    id: 'start-type-changed-meanwhile',
    whenPaused: reacting({ pause: { laterStart: { afterMs: 0, start: AUTO } } }),
    whenReturned: reacting({ pause: { laterStart: { afterMs: 60 * SECOND_MS, start: AUTO } } }),
  },
  {
    id: 'start-type-reverts',
    whenPaused: reacting({ 'set-held': { laterStart: { afterMs: 0, start: AUTO_DELAYED } } }),
    whenReturned: reacting({ 'set-auto': { laterStart: { afterMs: 0, start: MANUAL } } }),
  },
  {
    id: 'delayed-without-auto',
    whenPaused: found({ startType: 'demand', delayed: true }),
    whenReturned: found({ startType: 'disabled', delayed: true }),
  },
  always('trigger-start', (service) => ({ ...service, hasStartTrigger: true })),
  ofState('stale-until-interrogated', { staysStale: true }),
  // Longer than Windows waits twice: its own call fails, and so does the next one, to whatever service.
  onControls('handler-busy', { handlerMs: 70 * SECOND_MS }),
  onControls('handler-hangs', { handlerMs: null }),
];
