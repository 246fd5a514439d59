import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import { codeOf } from './file-problems.js';
import type { FileSystem } from './file-system.js';
import { removeIfThere, tryTo, writeNew } from './write-whole.js';

/** A way back writes about 0.9 KB for each service, and its lock: room for a hundred services. */
const BYTES = 128 * 1024;

/** No room on the disk, or none left for this account. */
const FULL: readonly (string | null)[] = ['ENOSPC', 'EDQUOT'];

/**
 * Room on the disk for the way back: a file that holds nothing, made before the first change and given back when a way back cannot
 * write. So a disk that is full keeps no service paused. Only the way back may use it: what fails to write before has changed nothing yet.
 */
export class SpaceReserve {
  readonly #fileSystem: FileSystem;
  readonly #path: string;
  #isWayBack = false;

  /** @param folder where the records are */
  constructor(fileSystem: FileSystem, folder: string) {
    this.#fileSystem = fileSystem;
    this.#path = join(folder, 'way-back.reserve');
  }

  /** From now on, until told otherwise, everything that is written is for the way back, or nothing is. */
  setWayBack(isWayBack: boolean): void {
    this.#isWayBack = isWayBack;
  }

  /**
   * Makes the file where it is missing, or was made by half. Not of zeros, which a file system may keep without room.
   * @throws as the file system does
   */
  keep(): void {
    if (this.#fileSystem.isThere(this.#path) && this.#fileSystem.status(this.#path).size >= BYTES) return;
    removeIfThere(this.#fileSystem, this.#path);
    try {
      writeNew(this.#fileSystem, this.#path, randomBytes(BYTES));
    } catch (error) {
      tryTo(() => removeIfThere(this.#fileSystem, this.#path));
      throw error;
    }
  }

  /** For a run that is open: it goes on also without. During a way back nothing is made that would be given back at once. */
  keepIfPossible(): void {
    if (!this.#isWayBack) tryTo(() => this.keep());
  }

  /** @returns whether there is room now that was not there when it failed */
  giveBack(failure: unknown): boolean {
    if (!this.#isWayBack || !FULL.includes(codeOf(failure)) || !this.#fileSystem.isThere(this.#path)) return false;
    return tryTo(() => this.#fileSystem.remove(this.#path));
  }
}
