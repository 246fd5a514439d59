/** Numbers in [0, 1), one after another. */
export type Random = () => number;

/**
 * Numbers that are the same for the same keys, in every process: what happens on the simulated server is worked out
 * again at each look, never stored. Keys are folded by FNV-1a, numbers drawn by mulberry32; both are public domain.
 */
export function randomFor(...keys: readonly (string | number)[]): Random {
  let state = fold(keys.join('\u0000'));
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function between(random: Random, least: number, most: number): number {
  return Math.floor(least + random() * (most - least));
}

function fold(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash;
}
