import { describe, it } from 'vitest';

import { missingTools } from './wine.js';

/** A suite on a real service control manager. Where it cannot run it says so and why; in CI that is a failure. */
export function describeOnWindows(name: string, suite: () => void): void {
  const missing = missingTools();
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
