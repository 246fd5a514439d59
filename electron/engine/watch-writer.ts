import type { Instant } from '../contract/computer.js';
import { ProblemError } from '../contract/problem.js';
import type { Actor, EntryDraft, Run } from '../contract/run.js';
import type { RunWriter } from '../ports/run-records.js';
import type { OpenRun } from './open-run.js';
import type { EngineParts } from './parts.js';
import { WATCH_COMMAND } from './watch-command.js';

/**
 * Writes what `watch` sees into the open run, with the lock held only while it writes. If another process holds the
 * lock, that one keeps the record, and the entries of `watch` are left out.
 */
export class WatchWriter implements RunWriter {
  readonly #parts: EngineParts;
  readonly #by: Actor;
  #open: OpenRun;

  constructor(parts: EngineParts, by: Actor, open: OpenRun) {
    this.#parts = parts;
    this.#by = by;
    this.#open = open;
  }

  get run(): Run {
    return this.#open.run;
  }

  /** The run as it was last read or written here. */
  get open(): OpenRun {
    return this.#open;
  }

  /** How many entries the record had then. */
  get entryCount(): number {
    return this.#open.read.entryCount;
  }

  /** Takes up what other processes wrote meanwhile. */
  follow(open: OpenRun): void {
    this.#open = open;
  }

  append(now: Instant, ...drafts: readonly EntryDraft[]): void {
    const { records } = this.#parts;
    if (records.readLockOwner() !== null) return;
    try {
      const lock = records.acquireLock({ ...this.#by, command: WATCH_COMMAND }, now);
      try {
        this.#appendWithLock(now, drafts);
      } finally {
        lock.release();
      }
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.id !== 'lock-held') throw error;
    }
  }

  /** Each `append` closes what it opened. */
  close(): void {
    return undefined;
  }

  #appendWithLock(now: Instant, drafts: readonly EntryDraft[]): void {
    const { records } = this.#parts;
    const writer = this.#reopen();
    if (writer === null) return;
    try {
      writer.append(now, ...drafts);
      this.#open = { ...this.#open, read: records.findOpen() ?? this.#open.read, run: writer.run };
    } finally {
      writer.close();
    }
  }

  /** Null if another process wrote since: what was concluded from the record as it was may not hold any more. */
  #reopen(): RunWriter | null {
    try {
      return this.#parts.records.reopen(this.#open.read);
    } catch (error) {
      if (error instanceof ProblemError && error.problem.params['code'] === 'changed-meanwhile') return null;
      throw error;
    }
  }
}
