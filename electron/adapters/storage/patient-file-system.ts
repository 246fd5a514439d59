import { codeOf } from './file-problems.js';
import type { FileSystem } from './file-system.js';

/** Waits between tries: 100 ms in all, about what a virus scanner needs to let go of a small file. */
const PAUSES_MS = [5, 10, 20, 30, 35];

/** What Windows answers (as Node names it) while another program holds a file open without sharing it. */
const SHARING_VIOLATIONS: readonly (string | null)[] = ['EBUSY', 'EPERM'];

/**
 * Tries again where another program, usually a virus scanner, holds a file for a moment. Only what names a path is
 * tried again: what was done to an open file may have happened by half, and is never repeated.
 */
export function withPatience(fileSystem: FileSystem, sleep: (milliseconds: number) => void): FileSystem {
  const patiently = <T>(attempt: () => T): T => {
    for (const pauseMs of PAUSES_MS) {
      try {
        return attempt();
      } catch (error) {
        if (!SHARING_VIOLATIONS.includes(codeOf(error))) throw error;
        sleep(pauseMs);
      }
    }
    return attempt();
  };
  return {
    ...fileSystem,
    open: (path, how) => patiently(() => fileSystem.open(path, how)),
    readWhole: (path, maxBytes) => patiently(() => fileSystem.readWhole(path, maxBytes)),
    rename: (from, to) => patiently(() => fileSystem.rename(from, to)),
    remove: (path) => patiently(() => fileSystem.remove(path)),
  };
}

/** Blocks this thread: the record is written synchronously, because a change must not begin before it is on disk. */
export function sleepBlocking(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
