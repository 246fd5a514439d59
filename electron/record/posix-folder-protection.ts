import { lstatSync, mkdirSync, type Stats } from 'node:fs';

import { codeOf } from './file-problems.js';
import type { FolderProtection, ProtectionFault } from './folder-protection.js';

const OWNER_ONLY = 0o700;
const WRITABLE_BY_GROUP_OR_OTHERS = 0o022;
const ROOT = 0;

/**
 * Protection by mode bits, for systems other than Windows.
 * @param ownUserId the effective user id of this process
 */
export function posixFolderProtection(ownUserId: number): FolderProtection {
  return {
    createFolder(path) {
      mkdirSync(path, { recursive: true, mode: OWNER_ONLY });
    },

    findFault(path): ProtectionFault | null {
      const status = statusOf(path);
      if (status === null) return null;
      const { uid, mode } = status;
      if (status.isSymbolicLink()) return { path, writableBy: `link of uid ${uid}` };
      // Reading it would wait for whoever holds the other end, and believe what they say.
      if (!status.isFile() && !status.isDirectory()) return { path, writableBy: 'pipe or device' };
      if (uid !== ownUserId && uid !== ROOT) return { path, writableBy: `uid ${uid}` };
      if ((mode & WRITABLE_BY_GROUP_OR_OTHERS) !== 0) return { path, writableBy: `mode ${(mode & 0o777).toString(8)}` };
      return null;
    },
  };
}

/** Null where nothing is there, which nobody could have planted. */
function statusOf(path: string): Stats | null {
  try {
    return lstatSync(path);
  } catch (failure) {
    if (codeOf(failure) === 'ENOENT') return null;
    throw failure;
  }
}
