import { chmodSync, lstatSync, mkdirSync, statSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';

import type { FolderProtection, FolderRepair, ProtectionFault } from '../../ports/folder-protection.js';
import { codeOf, failureWith } from './file-problems.js';

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
      if (makeOne(path)) return;
      this.createFolder(dirname(path));
      if (!makeOne(path)) throw failureWith('ENOENT', path);
    },

    findFault(path): ProtectionFault | null {
      const status = statusOf(path);
      if (status === null) return null;
      const { uid, mode } = status;
      if (status.isSymbolicLink()) return { path, writableBy: `link of uid ${uid}` };
      // Reading it would wait for the process at the other end, and believe what that one says.
      if (!status.isFile() && !status.isDirectory()) return { path, writableBy: 'pipe or device' };
      if (uid !== ownUserId && uid !== ROOT) return { path, writableBy: `uid ${uid}` };
      if ((mode & WRITABLE_BY_GROUP_OR_OTHERS) !== 0) return { path, writableBy: `mode ${(mode & 0o777).toString(8)}` };
      return null;
    },
  };
}

/** Takes write access from all but the owner. Another owner stays: that is no change for a program to make. */
export const posixFolderRepair: FolderRepair = {
  repair: (path) => {
    const { mode } = statSync(path);
    const wanted = mode & ~WRITABLE_BY_GROUP_OR_OTHERS;
    if (wanted === mode) return false;
    chmodSync(path, wanted);
    return true;
  },
};

/**
 * Not by Node's own way of making parents, which goes round for ever where the system calls a folder missing that is there (`/proc/x`).
 * @returns false when the folder above it is missing
 */
function makeOne(path: string): boolean {
  try {
    mkdirSync(path, { mode: OWNER_ONLY });
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' && dirname(path) !== path) return false;
    if (code !== 'EEXIST' && code !== 'EISDIR') throw error;
    if (!statSync(path).isDirectory()) throw failureWith('ENOTDIR', path);
    return true;
  }
}

/** Null if nothing is there: what does not exist cannot have been planted. */
function statusOf(path: string): Stats | null {
  try {
    return lstatSync(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}
