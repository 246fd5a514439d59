import { afterEach } from 'vitest';

import { Drill } from './drill.js';

/**
 * Called once in a test file.
 * @param usual the scenario where a test names none
 * @returns opens drills, which are closed after the test that opened them
 */
export function drillsOf(usual: string): (scenario?: string, seed?: number) => Promise<Drill> {
  const opened: Drill[] = [];
  afterEach(() => {
    for (const drill of opened.splice(0)) drill.close();
  });
  return async (scenario = usual, seed) => {
    const drill = await Drill.open(scenario, seed);
    opened.push(drill);
    return drill;
  };
}
