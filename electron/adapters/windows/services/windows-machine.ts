import type { FolderProtection } from '../../../ports/folder-protection.js';
import { readComputerName } from '../koffi/computer-name.js';
import { openWindowsFolderProtection } from './windows-folder-protection.js';

/** What every server that is opened on Windows needs, also a simulated one. @throws ProblemError native-library-missing */
export async function openWindowsMachine(): Promise<{ readonly protection: FolderProtection; readonly computerName: string }> {
  return { protection: await openWindowsFolderProtection(), computerName: await readComputerName() };
}
