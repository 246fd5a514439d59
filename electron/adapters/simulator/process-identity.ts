import { readFileSync } from 'node:fs';

import { ALIVE } from '../../ports/host.js';

/** Place of `starttime` in /proc/PID/stat (proc(5)), counted from the field after the name in brackets. */
const START_TIME_FIELD = 19;

/**
 * What tells a process from a later one with the same id: its start time in clock ticks since boot. Where there is no
 * /proc, only that it lives. Null when there is no such process.
 */
export function processIdentity(processId: number): string | null {
  // Zero and below would address groups of processes.
  if (!Number.isInteger(processId) || processId <= 0) return null;
  const stat = readStat(processId);
  if (stat === null) return isAlive(processId) ? ALIVE : null;
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie is dead and waits for its parent to look.
  if (state === 'Z') return null;
  return fields[START_TIME_FIELD - 1] ?? null;
}

function readStat(processId: number): string | null {
  try {
    return readFileSync(`/proc/${processId}/stat`, 'utf8');
  } catch {
    return null;
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
