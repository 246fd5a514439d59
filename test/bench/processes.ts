import { readdirSync, readFileSync } from 'node:fs';

/** What the kernel says of processes (proc(5)). */

/** Linux counts processor time in hundredths of a second, whatever the processor does (USER_HZ). */
const TICK_MS = 10;

/** Milliseconds of processor time so far, of all its threads. */
export function processorTimeMs(processId: number): number {
  const [userTicks = 0, systemTicks = 0] = statOf(processId).slice(11, 13).map(Number);
  return (userTicks + systemTicks) * TICK_MS;
}

/** The most memory it ever had in use, in megabytes; 0 for one that has ended and that nobody has asked for its exit code yet. */
export function peakMemoryMb(processId: number): number {
  const text = readFileSync(`/proc/${processId}/status`, 'utf8');
  return /^State:\s+Z/m.test(text) ? 0 : kilobytesIn(text, ['VmHWM']) / 1024;
}

/** Memory that is its own and no file's, in megabytes: what Windows calls private bytes. */
export function privateMemoryMb(processId: number): number {
  return kilobytesIn(readFileSync(`/proc/${processId}/smaps_rollup`, 'utf8'), ['Private_Dirty']) / 1024;
}

/** A process and everything it started, and what those started. */
export function processTree(processId: number): readonly number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), parentOf(Number(name))]),
  );
  const tree = [processId];
  for (const known of tree) for (const [child, parent] of parents) if (parent === known) tree.push(child);
  return tree;
}

/** What `measure` says of a process and of everything it started, taken together. */
export function sumOfTree(processId: number, measure: (processId: number) => number): number {
  return sumOf(processTree(processId), measure);
}

/** What `measure` says of all these together. One that has ended since it was found counts nothing. */
export function sumOf(processIds: readonly number[], measure: (processId: number) => number): number {
  return processIds.reduce((sum, one) => sum + (ofLiving(() => measure(one)) ?? 0), 0);
}

/** Its program and words; empty if it has ended. */
export function commandLineOf(processId: number): string {
  return ofLiving(() => readFileSync(`/proc/${processId}/cmdline`, 'utf8').replaceAll('\0', ' ')) ?? '';
}

function parentOf(processId: number): number | null {
  return ofLiving(() => Number(statOf(processId)[1]));
}

/** Null if the process ended since it was listed: its files are gone then, or cannot be read to their end. */
function ofLiving<T>(look: () => T): T | null {
  try {
    return look();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ESRCH') throw error;
    return null;
  }
}

/** The fields of /proc/PID/stat after the name, which may hold spaces and brackets itself. */
function statOf(processId: number): readonly string[] {
  const text = readFileSync(`/proc/${processId}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function kilobytesIn(text: string, names: readonly string[]): number {
  return names.reduce((sum, name) => sum + Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? Number.NaN), 0);
}
