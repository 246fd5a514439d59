import { restart } from './restart.js';
import { type RealTime, simulatedNow, withSpeed } from './simulated-clock.js';
import { carryOut, type Outcome, type Sender, type ServerOrder } from './simulated-server.js';
import { nextDueMs, type SimulatedState } from './simulated-state.js';
import type { SimulatedStore } from './simulated-store.js';

/** The server at one moment: all that any adapter needs to answer a question. */
export interface Look {
  readonly state: SimulatedState;
  readonly nowMs: number;
}

/** The simulated server alive: its stored state, moved on by the clock. */
export class Simulation {
  readonly #store: SimulatedStore;
  #latestMs = 0;

  /** @param store must hold a server already */
  constructor(
    store: SimulatedStore,
    readonly time: RealTime,
  ) {
    this.#store = store;
  }

  /** @throws ProblemError simulation-damaged, data-folder-unreadable */
  look(): Look {
    return this.#lookAt(this.#store.read());
  }

  /** @returns what Windows answers, and how long it takes to say so or to begin */
  async order(order: ServerOrder, sender: Sender): Promise<Omit<Outcome, 'state'>> {
    return this.#store.update((stored) => {
      const { state: before, nowMs } = this.#lookAt(stored);
      const { state, ...answer } = carryOut(before, nowMs, order, sender);
      return { state, answer };
    });
  }

  /**
   * Calls back when a service may have become another: an order was given, or what follows from an earlier one is due.
   * @returns ends that; null if changes cannot be observed
   * @throws ProblemError simulation-damaged, data-folder-unreadable
   */
  listen(onNews: () => void): (() => void) | null {
    const { state, nowMs } = this.look();
    const stopHearing = this.#store.listen(onNews);
    if (stopHearing === null) return null;
    const ended = new AbortController();
    const untilDueMs = (nextDueMs(state, nowMs) - nowMs) / state.clock.speed;
    void this.time.sleep(untilDueMs, ended.signal).then(() => {
      if (!ended.signal.aborted) onNews();
    });
    return () => {
      ended.abort();
      stopHearing();
    };
  }

  async setSpeed(speed: number): Promise<void> {
    await this.#change(({ state }) => ({ ...state, clock: withSpeed(state.clock, this.time.nowMs(), speed) }));
  }

  /** Restarts Windows; a few simulated minutes pass. */
  async restart(): Promise<void> {
    await this.#change(({ state, nowMs }) => restart(state, nowMs, this.time.nowMs()));
  }

  async #change(change: (look: Look) => SimulatedState): Promise<void> {
    await this.#store.update((stored) => ({ state: change(this.#lookAt(stored)), answer: undefined }));
  }

  #lookAt(state: SimulatedState | null): Look {
    if (state === null) throw new Error('The simulated server was removed while it was in use.');
    // A clock that is set back must not undo what was already seen.
    this.#latestMs = Math.max(this.#latestMs, simulatedNow(state.clock, this.time.nowMs()));
    return { state, nowMs: this.#latestMs };
  }
}
