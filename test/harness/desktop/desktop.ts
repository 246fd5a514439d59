import { inject } from 'vitest';

import type { Capability } from '../describe-where.js';

/** A Windows server with a screen in front of it, and the packaged app. */
export const DESKTOP: Capability = { missing: inject('missingForDesktop') };
