import type { ProblemId } from '../../contract/problem.js';
import type { ChangeStatus, Entry, HeldService, Kept, RecordedService } from '../../contract/run.js';

/** Everything about a service but its original, which other entries bring. */
export type ServiceNotes = Omit<RecordedService, 'original' | 'firstStart'>;

const NO_CHANGE: ChangeStatus = { kind: 'none' };

/** Before any entry was about it. */
export function blankNotes(serviceName: string): ServiceNotes {
  return {
    serviceName,
    pause: NO_CHANGE,
    setStart: NO_CHANGE,
    ourStart: null,
    restart: NO_CHANGE,
    restartBy: null,
    restoreStart: NO_CHANGE,
    unseenPauseUpMs: null,
    leftOut: false,
    choice: null,
    kept: null,
    returned: null,
    outsideChange: null,
    stalledAt: null,
    leak: null,
  };
}

/** Which status a change moves. */
const CHANGE_STATUS = {
  pause: 'pause',
  'set-start': 'setStart',
  continue: 'restart',
  start: 'restart',
  'restore-start': 'restoreStart',
} as const;

function changeStatus(change: keyof typeof CHANGE_STATUS, value: ChangeStatus): Partial<RecordedService> {
  const restartBy = change === 'continue' || change === 'start' ? { restartBy: change } : {};
  return { [CHANGE_STATUS[change]]: value, ...restartBy };
}

/** What was kept before stays kept, also where only something else was chosen now. */
export function keptAfter(before: Kept | null, chosen: Kept | undefined): Kept | null {
  if (chosen === undefined) return before;
  return { state: chosen.state ?? before?.state ?? null, start: chosen.start ?? before?.start ?? null };
}

/** What is changed again is not back any more. A start type that is set is held until it is restored. */
export function intendedNotes({ change, upMs }: Extract<Entry, { type: 'intended' }>): Partial<RecordedService> {
  const moved = { returned: null, ...changeStatus(change.kind, { kind: 'intended' }) };
  switch (change.kind) {
    case 'pause':
      return { ...moved, unseenPauseUpMs: upMs };
    case 'set-start':
      return { ...moved, ourStart: change.to, restoreStart: NO_CHANGE };
    case 'continue':
    case 'start':
    case 'restore-start':
      return moved;
  }
}

/** A pause that was seen, or undone since, is not to come any more. */
export function changedNotes({ change }: Extract<Entry, { type: 'changed' }>): Partial<RecordedService> {
  const moved = changeStatus(change, { kind: 'done', stale: false });
  return change === 'pause' || change === 'continue' || change === 'start' ? { ...moved, unseenPauseUpMs: null } : moved;
}

/** Failures that do not say that nothing happens: the service may still pause. */
const MAY_STILL_PAUSE: readonly ProblemId[] = ['request-timeout', 'pending-too-long', 'rpc-unavailable'];

export function failedNotes({ change, problem }: Extract<Entry, { type: 'failed' }>): Partial<RecordedService> {
  const moved = changeStatus(change, { kind: 'failed', problem, stale: false });
  return change === 'pause' && !MAY_STILL_PAUSE.includes(problem.id) ? { ...moved, unseenPauseUpMs: null } : moved;
}

/** What counts as done by a run whose record lost its tail. */
export function heldNotes({ pause }: Pick<RecordedService, 'pause'>, { start, isPaused }: HeldService): Partial<RecordedService> {
  const done = { kind: 'done', stale: true } as const;
  return {
    returned: null,
    ...(isPaused && pause.kind === 'none' && { pause: done }),
    ...(start !== null && { ourStart: start, setStart: done, restoreStart: NO_CHANGE }),
  };
}
