import type { Clock } from '../../../electron/ports/clock.js';
import { Sleepers } from './sleepers.js';

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
  readonly #sleepers = new Sleepers();
  #nowMs = 0;

  upMs(): number {
    return this.#nowMs;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return this.#sleepers.add(this.#nowMs + Math.max(0, milliseconds), signal);
  }

  /** Moves on from one sleeper to the next, and lets each do what it woke for. */
  async advance(milliseconds: number): Promise<void> {
    const untilMs = this.#nowMs + milliseconds;
    await settle();
    for (let next = this.#sleepers.next(untilMs); next !== null; next = this.#sleepers.next(untilMs)) {
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      next.wake();
      await settle();
    }
    this.#nowMs = untilMs;
  }
}
