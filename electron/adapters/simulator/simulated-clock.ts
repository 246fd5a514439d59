import { sleep } from '../time/sleep.js';
import type { SimulatedClock } from './simulated-state.js';

/** Real time, taken from outside so that tests can turn it by hand. */
export interface RealTime {
  /** Milliseconds of UTC. */
  nowMs(): number;
  /** Resolves after so many milliseconds, or at once when the signal is aborted; it never rejects. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** What time it is on the simulated server. It stands still while the real clock is set back. */
export function simulatedNow(clock: SimulatedClock, realMs: number): number {
  return clock.simulatedMs + Math.floor(Math.max(0, realMs - clock.realMs) * clock.speed);
}

/** The same clock, running at another speed from now on. */
export function withSpeed(clock: SimulatedClock, realMs: number, speed: number): SimulatedClock {
  return { realMs, simulatedMs: simulatedNow(clock, realMs), speed };
}

export const SYSTEM_TIME: RealTime = { nowMs: () => Date.now(), sleep };
