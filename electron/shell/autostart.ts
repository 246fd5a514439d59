import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { problem, ProblemError } from '../contract/problem.js';
import { autostartXml, TASK_NAME, type AutostartTask } from './autostart-task.js';

const runFile = promisify(execFile);
const SCHTASKS_TIMEOUT_MS = 30_000;

/**
 * Makes or removes the scheduled task that starts the tray app at logon.
 * @param systemFolder where schtasks.exe is, as Windows says it
 * @param workFolder a folder only administrators may write, for the task's description
 * @throws ProblemError autostart-not-changed
 */
export async function setAutostart(isWanted: boolean, task: AutostartTask, systemFolder: string, workFolder: string): Promise<void> {
  const schtasks = async (...args: readonly string[]): Promise<void> => {
    await runFile(join(systemFolder, 'schtasks.exe'), args, { timeout: SCHTASKS_TIMEOUT_MS, windowsHide: true });
  };
  const description = join(workFolder, 'start-with-windows.xml');
  try {
    if (!isWanted) {
      await schtasks('/Delete', '/TN', TASK_NAME, '/F');
      return;
    }
    await writeFile(description, autostartXml(task));
    await schtasks('/Create', '/TN', TASK_NAME, '/XML', description, '/F');
  } catch (cause) {
    throw new ProblemError(problem('autostart-not-changed', { detail: cause instanceof Error ? cause.message : String(cause) }), { cause });
  } finally {
    await rm(description, { force: true });
  }
}
