import type { Clock } from '../../../electron/ports/clock.js';
import { ManualTime } from './manual-time.js';

interface Sleeper {
  readonly dueMs: number;
  readonly wake: () => void;
}

/** A clock on which several can sleep at once: as soon as nothing else is left to do, it moves on to the next one to wake. */
export class ScheduledTime extends ManualTime implements Clock {
  readonly #sleepers = new Set<Sleeper>();
  #isMoving = false;

  upMs(): number {
    return this.nowMs();
  }

  override sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper: Sleeper = { dueMs: this.nowMs() + Math.max(0, milliseconds), wake };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', wake);
      this.#moveOn();
    });
  }

  /** After everything that can go on without time has gone on. */
  #moveOn(): void {
    if (this.#isMoving) return;
    this.#isMoving = true;
    setImmediate(() => {
      this.#isMoving = false;
      const next = [...this.#sleepers].reduce<Sleeper | null>(
        (first, other) => (first !== null && first.dueMs <= other.dueMs ? first : other),
        null,
      );
      if (next === null) return;
      this.turnTo(Math.max(this.nowMs(), next.dueMs));
      next.wake();
      this.#moveOn();
    });
  }
}
