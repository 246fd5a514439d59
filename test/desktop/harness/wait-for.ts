const PATIENCE_MS = 20_000;
const LOOK_EVERY_MS = 50;

/** Looks until there is something to be seen. @throws Error when there is nothing for 20 s */
export async function waitFor<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    const seen = await look();
    if (seen !== null) return seen;
    if (Date.now() > giveUpAt) throw new Error(`Not within ${PATIENCE_MS / 1000} s: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
