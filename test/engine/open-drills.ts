import { afterEach } from 'vitest';

import { Drill } from './drill.js';

/**
 * Called once in a test file.
 * @param usual the scenario where a test names none
 * @returns opens drills, which are closed after the test that opened them
 */
export function drillsOf(usual: string): (scenario?: string, seed?: number, adjust?: Parameters<typeof Drill.open>[2]) => Promise<Drill> {
  const opened: Drill[] = [];
  afterEach(() => {
    for (const drill of opened.splice(0)) drill.close();
  });
  return async (scenario = usual, seed, adjust) => {
    const drill = await Drill.open(scenario, seed, adjust);
    opened.push(drill);
    return drill;
  };
}
