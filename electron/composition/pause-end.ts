import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { readSystemFolder } from '../adapters/windows/koffi/system-folder.js';
import { openWindowsFolderProtection } from '../adapters/windows/services/windows-folder-protection.js';
import { openDriveKind } from '../adapters/windows/tasks/drive-kind.js';
import { findTaskObstacle } from '../adapters/windows/tasks/task-obstacle.js';
import { WindowsPauseEndTask } from '../adapters/windows/tasks/windows-pause-end-task.js';
import type { PauseEndTask } from '../ports/pause-end-task.js';

const LAUNCHER = 'lync-drain.exe';

/**
 * The task that ends a quick pause on this Windows, in a file of its own: it is read when a quick pause is given or shown.
 * @throws ProblemError native-library-missing
 */
export async function openPauseEndTask(dataFolder: string): Promise<PauseEndTask> {
  const [systemFolder, protection, driveKind] = await Promise.all([readSystemFolder(), openWindowsFolderProtection(), openDriveKind()]);
  const program = findLauncher();
  const folder = resolve(dataFolder);
  const questions = {
    driveKind,
    realPath: (path: string) => realpathSync.native(path),
    contents: listAll,
    findFault: (path: string) => protection.findFault(path),
    findReplacer: (path: string) => protection.findReplacer(path),
  };
  const findObstacle: PauseEndTask['findObstacle'] = async () => findTaskObstacle(program, folder, questions);
  // Not by a link on the way to it, which others may be able to turn elsewhere.
  const real = existsSync(program) ? realpathSync.native(program) : program;
  return new WindowsPauseEndTask({ systemFolder, program: real, dataFolder: folder, findObstacle });
}

/** Beside Node in the command line edition; in a folder of its own beside the tray app. */
function findLauncher(): string {
  const own = dirname(process.execPath);
  const ofTheApp = join(own, 'cli', LAUNCHER);
  return existsSync(ofTheApp) ? ofTheApp : join(own, LAUNCHER);
}

function listAll(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? [path, ...listAll(path)] : [path];
  });
}
