import { join } from 'node:path';

import * as v from 'valibot';

import { readAddressRange } from '../../contract/address-range.js';
import { HOLD_TIME_LIMITS_MS, STALLED_AFTER_LIMITS_MS, WAIT_TIMEOUT_LIMITS_MS } from '../../contract/app-snapshot.js';
import { problem, ProblemError } from '../../contract/problem.js';
import type { FolderProtection } from '../../ports/folder-protection.js';
import { codeOf, orProblem } from './file-problems.js';
import { nodeFileSystem, type FileSystem } from './file-system.js';
import { sleepBlocking, withPatience } from './patient-file-system.js';
import { refuseUnprotected } from './record-file.js';
import { writeWhole } from './write-whole.js';

/** CreateServiceW takes names of up to 256 characters without slash and backslash; whether one is installed is asked when it is used. */
const serviceName = v.pipe(
  v.string(),
  v.check(
    (name) => /^[^/\\\p{Cc}]{1,256}$/u.test(name),
    ({ input }) => JSON.stringify(input),
  ),
);
const address = v.pipe(
  v.string(),
  v.check(
    (text) => readAddressRange(text) !== null,
    ({ input }) => JSON.stringify(input),
  ),
);

/** A thousand services have less. */
const MAX_BYTES = 1024 * 1024;

/** Told as `60 < 1000 ms`: seconds that were meant for milliseconds are the usual mistake, and signs need no language. */
function milliseconds({ least, most }: { readonly least: number; readonly most: number }) {
  return v.pipe(
    v.number(),
    v.integer(),
    v.check(
      (value) => value >= least,
      ({ input }) => `${input} < ${least} ms`,
    ),
    v.check(
      (value) => value <= most,
      ({ input }) => `${input} > ${most} ms`,
    ),
  );
}

/** Unknown names are refused: a misspelt setting must not be passed over in silence. */
const settingsSchema = v.strictObject({
  schema: v.literal(1),
  services: v.optional(v.nullable(v.pipe(v.array(serviceName), v.minLength(1))), null),
  holdTimeMs: v.optional(milliseconds(HOLD_TIME_LIMITS_MS), 60_000),
  stalledAfterMs: v.optional(milliseconds(STALLED_AFTER_LIMITS_MS), 600_000),
  timeoutMs: v.optional(milliseconds(WAIT_TIMEOUT_LIMITS_MS), 3_600_000),
  language: v.optional(v.nullable(v.picklist(['en', 'zh-CN'])), null),
  hold: v.optional(v.picklist(['demand', 'disabled']), 'demand'),
  ignoredAddresses: v.optional(v.array(address), []),
  startWithWindows: v.optional(v.boolean(), false),
});

/**
 * What an administrator set once for all runs. `services`: those a drain is about, null for all Lync services;
 * `timeoutMs`: how long a command waits for quiet; `language`: null for the system's; `ignoredAddresses`: remote ends whose
 * connections are no sessions, such as a load balancer's probe; ranges (`10.0.0.0/8`) too.
 */
export type Settings = Readonly<v.InferOutput<typeof settingsSchema>>;

export const DEFAULT_SETTINGS: Settings = v.parse(settingsSchema, { schema: 1 });

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
  read(): Settings {
    refuseUnprotected(this.#protection, this.path);
    const text = this.#readText();
    if (text === null) return DEFAULT_SETTINGS;
    const result = v.safeParse(settingsSchema, this.#parseJson(text));
    if (result.success) return result.output;
    const [issue] = result.issues;
    throw this.#damaged(`${v.getDotPath(issue) ?? 'settings'}: ${issue.message}`);
  }

  /**
   * Writes whole or not at all. A damaged file is not overwritten: what it was meant to say would be lost.
   * @throws ProblemError as `read`, and data-folder-unwritable
   */
  write(settings: Settings): void {
    this.read();
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
