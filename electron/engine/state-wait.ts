import type { ServiceState, ServiceStatus } from '../contract/service.js';
import { longestWaitMs, patienceMs, pollDelayMs } from '../core/maintenance/patience.js';

/** How waiting for a service to come to rest ended. */
export interface Settled {
  /** `elsewhere`: at rest, but not in the state wanted; `out-of-patience`: nothing moved for as long as the service asked for. */
  readonly kind: 'reached' | 'elsewhere' | 'out-of-patience';
  readonly status: ServiceStatus;
}

export interface StateGoal {
  /** Null: any state that is not pending. */
  readonly wanted: ServiceState | null;
  /** A resting state that may be seen for a while before the service begins to move. */
  readonly departed: ServiceState | null;
}

/** A service that shows no movement is asked to report after this long, */
const INTERROGATE_AFTER_MS = 2_000;
/** and again: while it starts, Windows refuses to ask it. */
const INTERROGATE_AGAIN_MS = 10_000;

/**
 * The wait for one service to come to rest, by checkpoint and wait hint: patience begins again whenever state or checkpoint
 * moves, so that a slow service is waited for and a hung one is not. It reads nothing itself: a caller that waits for several
 * services at once brings the readings.
 */
export class StateWait {
  readonly #goal: StateGoal;
  readonly #begunAtUpMs: number;
  #latest: ServiceStatus;
  #movedAtUpMs: number;
  #askAtUpMs: number;
  #readAtUpMs: number;
  #departed = false;

  constructor(goal: StateGoal, status: ServiceStatus, upMs: number) {
    this.#goal = goal;
    this.#begunAtUpMs = upMs;
    this.#latest = status;
    this.#movedAtUpMs = upMs;
    this.#readAtUpMs = upMs;
    this.#askAtUpMs = upMs + INTERROGATE_AFTER_MS;
  }

  get status(): ServiceStatus {
    return this.#latest;
  }

  /** True once the service was seen in another state than the one it departs from. */
  get hasDeparted(): boolean {
    return this.#departed;
  }

  /** When the service should be read next, monotonic milliseconds. */
  get nextReadUpMs(): number {
    return this.#readAtUpMs + pollDelayMs(this.#latest);
  }

  /** When the service should be asked to report, unless it moves before. */
  get nextReportUpMs(): number {
    return this.#askAtUpMs;
  }

  noteAsked(upMs: number): void {
    this.#askAtUpMs = upMs + INTERROGATE_AGAIN_MS;
  }

  /** Takes in a reading. @returns how the waiting ended; null while it goes on */
  note(status: ServiceStatus, upMs: number): Settled | null {
    if (status.state !== this.#latest.state || status.checkpoint !== this.#latest.checkpoint) {
      this.#movedAtUpMs = upMs;
      this.#askAtUpMs = upMs + INTERROGATE_AFTER_MS;
    }
    this.#latest = status;
    this.#readAtUpMs = upMs;
    this.#departed ||= status.state !== this.#goal.departed;
    if (isAtRest(status)) {
      if (this.#goal.wanted === null || status.state === this.#goal.wanted) return { kind: 'reached', status };
      if (this.#departed) return { kind: 'elsewhere', status };
    }
    const isOver = upMs - this.#movedAtUpMs >= patienceMs(status) || upMs - this.#begunAtUpMs >= longestWaitMs(status);
    return isOver ? { kind: 'out-of-patience', status } : null;
  }
}

function isAtRest(status: ServiceStatus): boolean {
  return !status.state.endsWith('-pending');
}
