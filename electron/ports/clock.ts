/**
 * Time as this process keeps it: for rests, deadlines and tries again. Not the time of the server (`Host`), which runs faster where a
 * server is simulated.
 */
export interface Clock {
  /** Milliseconds on a monotonic clock. */
  upMs(): number;

  /** Resolves after so many milliseconds, or at once when the signal is aborted; it never rejects. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
