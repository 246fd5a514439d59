import { describe, it } from 'vitest';

import { missingTools } from './wine.js';

/** A suite on a real service control manager. */
export function describeOnWindows(name: string, suite: () => void): void {
  describeWithTools(name, missingTools(), suite);
}

/** A suite that needs more than Node. Where something is missing it says so and what; in CI that is a failure. */
export function describeWithTools(name: string, missing: readonly string[], suite: () => void): void {
  if (missing.length === 0) {
    describe(name, suite);
    return;
  }
  const reason = `${name}: not run, this machine lacks ${missing.join(', ')}`;
  if (process.env['CI'] === 'true') {
    it(name, () => {
      throw new Error(reason);
    });
    return;
  }
  console.warn(`SKIPPED ${reason}`);
  describe.skip(reason, suite);
}
