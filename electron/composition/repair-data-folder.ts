import { posixFolderRepair } from '../adapters/storage/posix-folder-protection.js';
import { repairFolder } from '../adapters/storage/repair-folder.js';
import type { FolderProtection, RepairedPath } from '../ports/folder-protection.js';
import { isWindows } from './open-machine.js';

/**
 * Sets right who may write the data folder, in a file of its own: it is read when that is asked for.
 * @throws ProblemError data-folder-not-repaired, native-library-missing
 */
export async function repairDataFolder(dataFolder: string, protection: FolderProtection): Promise<readonly RepairedPath[]> {
  const repair = isWindows
    ? await (await import('../adapters/windows/services/windows-folder-repair.js')).openWindowsFolderRepair()
    : posixFolderRepair;
  return repairFolder(dataFolder, protection, repair);
}
