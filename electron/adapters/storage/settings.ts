import { join } from 'node:path';

import { problem, ProblemError } from '../../contract/problem.js';
import type { Settings } from '../../contract/settings-schema.js';
import { DEFAULT_SETTINGS } from '../../contract/settings.js';
import type { FolderProtection } from '../../ports/folder-protection.js';
import { codeOf, orProblem } from './file-problems.js';
import { nodeFileSystem, type FileSystem } from './file-system.js';
import { sleepBlocking, withPatience } from './patient-file-system.js';
import { refuseUnprotected } from './record-file.js';
import { writeWhole } from './write-whole.js';

/** A thousand services have less. */
const MAX_BYTES = 1024 * 1024;

/** `settings.json` in the data folder. */
export class SettingsFile {
  readonly path: string;
  readonly #protection: FolderProtection;
  readonly #fileSystem: FileSystem;

  constructor(folder: string, protection: FolderProtection, fileSystem: FileSystem = nodeFileSystem) {
    this.path = join(folder, 'settings.json');
    this.#protection = protection;
    this.#fileSystem = withPatience(fileSystem, sleepBlocking);
  }

  /**
   * The defaults where there is no file, or where it leaves a setting out.
   * @throws ProblemError settings-damaged with `detail`, data-folder-unprotected, data-folder-unreadable
   */
  async read(): Promise<Settings> {
    refuseUnprotected(this.#protection, this.path);
    const text = this.#readText();
    if (text === null) return DEFAULT_SETTINGS;
    const { parseSettings } = await import('../../contract/settings-schema.js');
    const parsed = parseSettings(this.#parseJson(text));
    if ('settings' in parsed) return parsed.settings;
    throw this.#damaged(parsed.fault);
  }

  /**
   * Writes whole or not at all. A damaged file is not overwritten: what it was meant to say would be lost.
   * @throws ProblemError as `read`, and data-folder-unwritable
   */
  async write(settings: Settings): Promise<void> {
    await this.read();
    const text = `${JSON.stringify(settings, null, 2)}\n`;
    orProblem('data-folder-unwritable', this.path, () => writeWhole(this.#fileSystem, this.path, Buffer.from(text)));
  }

  #readText(): string | null {
    return orProblem('data-folder-unreadable', this.path, () => {
      try {
        // An editor on Windows may have put a byte order mark in front.
        return this.#fileSystem
          .readWhole(this.path, MAX_BYTES)
          .toString('utf8')
          .replace(/^\uFEFF/, '');
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return null;
        throw error;
      }
    });
  }

  #parseJson(text: string): unknown {
    try {
      return JSON.parse(text) as unknown;
    } catch (error) {
      throw this.#damaged(error instanceof Error ? error.message : String(error));
    }
  }

  #damaged(detail: string): ProblemError {
    return new ProblemError(problem('settings-damaged', { path: this.path, detail }));
  }
}
