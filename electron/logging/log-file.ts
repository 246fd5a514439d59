import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { withoutControls } from '../contract/foreign-text.js';

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
      this.#rotate(path);
      appendFileSync(path, `${this.#now()} ${text.split('\n').map(withoutControls).join('\n')}\n`);
      return path;
    } catch {
      return null;
    }
  }

  #rotate(path: string): void {
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (size >= MAX_BYTES) renameSync(path, join(this.#folder, `old-${NAME}`));
  }
}

/** A failure with its stack and its causes, for the log. */
export function describeFailure(failure: unknown): string {
  if (!(failure instanceof Error)) return String(failure);
  const cause = failure.cause === undefined ? '' : `\n  caused by ${describeFailure(failure.cause)}`;
  return (failure.stack ?? `${failure.name}: ${failure.message}`) + cause;
}
