import { join } from 'node:path';

import type { FileSystem } from './file-system.js';
import { tryTo } from './write-whole.js';

/**
 * True for the first of all processes that claims this; what is claimed stays claimed. Told by a file that only one of them can create.
 * @param folder the data folder, whose `runs` exists where a run is open
 */
export function claimOnce(fileSystem: Pick<FileSystem, 'open' | 'close'>, folder: string, claim: string): boolean {
  try {
    const file = fileSystem.open(join(folder, 'runs', claim), 'create');
    tryTo(() => fileSystem.close(file));
    return true;
  } catch (error) {
    // Where nothing can be written it is better to hear it twice than never.
    return !(error instanceof Error && 'code' in error && error.code === 'EEXIST');
  }
}
