/** Numbers in [0, 1), one after another. */
export type Random = () => number;

/**
 * Numbers that are the same for the same keys, in every process: what happens on the simulated server is worked out
 * again at each look, never stored. Keys are folded by FNV-1a, numbers drawn by mulberry32; both are public domain.
 */
export function randomFor(...keys: readonly (string | number)[]): Random {
  return randomFrom(fold(keys.join('\u0000')));
}

/**
 * The same for keys of which only the last one, a number, differs: what all of them share is folded once. The numbers of one call end
 * with the next call: thousands of them are drawn at each look, and are not to be thousands of functions.
 */
export function randomByNumber(...keys: readonly (string | number)[]): (last: number) => Random {
  const shared = fold(`${keys.join('\u0000')}\u0000`);
  let state = 0;
  const random = (): number => drawFrom((state = next(state)));
  return (last) => {
    state = fold(String(last), shared);
    return random;
  };
}

function randomFrom(folded: number): Random {
  let state = folded;
  return () => drawFrom((state = next(state)));
}

function next(state: number): number {
  return (state + 0x6d2b79f5) >>> 0;
}

function drawFrom(state: number): number {
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

export function between(random: Random, least: number, most: number): number {
  return Math.floor(least + random() * (most - least));
}

function fold(text: string, begun = 0x811c9dc5): number {
  let hash = begun;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash;
}
