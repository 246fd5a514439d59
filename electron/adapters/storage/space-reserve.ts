import { randomBytes } from 'node:crypto';

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
  /** The file system as given, which gives the reserve back, and tries again, where there is no room during a way back. */
  readonly fileSystem: FileSystem;
  readonly #given: FileSystem;
  readonly #path: string;
  #isWayBack = false;

  constructor(fileSystem: FileSystem, path: string) {
    this.#given = fileSystem;
    this.#path = path;
    this.fileSystem = {
      ...fileSystem,
      open: (file, how) => this.#withRoom(() => fileSystem.open(file, how)),
      // A system that took some of the bytes says how many; one that fails took none, so that nothing is written twice.
      write: (file, bytes) => this.#withRoom(() => fileSystem.write(file, bytes)),
      note: (file, text) => this.#withRoom(() => fileSystem.note(file, text)),
      rename: (from, to) => this.#withRoom(() => fileSystem.rename(from, to)),
      flush: (file) => this.#flush(file),
    };
  }

  /** From now on, until the next call with false, everything written is for the way back. */
  setWayBack(isWayBack: boolean): void {
    this.#isWayBack = isWayBack;
  }

  /**
   * Makes the file where it is missing, or was made by half. Not of zeros, which a file system may keep without room.
   * @throws as the file system does
   */
  keep(): void {
    if (this.#given.isThere(this.#path) && this.#given.status(this.#path).size >= BYTES) return;
    removeIfThere(this.#given, this.#path);
    try {
      writeNew(this.#given, this.#path, randomBytes(BYTES));
    } catch (error) {
      tryTo(() => removeIfThere(this.#given, this.#path));
      throw error;
    }
  }

  /** For a run that is open: it goes on also without. During a way back nothing is made that would be given back at once. */
  keepIfPossible(): void {
    if (!this.#isWayBack) tryTo(() => this.keep());
  }

  #withRoom<T>(operation: () => T): T {
    try {
      return operation();
    } catch (error) {
      if (!this.#giveBack(error)) throw error;
      return operation();
    }
  }

  /** A failed flush is never repeated: the bytes may be gone, and the next one would call them flushed. The next command has the room. */
  #flush(file: number): void {
    try {
      this.#given.flush(file);
    } catch (error) {
      this.#giveBack(error);
      throw error;
    }
  }

  /** @returns whether there is room now that was not there before */
  #giveBack(failure: unknown): boolean {
    if (!this.#isWayBack || !FULL.includes(codeOf(failure)) || !this.#given.isThere(this.#path)) return false;
    return tryTo(() => this.#given.remove(this.#path));
  }
}
