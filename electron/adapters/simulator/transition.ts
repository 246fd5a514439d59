import type { ServiceState } from '../../contract/service.js';
import {
  type FollowUp,
  latestDue,
  type Moment,
  type Reaction,
  type SimulatedService,
  type SimulatedState,
  withService,
} from './simulated-state.js';

/** What a service remembers of its past: no session lasts longer, so nothing older changes a count. */
export const HISTORY_MS = 2 * 60 * 60_000;

export type Movement = 'pause' | 'continue' | 'start' | 'stop';

const PENDING: Readonly<Record<Movement, ServiceState>> = {
  pause: 'pause-pending',
  continue: 'continue-pending',
  start: 'start-pending',
  stop: 'stop-pending',
};

const TARGET: Readonly<Record<Movement, ServiceState>> = { pause: 'paused', continue: 'running', start: 'running', stop: 'stopped' };

const HEALTHY_CHECKPOINT_MS = 500;
const HEALTHY_WAIT_HINT_MS = 3000;

/** Lays down what a service will be from `atMs` on; whatever was to come after that no longer comes. */
export function move(
  state: SimulatedState,
  service: SimulatedService,
  { movement, atMs }: { readonly movement: Movement; readonly atMs: number },
  reaction: Reaction = {},
): SimulatedState {
  const timeline = new Timeline(service, atMs, state.nextProcessId);
  timeline.wait(reaction.unmovedMs ?? 0);
  const pendingMs = reaction.pendingMs === undefined ? service.pace[movement] : reaction.pendingMs;
  if (pendingMs !== 0) timeline.pend(PENDING[movement], reaction);
  if (pendingMs !== null) {
    timeline.wait(pendingMs);
    timeline.become(reaction.becomes ?? { afterMs: 0, state: TARGET[movement] });
    for (const followUp of reaction.then ?? []) timeline.become(followUp);
  }
  const moved = { ...service, moments: timeline.moments, staleSinceMs: reaction.staysStale === true ? atMs : service.staleSinceMs };
  return { ...withService(state, moved), nextProcessId: timeline.nextProcessId };
}

/** The moments of one service while they are laid down, one after another. */
class Timeline {
  readonly #service: SimulatedService;
  readonly moments: Moment[];
  nextProcessId: number;
  #cursorMs: number;
  #last: Moment;

  constructor(service: SimulatedService, atMs: number, nextProcessId: number) {
    this.#service = service;
    this.#last = latestDue(service.moments, atMs);
    const remembered = latestDue(service.moments, atMs - HISTORY_MS);
    this.moments = service.moments.filter((moment) => moment.atMs <= atMs && moment.atMs >= remembered.atMs);
    if (this.moments.length === 0) this.moments.push(this.#last);
    this.nextProcessId = nextProcessId;
    this.#cursorMs = atMs;
  }

  wait(milliseconds: number): void {
    this.#cursorMs += milliseconds;
  }

  pend(state: ServiceState, reaction: Reaction): void {
    const { checkpointEveryMs = HEALTHY_CHECKPOINT_MS, waitHintMs = HEALTHY_WAIT_HINT_MS } = reaction;
    this.#lay({ afterMs: 0, state }, { checkpointEveryMs, waitHintMs });
  }

  become(next: FollowUp): void {
    this.#lay(next, { checkpointEveryMs: null, waitHintMs: 0 });
  }

  #lay(next: FollowUp, progress: Pick<Moment, 'checkpointEveryMs' | 'waitHintMs'>): void {
    this.wait(next.afterMs);
    this.#last = {
      atMs: this.#cursorMs,
      state: next.state,
      processId: this.#processIdIn(next.state),
      acceptsPause: next.acceptsPause ?? (this.#last.processId === 0 ? this.#service.acceptsPause : this.#last.acceptsPause),
      win32ExitCode: next.win32ExitCode ?? 0,
      serviceSpecificExitCode: next.serviceSpecificExitCode ?? 0,
      ...progress,
    };
    this.moments.push(this.#last);
  }

  #processIdIn(state: ServiceState): number {
    if (state === 'stopped') return 0;
    if (this.#last.processId !== 0) return this.#last.processId;
    const fresh = this.nextProcessId;
    // Windows numbers processes in fours.
    this.nextProcessId += 4;
    return fresh;
  }
}
