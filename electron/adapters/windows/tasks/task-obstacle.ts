import { win32 } from 'node:path';

import { problem, type Problem } from '../../../contract/problem.js';
import type { ProtectionFault } from '../../../ports/folder-protection.js';
import type { ReadDriveKind } from './drive-kind.js';

/** What is asked of Windows about the folders of the program. */
export interface FolderQuestions {
  readonly driveKind: ReadDriveKind;
  /** The path behind links, junctions and letters of other folders. */
  readonly realPath: (path: string) => string;
  /** Files and folders in a folder, also in folders below it; full paths. */
  readonly contents: (folder: string) => readonly string[];
  /** Who else may write there; null if there is nobody. */
  readonly findFault: (path: string) => ProtectionFault | null;
  /** Who else may put another folder in the place of this one, or of what is in it; null if there is nobody. */
  readonly findReplacer: (path: string) => ProtectionFault | null;
}

/**
 * What speaks against a task that starts the program as SYSTEM. Everything that the program is loaded from is looked at, and each folder
 * above it: whoever may rename one of them can put another program in that place.
 * @param program full path of the launcher
 * @param dataFolder SYSTEM must see it too
 */
export function findTaskObstacle(program: string, dataFolder: string, questions: FolderQuestions): Problem | null {
  const folder = win32.dirname(program);
  for (const path of [folder, dataFolder]) {
    const kind = questions.driveKind(path);
    if (kind !== 'local') return problem('pause-task-unsafe', { path, because: kind });
  }
  const real = questions.realPath(folder);
  if (questions.driveKind(real) !== 'local') return problem('pause-task-unsafe', { path: folder, because: 'remote' });
  const fault = findFirst([real, ...questions.contents(real)], questions.findFault) ?? findFirst(parentsOf(real), questions.findReplacer);
  return fault === null ? null : problem('pause-task-unsafe', { path: fault.path, because: 'writable', writableBy: fault.writableBy });
}

function findFirst(paths: readonly string[], find: (path: string) => ProtectionFault | null): ProtectionFault | null {
  for (const path of paths) {
    const fault = find(path);
    if (fault !== null) return fault;
  }
  return null;
}

function parentsOf(folder: string): readonly string[] {
  const parent = win32.dirname(folder);
  return parent === folder ? [] : [parent, ...parentsOf(parent)];
}
