import type { Clock } from '../../../electron/ports/clock.js';

interface Sleeper {
  readonly dueMs: number;
  readonly wake: () => void;
}

/** Turns of the event loop in which work that needs no time goes on to its next rest. */
const TURNS_OF_WORK = 20;
/** More than any work takes that needs no time. */
const MAX_TURNS = 5_000;

/** Until all that needs no time has gone on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS_OF_WORK; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Until something holds that needs no time. @throws if it does not come */
export async function settled(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    if (holds()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`Not reached without time: ${holds.toString()}`);
}

/** A clock that stands still until a test moves it. */
export class SteppedTime implements Clock {
  readonly #sleepers = new Set<Sleeper>();
  #nowMs = 0;

  upMs(): number {
    return this.#nowMs;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper: Sleeper = { dueMs: this.#nowMs + Math.max(0, milliseconds), wake };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', wake);
    });
  }

  /** Moves on from one sleeper to the next, and lets each do what it woke for. */
  async advance(milliseconds: number): Promise<void> {
    const untilMs = this.#nowMs + milliseconds;
    await settle();
    for (let next = this.#nextDue(untilMs); next !== null; next = this.#nextDue(untilMs)) {
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      next.wake();
      await settle();
    }
    this.#nowMs = untilMs;
  }

  #nextDue(untilMs: number): Sleeper | null {
    const due = [...this.#sleepers].filter(({ dueMs }) => dueMs <= untilMs);
    return due.reduce<Sleeper | null>((first, other) => (first !== null && first.dueMs <= other.dueMs ? first : other), null);
  }
}
