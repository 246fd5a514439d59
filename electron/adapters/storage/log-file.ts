import { appendFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { withoutControls } from '../../contract/foreign-text.js';
import type { FolderProtection } from '../../ports/folder-protection.js';
import { BYTE_ORDER_MARK, withWindowsLines } from './windows-text.js';

const MAX_BYTES = 1_000_000;
const NAME = 'lync-drain.log';
/** Only the owner may read and write; on Windows the folder's protection decides instead. */
const OWNER_ONLY = 0o600;

/**
 * A log that keeps itself small: when the file is full it becomes the old one, and the old one before it goes. Written for
 * unexpected failures, so it opens nothing until there is something to write, and never throws. It may be the first that needs
 * the data folder, and makes it as protected as every other writer does; where others could write, it writes nothing.
 */
export class LogFile {
  readonly #dataFolder: string;
  readonly #folder: string;
  readonly #protection: FolderProtection;
  readonly #now: () => string;

  /** @param now UTC, ISO 8601 */
  constructor(dataFolder: string, protection: FolderProtection, now: () => string) {
    this.#dataFolder = dataFolder;
    this.#folder = join(dataFolder, 'logs');
    this.#protection = protection;
    this.#now = now;
  }

  /** @returns the file's path, null where it could not be written */
  write(text: string): string | null {
    const path = join(this.#folder, NAME);
    try {
      if (!this.#isProtected(this.#dataFolder)) return null;
      this.#protection.createFolder(this.#folder);
      if (!this.#isProtected(this.#dataFolder, this.#folder, path)) return null;
      if (!this.#makeRoom(path)) return null;
      const lines = text.split('\n').map(withoutControls);
      appendFileSync(path, withWindowsLines(`${this.#now()} ${lines.join('\n')}\n`), { mode: OWNER_ONLY });
      return path;
    } catch {
      return null;
    }
  }

  /** What is not there, nobody could have planted. */
  #isProtected(...paths: readonly string[]): boolean {
    return paths.every((path) => this.#protection.findFault(path) === null);
  }

  /** Begins a file where there is none or a full one. @returns false for what is no file: writing into a pipe would wait for ever */
  #makeRoom(path: string): boolean {
    const status = statSync(path, { throwIfNoEntry: false });
    if (status?.isFile() === false) return false;
    if (status !== undefined && status.size < MAX_BYTES) return true;
    if (status !== undefined) renameSync(path, join(this.#folder, `old-${NAME}`));
    // Where another process makes the file in the same moment, the mark stands there twice and is not seen.
    appendFileSync(path, BYTE_ORDER_MARK, { mode: OWNER_ONLY });
    return true;
  }
}

/** A failure with its stack and its causes, for the log. */
export function describeFailure(failure: unknown): string {
  if (!(failure instanceof Error)) return String(failure);
  const cause = failure.cause === undefined ? '' : `\n  caused by ${describeFailure(failure.cause)}`;
  return (failure.stack ?? `${failure.name}: ${failure.message}`) + cause;
}
