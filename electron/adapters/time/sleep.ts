/** Timers hold at most 2^31-1 milliseconds; longer ones would fire at once. */
const LONGEST_TIMER_MS = 2_000_000_000;

/** Resolves after so many milliseconds of real time, or at once when the signal is aborted; it never rejects. */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
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
  });
}
