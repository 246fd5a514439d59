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

/** Timers hold at most 2^31-1 milliseconds; longer ones would fire at once. */
const LONGEST_TIMER_MS = 2_000_000_000;

export const SYSTEM_TIME: RealTime = {
  nowMs: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      const finish = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', finish);
        resolve();
      };
      const timer = setTimeout(finish, Math.min(Math.ceil(milliseconds), LONGEST_TIMER_MS));
      signal?.addEventListener('abort', finish);
    }),
};
