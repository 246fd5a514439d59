import { inject } from 'vitest';

import { describeWithTools } from '../../windows/harness/describe-on-windows.js';

/** A suite on a Windows server with a screen in front of it. */
export function describeOnDesktop(name: string, suite: () => void): void {
  describeWithTools(name, inject('missingForDesktop'), suite);
}
