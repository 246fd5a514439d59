import { existsSync, mkdirSync } from 'node:fs';

import type { FolderProtection, ProtectionFault } from '../../../electron/ports/folder-protection.js';

/** Makes real folders; whatever a test calls planted could have been written by `EVERYONE`. */
export class FakeFolderProtection implements FolderProtection {
  readonly #planted = new Set<string>();

  plant(path: string): void {
    this.#planted.add(path);
  }

  createFolder(path: string): void {
    mkdirSync(path, { recursive: true });
  }

  findFault(path: string): ProtectionFault | null {
    return this.#planted.has(path) && existsSync(path) ? { path, writableBy: 'EVERYONE' } : null;
  }
}
