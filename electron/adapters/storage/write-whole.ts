import { dirname } from 'node:path';

import { codeOf } from './file-problems.js';
import type { FileSystem } from './file-system.js';

/**
 * Writes a file whole or not at all: under another name first, flushed, then renamed over the old one. What a crash
 * may leave is a file with the ending `.new`, which is never read and which the next writing replaces.
 */
export function writeWhole(fileSystem: FileSystem, path: string, bytes: Uint8Array): void {
  const unfinished = `${path}.new`;
  removeIfThere(fileSystem, unfinished);
  try {
    writeNew(fileSystem, unfinished, bytes);
    fileSystem.rename(unfinished, path);
  } catch (error) {
    tryTo(() => fileSystem.remove(unfinished));
    throw error;
  }
  flushFolder(fileSystem, dirname(path));
}

/** Creates a file, writes it and flushes it. Fails where it exists. */
export function writeNew(fileSystem: FileSystem, path: string, bytes: Uint8Array): void {
  const file = fileSystem.open(path, 'create');
  try {
    writeAll(fileSystem, file, bytes);
    fileSystem.flush(file);
  } finally {
    fileSystem.close(file);
  }
}

/** The system may take fewer bytes than it was given. */
export function writeAll(fileSystem: FileSystem, file: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) written += fileSystem.write(file, bytes.subarray(written));
}

/** Windows cannot flush a folder, and needs not: NTFS writes a rename to its log. It refuses with one of these. */
const CANNOT_FLUSH_FOLDERS: readonly (string | null)[] = ['EPERM', 'EACCES', 'EISDIR', 'EINVAL', 'ENOTSUP'];

/** Makes new names in a folder last through a power cut, where the system can do that. */
export function flushFolder(fileSystem: FileSystem, folder: string): void {
  try {
    const handle = fileSystem.open(folder, 'read');
    try {
      fileSystem.flush(handle);
    } finally {
      fileSystem.close(handle);
    }
  } catch (error) {
    if (!CANNOT_FLUSH_FOLDERS.includes(codeOf(error))) throw error;
  }
}

export function removeIfThere(fileSystem: FileSystem, path: string): void {
  try {
    fileSystem.remove(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** For tidying up after a failure that is more important than whatever fails here. */
export function tryTo(operation: () => void): boolean {
  try {
    operation();
    return true;
  } catch {
    return false;
  }
}
