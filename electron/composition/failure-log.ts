import { describeFailure, LogFile } from '../adapters/storage/log-file.js';
import type { openMachine } from './open-machine.js';

/**
 * Writes a failure that nobody foresaw into the data folder's log; never throws.
 * @param open handed in, so that the tray app keeps it in the file that it starts with
 * @returns its path, null if it could not be written
 */
export async function logFailure(dataFolder: string, failure: unknown, open: typeof openMachine): Promise<string | null> {
  try {
    const { protection } = await open();
    return new LogFile(dataFolder, protection, () => new Date().toISOString()).write(describeFailure(failure));
  } catch {
    return null;
  }
}
