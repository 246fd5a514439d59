import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import type { FileSystem } from '../../../electron/adapters/storage/file-system.js';

const NO_ROOM = (): Error => Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });

/**
 * A disk that another program can fill: from then on nothing in the folder may grow beyond what it was in all, and what is removed is room
 * again. As real disks do, it takes the bytes that fit before it refuses the rest.
 */
export class SmallDisk {
  readonly files: FileSystem;
  readonly #folder: string;
  readonly #given: FileSystem;
  #limit = Number.POSITIVE_INFINITY;
  #fillAtWrite = Number.POSITIVE_INFINITY;
  #writes = 0;

  constructor(folder: string, given: FileSystem) {
    this.#folder = folder;
    this.#given = given;
    this.files = {
      ...given,
      write: (file, bytes) => this.#write(file, bytes),
      note: (path, text) => {
        if (!given.isThere(path) && this.#room() < text.length) throw NO_ROOM();
        given.note(path, text);
      },
    };
  }

  /** Every byte that is free now is taken by another program. */
  fill(): void {
    this.#limit = this.#used();
  }

  /** As `fill`, at the given write from now on. */
  fillAt(write: number): void {
    this.#writes = 0;
    this.#fillAtWrite = write;
  }

  /** The other program is gone. */
  empty(): void {
    this.#limit = this.#fillAtWrite = Number.POSITIVE_INFINITY;
  }

  get isFull(): boolean {
    return Number.isFinite(this.#limit);
  }

  #write(file: number, bytes: Uint8Array): number {
    this.#writes += 1;
    if (this.#writes === this.#fillAtWrite) this.fill();
    const room = this.#room();
    if (room <= 0 && bytes.length > 0) throw NO_ROOM();
    return this.#given.write(file, room < bytes.length ? bytes.subarray(0, room) : bytes);
  }

  #room(): number {
    return this.#limit - (this.isFull ? this.#used() : 0);
  }

  #used(): number {
    return usedIn(this.#folder);
  }
}

function usedIn(folder: string): number {
  const sizes = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? usedIn(path) : statSync(path).size;
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}
