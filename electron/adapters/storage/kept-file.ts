import { ProblemError } from '../../contract/problem.js';
import { object, oneOf, type Shape } from '../../core/record/shape.js';
import type { FolderProtection } from '../../ports/folder-protection.js';
import { nodeFileSystem } from './file-system.js';
import { refuseUnprotected } from './record-file.js';
import { writeWhole } from './write-whole.js';

const hasSchema = object<{ readonly schema: 1 }>({ schema: oneOf(1) });

/** A small file of the data folder that helps if it is there: one JSON object with the number of its schema. No method throws. */
export class KeptFile<T extends object> {
  readonly #path: string;
  readonly #protection: FolderProtection;
  readonly #shape: Shape<T>;
  readonly #maxBytes: number;

  constructor(path: string, protection: FolderProtection, shape: Shape<T>, maxBytes: number) {
    this.#path = path;
    this.#protection = protection;
    this.#shape = shape;
    this.#maxBytes = maxBytes;
  }

  /** Null if there is none, if others could have written it, or if it does not hold what `write` writes. */
  read(): T | null {
    return orNull(() => {
      refuseUnprotected(this.#protection, this.#path);
      const stored: unknown = JSON.parse(nodeFileSystem.readWhole(this.#path, this.#maxBytes).toString('utf8'));
      return hasSchema(stored) && this.#shape(stored) ? stored : null;
    });
  }

  write(value: T): void {
    orNull(() => writeWhole(nodeFileSystem, this.#path, Buffer.from(`${JSON.stringify({ schema: 1, ...value })}\n`)));
  }
}

/** Only what files and their contents can do to us. */
function orNull<T>(act: () => T): T | null {
  try {
    return act();
  } catch (error) {
    if (error instanceof ProblemError || error instanceof SyntaxError || (error instanceof Error && 'code' in error)) return null;
    throw error;
  }
}
