import { existsSync } from 'node:fs';

import { describe, it } from 'vitest';

/** What a suite needs besides Node. */
export interface Capability {
  /** What this machine lacks of it, in words that follow "this machine lacks"; nothing if the suite can run. */
  readonly missing: readonly string[];
}

/** Modes, owners, pipes and file names as POSIX has them. */
export const POSIX: Capability = { missing: process.platform === 'win32' ? ['POSIX files'] : [] };
/** Start times of other processes. */
export const PROC: Capability = { missing: existsSync('/proc/self/stat') ? [] : ['/proc'] };
/** A device on which every write ends with "no space left". */
export const FULL_DEVICE: Capability = { missing: existsSync('/dev/full') ? [] : ['/dev/full'] };

/**
 * A suite that cannot run everywhere. If something is missing it says so and what, and is skipped; in CI, which has everything, it fails.
 * @returns `describe` for that suite
 */
export function describeWhere(...capabilities: readonly Capability[]): (name: string, suite: () => void) => void {
  const missing = capabilities.flatMap((capability) => capability.missing);
  if (missing.length === 0) return describe;
  return (name, suite) => {
    const reason = `${name}: not run, this machine lacks ${missing.join(', ')}`;
    if (process.env['CI'] === 'true') {
      it(name, () => {
        throw new Error(reason);
      });
      return;
    }
    console.warn(`SKIPPED ${reason}`);
    describe.skip(reason, suite);
  };
}
