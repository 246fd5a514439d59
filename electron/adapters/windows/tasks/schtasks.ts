import { join } from 'node:path';

import { runProgram } from '../koffi/run-program.js';

const SCHTASKS_TIMEOUT_MS = 30_000;

/**
 * Runs Windows' own schtasks.exe by its full path, without a shell. Its sentences are translated: only the exit code counts (0 done,
 * 1 not done; Microsoft, "schtasks", gives no others).
 * @param systemFolder where it is, as Windows says it
 */
export function schtasks(systemFolder: string, ...args: readonly string[]): Promise<string> {
  return runProgram(join(systemFolder, 'schtasks.exe'), args, { timeout: SCHTASKS_TIMEOUT_MS });
}

/**
 * Null where Windows does not say: where there is no schtasks.exe, or it answers a question for a task without the task (Wine's does
 * nothing and reports success).
 */
export async function isTaskThere(systemFolder: string, name: string): Promise<boolean | null> {
  try {
    const stdout = await schtasks(systemFolder, '/Query', '/TN', name, '/XML');
    return stdout.replaceAll('\0', '').includes('<Task') ? true : null;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 1 ? false : null;
  }
}
