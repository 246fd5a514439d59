import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { withoutControls } from '../../contract/foreign-text.js';
import { BYTE_ORDER_MARK, withWindowsLines } from './windows-text.js';

const MAX_BYTES = 1_000_000;
const NAME = 'lync-drain.log';

/**
 * A log that keeps itself small: when the file is full it becomes the old one, and the old one before it goes. Written for
 * what nobody foresaw, so it opens nothing until there is something to write, and never throws.
 */
export class LogFile {
  readonly #folder: string;
  readonly #now: () => string;

  /** @param now UTC, ISO 8601 */
  constructor(dataFolder: string, now: () => string) {
    this.#folder = join(dataFolder, 'logs');
    this.#now = now;
  }

  /** @returns the file's path, null where it could not be written */
  write(text: string): string | null {
    const path = join(this.#folder, NAME);
    try {
      mkdirSync(this.#folder, { recursive: true });
      if (!this.#makeRoom(path)) return null;
      const lines = text.split('\n').map(withoutControls);
      appendFileSync(path, withWindowsLines(`${this.#now()} ${lines.join('\n')}\n`));
      return path;
    } catch {
      return null;
    }
  }

  /** Begins a file where there is none or a full one. @returns false for what is no file: writing into a pipe would wait for ever */
  #makeRoom(path: string): boolean {
    const status = statSync(path, { throwIfNoEntry: false });
    if (status?.isFile() === false) return false;
    if (status !== undefined && status.size < MAX_BYTES) return true;
    if (status !== undefined) renameSync(path, join(this.#folder, `old-${NAME}`));
    // Where another process makes the file in the same moment, the mark stands there twice and is not seen.
    appendFileSync(path, BYTE_ORDER_MARK);
    return true;
  }
}

/** A failure with its stack and its causes, for the log. */
export function describeFailure(failure: unknown): string {
  if (!(failure instanceof Error)) return String(failure);
  const cause = failure.cause === undefined ? '' : `\n  caused by ${describeFailure(failure.cause)}`;
  return (failure.stack ?? `${failure.name}: ${failure.message}`) + cause;
}
