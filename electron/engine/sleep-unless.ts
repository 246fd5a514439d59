import type { Host } from '../ports/host.js';

/** Resolves after so many milliseconds, when one of the promises does, or when the signal is aborted. The promises never reject. */
export async function sleepUnless(host: Host, milliseconds: number, signal: AbortSignal, events: readonly Promise<void>[]): Promise<void> {
  const woken = new AbortController();
  const wake = (): void => woken.abort();
  if (signal.aborted) wake();
  signal.addEventListener('abort', wake);
  try {
    await Promise.race([host.sleep(milliseconds, woken.signal), ...events]);
  } finally {
    wake();
    signal.removeEventListener('abort', wake);
  }
}
