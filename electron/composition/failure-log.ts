import { describeFailure, LogFile } from '../adapters/storage/log-file.js';
import { openMachine } from './open-machine.js';

/** Writes a failure that nobody foresaw into the data folder's log; never throws. @returns its path, null if it could not be written */
export async function logFailure(dataFolder: string, failure: unknown): Promise<string | null> {
  try {
    const { protection } = await openMachine();
    return new LogFile(dataFolder, protection, () => new Date().toISOString()).write(describeFailure(failure));
  } catch {
    return null;
  }
}
