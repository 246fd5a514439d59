import type { Clock } from '../../../electron/ports/clock.js';
import { ManualTime } from './manual-time.js';
import { Sleepers } from './sleepers.js';

/** A clock on which several can sleep at once: as soon as nothing else is left to do, it moves on to the next one to wake. */
export class ScheduledTime extends ManualTime implements Clock {
  readonly #sleepers = new Sleepers();
  #isMoving = false;

  upMs(): number {
    return this.nowMs();
  }

  override sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    const woken = this.#sleepers.add(this.nowMs() + Math.max(0, milliseconds), signal);
    this.#moveOn();
    return woken;
  }

  /** After everything that can go on without time has gone on. */
  #moveOn(): void {
    if (this.#isMoving) return;
    this.#isMoving = true;
    setImmediate(() => {
      this.#isMoving = false;
      const next = this.#sleepers.next();
      if (next === null) return;
      this.turnTo(Math.max(this.nowMs(), next.dueMs));
      next.wake();
      this.#moveOn();
    });
  }
}
