import { afterEach } from 'vitest';

import { EngineHarness } from './engine-harness.js';

/**
 * Called once in a test file.
 * @param usual the scenario where a test names none
 * @returns opens harnesses, which are closed after the test that opened them
 */
export function harnessesOf(
  usual: string,
): (scenario?: string, seed?: number, adjust?: Parameters<typeof EngineHarness.open>[2]) => Promise<EngineHarness> {
  const opened: EngineHarness[] = [];
  afterEach(() => {
    for (const harness of opened.splice(0)) harness.close();
  });
  return async (scenario = usual, seed, adjust) => {
    const harness = await EngineHarness.open(scenario, seed, adjust);
    opened.push(harness);
    return harness;
  };
}
