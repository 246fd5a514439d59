import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import { problem, ProblemError } from '../../contract/problem.js';
import { orProblem } from './file-problems.js';
import type { FileSystem } from './file-system.js';
import { removeIfThere, tryTo, writeNew } from './write-whole.js';

/** More than the record of a long night. */
const PROBE_BYTES = 256 * 1024;

/** Writes, flushes and removes a file in each folder. @throws ProblemError data-folder-unwritable */
export function probeFolders(fileSystem: FileSystem, folders: readonly string[]): void {
  for (const folder of folders) {
    const path = join(folder, `${randomBytes(8).toString('hex')}.probe`);
    try {
      orProblem('data-folder-unwritable', folder, () => writeNew(fileSystem, path, Buffer.alloc(PROBE_BYTES)));
    } finally {
      tryTo(() => removeIfThere(fileSystem, path));
    }
    if (fileSystem.isThere(path)) throw new ProblemError(problem('data-folder-unwritable', { path, code: 'EBUSY' }));
  }
}
