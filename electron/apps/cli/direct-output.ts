import { fstatSync, statSync, writeSync } from 'node:fs';

/** @returns what could not be written now; null if all was. @throws NodeJS.ErrnoException if it can never be written */
type WriteNow = (text: Buffer) => Buffer | null;

/**
 * Writes to a file or a pipe without Node's streams, which would be loaded for this alone. Node itself writes there in the same way: at
 * once, before it goes on. Not for a terminal, whose characters Windows wants in another form.
 */
export function directOutput(descriptor: number): WriteNow {
  return (text) => {
    let rest = text;
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
      return null;
    } catch (error) {
      // The pipe is full, and whoever made it wants nobody to wait for it.
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return rest;
      throw error;
    }
  };
}

/** As far as Node can tell; false for whatever is not known to be one. */
export function isFileOrPipeForNode(descriptor: number): boolean {
  try {
    const found = fstatSync(descriptor);
    if (found.isFile() || found.isFIFO()) return true;
    // Windows has no such file, and nothing there says that a device is not a terminal.
    return found.isCharacterDevice() && found.rdev === statSync('/dev/null').rdev;
  } catch {
    return false;
  }
}
