import { liveSessions, type SimulatedSession } from './session-arrivals.js';
import { findService, momentAt, type SimulatedService } from './simulated-state.js';
import type { Look } from './simulation.js';

/** One service as it really is at one moment. */
export interface LiveService {
  readonly service: SimulatedService;
  readonly isPaused: boolean;
  readonly sessions: readonly SimulatedSession[];
}

/** The sessions of the simulated server at one moment, worked out once for all sources. */
export class LiveView {
  readonly #look: Look;
  readonly #known = new Map<string, LiveService | null>();

  constructor(look: Look) {
    this.#look = look;
  }

  get look(): Look {
    return this.#look;
  }

  /** Null if there is no such service, or it has no process. */
  of(serviceName: string): LiveService | null {
    const known = this.#known.get(serviceName);
    if (known !== undefined) return known;
    const found = this.#find(serviceName);
    this.#known.set(serviceName, found);
    return found;
  }

  #find(serviceName: string): LiveService | null {
    const { state, nowMs } = this.#look;
    const service = findService(state, serviceName, nowMs);
    if (service === undefined) return null;
    const { state: now } = momentAt(service, nowMs);
    return now === 'stopped' ? null : { service, isPaused: now === 'paused', sessions: liveSessions(state, service, nowMs) };
  }
}
