import fc from 'fast-check';

const { LYNC_DRAIN_SEED: seedAsked, LYNC_DRAIN_RUNS: runsAsked } = process.env;

/** Nothing else was asked for than what every run draws. */
export const isUsualDraw = seedAsked === undefined && runsAsked === undefined;

/**
 * How often a property is tried, and with which draws: the same ones at every run, so that a red test is the change's doing.
 * `LYNC_DRAIN_RUNS=20000` tries that many others; what it finds names its seed, which `LYNC_DRAIN_SEED` takes again.
 */
export function draws(usualRuns: number): { numRuns: number; seed?: number } {
  const numRuns = Number(runsAsked ?? usualRuns);
  if (isUsualDraw) return { numRuns, seed: 20_261_123 };
  return seedAsked === undefined ? { numRuns } : { numRuns, seed: Number(seedAsked) };
}

fc.configureGlobal(draws(100));

export { fc };
