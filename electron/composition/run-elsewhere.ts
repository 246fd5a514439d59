import { win32 } from 'node:path';

import { problem, ProblemError, type Problem } from '../contract/problem.js';
import type { RunRecords } from '../ports/run-records.js';

/**
 * The open run of a real server in its usual folder, if the program works in another one: services that it paused would be taken for
 * services that nobody holds.
 * @returns null also if the usual folder is none of ours: what others could have planted there says nothing
 */
export function findRunElsewhere(dataFolder: string, usual: string, openRecords: (folder: string) => RunRecords): Problem | null {
  const isSame = win32.resolve(dataFolder).toUpperCase() === win32.resolve(usual).toUpperCase();
  if (isSame) return null;
  try {
    const open = openRecords(usual).findOpen();
    return open === null ? null : problem('run-in-usual-folder', { path: open.path, runId: open.runId });
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}
