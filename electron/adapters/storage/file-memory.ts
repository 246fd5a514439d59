import { orProblem } from './file-problems.js';
import type { FileSystem } from './file-system.js';

/**
 * Remembers what was worked out from a file for as long as its size and time of last change stay, so that a tray that
 * looks every second does not read an unchanged record again. Never believed before a change: `reopen` verifies every byte again.
 */
export class FileMemory<T> {
  readonly #fileSystem: FileSystem;
  readonly #capacity: number;
  readonly #remembered = new Map<string, { readonly stamp: string; readonly value: T }>();

  /** @param capacity how many files are remembered; those remembered first go first */
  constructor(fileSystem: FileSystem, capacity: number) {
    this.#fileSystem = fileSystem;
    this.#capacity = capacity;
  }

  /** What was worked out last, whatever became of the file since; undefined where nothing is remembered. */
  lastOf(path: string): T | undefined {
    return this.#remembered.get(path)?.value;
  }

  forget(path: string, isToGo: (value: T) => boolean): void {
    const remembered = this.#remembered.get(path);
    if (remembered !== undefined && isToGo(remembered.value)) this.#remembered.delete(path);
  }

  /**
   * @param workOut is given what was worked out from the file as it was before, where that is remembered
   * @throws ProblemError data-folder-unreadable, and whatever `workOut` throws
   */
  recall(path: string, workOut: (before: T | undefined) => T): T {
    // Asked before reading: what is appended in between is then read once more, and not missed.
    const { size, modifiedMs } = orProblem('data-folder-unreadable', path, () => this.#fileSystem.status(path));
    const stamp = `${size} ${modifiedMs}`;
    const remembered = this.#remembered.get(path);
    if (remembered?.stamp === stamp) return remembered.value;
    const value = workOut(remembered?.value);
    this.#remembered.delete(path);
    this.#remembered.set(path, { stamp, value });
    for (const oldest of this.#remembered.keys()) {
      if (this.#remembered.size <= this.#capacity) break;
      this.#remembered.delete(oldest);
    }
    return value;
  }
}
