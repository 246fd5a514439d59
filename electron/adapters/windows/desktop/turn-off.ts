import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { problem, ProblemError } from '../../../contract/problem.js';
import type { Power } from '../../../ports/power.js';

const runFile = promisify(execFile);

/** "Application: Maintenance (Planned)" in the event log, so that nobody is asked why. */
const REASON = 'p:4:1';

/**
 * Restarts or shuts down Windows with its own shutdown.exe, at once but without force: a program that holds unsaved work
 * may still object.
 */
export function windowsPower(systemFolder: string): Power {
  const turnOff = async (how: '/r' | '/s'): Promise<void> => {
    try {
      await runFile(join(systemFolder, 'shutdown.exe'), [how, '/t', '0', '/d', REASON], { windowsHide: true });
    } catch (error) {
      throw new ProblemError(problem('restart-refused', { code: (error as { readonly code?: string | number }).code ?? 'unknown' }), {
        cause: error,
      });
    }
  };
  return { restart: () => turnOff('/r'), shutDown: () => turnOff('/s') };
}
