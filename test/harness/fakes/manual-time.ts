import type { RealTime } from '../../../electron/adapters/simulator/simulated-clock.js';

/** A clock that moves only by sleeping or by being turned. */
export class ManualTime implements RealTime {
  #nowMs: number;

  constructor(startMs = Date.UTC(2026, 10, 23, 2, 0, 0)) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  async sleep(milliseconds: number): Promise<void> {
    this.#nowMs += milliseconds;
  }

  /** Sets the clock, also back. */
  turnTo(nowMs: number): void {
    this.#nowMs = nowMs;
  }
}
