import { hostname } from 'node:os';

import type { FolderProtection } from '../ports/folder-protection.js';

/** Asked here and nowhere else. */
export const { platform } = process;
export const isWindows = platform === 'win32';

/**
 * What this computer is called, and who may write its files. Node's own way to the name fails on Windows 7 and Server 2008 R2.
 * @throws ProblemError native-library-missing
 */
export async function openMachine(): Promise<{ readonly protection: FolderProtection; readonly computerName: string }> {
  if (isWindows) return (await import('../adapters/windows/services/windows-machine.js')).openWindowsMachine();
  const { posixFolderProtection } = await import('../adapters/storage/posix-folder-protection.js');
  return { protection: posixFolderProtection(process.geteuid()), computerName: hostname() };
}
