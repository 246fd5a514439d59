const PATIENCE_MS = 20_000;
const LOOK_EVERY_MS = 50;

/** Who sees no effect of a click for so long, clicks again. */
const EFFECT_WITHIN_MS = 2_000;

/** Looks until there is something to be seen. @throws Error when there is nothing for 20 s */
export async function waitFor<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  return (await lookFor(PATIENCE_MS, look)) ?? giveUp(what);
}

/**
 * Does something until its effect is to be seen, as a user at a screen would: Wine and X lose a click or a key that comes
 * while a window opens or closes.
 * @throws Error when there is no effect for 20 s
 */
export async function actUntil<T>(what: string, act: () => Promise<void>, look: () => Promise<T | null>): Promise<T> {
  for (const giveUpAt = Date.now() + PATIENCE_MS; Date.now() < giveUpAt;) {
    await act();
    const effect = await lookFor(EFFECT_WITHIN_MS, look);
    if (effect !== null) return effect;
  }
  return giveUp(what);
}

async function lookFor<T>(forMs: number, look: () => Promise<T | null>): Promise<T | null> {
  const giveUpAt = Date.now() + forMs;
  for (;;) {
    const seen = await look();
    if (seen !== null || Date.now() > giveUpAt) return seen;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

function giveUp(what: string): never {
  throw new Error(`Not within ${PATIENCE_MS / 1000} s: ${what}.`);
}
