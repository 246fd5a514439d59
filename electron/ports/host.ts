import type { Computer, Instant } from '../contract/computer.js';

/** What `processIdentity` says where the system tells no more of a process than that it lives. */
export const ALIVE = 'alive';

/** The port to the machine itself: who and where we are, what time it is, and which processes live. */
export interface Host {
  computer(): Promise<Computer>;

  /** Wall clock and monotonic clock, read together. */
  now(): Instant;

  /** Resolves after so many milliseconds of this host's time, or at once when the signal is aborted (it never rejects). */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;

  /**
   * What tells a process from a later one with the same id (its creation time in the system's own units), `ALIVE` where
   * nothing does, or null when there is no such process.
   */
  processIdentity(processId: number): string | null;
}
