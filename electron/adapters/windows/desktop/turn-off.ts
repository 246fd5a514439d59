import { join } from 'node:path';

import { problem, ProblemError, type Problem } from '../../../contract/problem.js';
import type { Power, TurnOff } from '../../../ports/power.js';
import { runProgram } from '../koffi/run-program.js';

/** "Application: Maintenance (Planned)" in the event log, so that Windows does not ask for the reason. */
const REASON = 'p:4:1';

/** As shutdown.exe is told. */
const HOW: Readonly<Record<TurnOff, string>> = { restart: '/r', shutDown: '/s' };

/** Restarts or shuts down Windows with its own shutdown.exe. */
export function windowsPower(systemFolder: string): Pick<Power, 'turnOff'> {
  return {
    turnOff: async (how, isForced) => {
      const order = [HOW[how], ...(isForced ? ['/f'] : []), '/t', '0', '/d', REASON];
      try {
        await runProgram(join(systemFolder, 'shutdown.exe'), order);
      } catch (error) {
        throw new ProblemError(refusalOf((error as { readonly code?: string | number | null }).code ?? null), { cause: error });
      }
    },
  };
}

/**
 * What an exit code of shutdown.exe says: it is the Win32 error of the refusal (winerror.h; `InitiateShutdownW`, "Return value").
 * @param code a text where shutdown.exe could not be started, null where it did not end by itself
 */
export function refusalOf(code: number | string | null): Problem {
  switch (code) {
    case 5: // ERROR_ACCESS_DENIED
      return problem('restart-not-allowed');
    case 1115: // ERROR_SHUTDOWN_IN_PROGRESS
      return problem('shutdown-in-progress', { win32: code, operation: 'shutdown.exe' });
    case 1190: // ERROR_SHUTDOWN_IS_SCHEDULED
      return problem('restart-scheduled');
    case 1191: // ERROR_SHUTDOWN_USERS_LOGGED_ON
      return problem('others-signed-in');
    case 1271: // ERROR_MACHINE_LOCKED
      return problem('computer-locked');
    case null:
      return problem('restart-refused');
    default:
      return problem('restart-refused', { code });
  }
}
