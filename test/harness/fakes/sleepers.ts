interface Sleeper {
  readonly dueMs: number;
  readonly wake: () => void;
}

/** Those who sleep on a clock of a test, until they are woken or their signal is aborted. */
export class Sleepers {
  readonly #sleepers = new Set<Sleeper>();

  /** Resolves when it is woken, or at once when the signal is aborted. */
  add(dueMs: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper: Sleeper = { dueMs, wake };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', wake);
    });
  }

  /** The one that is due first, of those due by then; null for none. */
  next(untilMs = Number.POSITIVE_INFINITY): Sleeper | null {
    const due = [...this.#sleepers].filter(({ dueMs }) => dueMs <= untilMs);
    return due.reduce<Sleeper | null>((first, other) => (first !== null && first.dueMs <= other.dueMs ? first : other), null);
  }
}
