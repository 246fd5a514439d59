import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { problem, ProblemError } from '../../contract/problem.js';
import type { FolderProtection, FolderRepair, RepairedPath } from '../../ports/folder-protection.js';
import { codeOf } from './file-problems.js';

/**
 * Sets right who may write the data folder and all that is in it, from above, so that nobody can put anything in meanwhile. What others
 * wrote stays: it is named, for a person to look at. A link is left alone and ends the repair: it would lead the change elsewhere.
 * @returns what was changed; nothing the next time
 * @throws ProblemError data-folder-not-repaired, data-folder-unreadable
 */
export function repairFolder(folder: string, protection: FolderProtection, repair: FolderRepair): readonly RepairedPath[] {
  return repairOne(folder, true, { protection, repair });
}

interface Repair {
  readonly protection: FolderProtection;
  readonly repair: FolderRepair;
}

function repairOne(path: string, isTop: boolean, by: Repair): readonly RepairedPath[] {
  try {
    const status = lstatSync(path);
    // A second name of a file elsewhere leads there just as well.
    if (status.isSymbolicLink() || (status.isFile() && status.nlink > 1)) throw notRepaired(path, 'link');
    const repaired = setRight(path, isTop, by);
    if (!status.isDirectory()) return repaired;
    return [...repaired, ...readdirSync(path).flatMap((name) => repairOne(join(path, name), false, by))];
  } catch (error) {
    throw error instanceof ProblemError ? error : notRepaired(path, codeOf(error) ?? String(error));
  }
}

function setRight(path: string, isTop: boolean, { protection, repair }: Repair): readonly RepairedPath[] {
  const fault = protection.findFault(path);
  if (fault === null && !isTop) return [];
  const isChanged = repair.repair(path, isTop);
  const left = protection.findFault(path);
  if (left !== null) throw notRepaired(path, left.writableBy);
  return isChanged || fault !== null ? [{ path, writableBy: fault?.writableBy ?? null }] : [];
}

function notRepaired(path: string, code: string): ProblemError {
  return new ProblemError(problem('data-folder-not-repaired', { path, code }));
}
