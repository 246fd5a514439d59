import type { Instant } from '../contract/computer.js';
import type { ListedRun, ReadRun } from '../contract/read-run.js';
import type { Actor, EntryDraft, Run } from '../contract/run.js';

/** What a report is written as: a page for people, or JSON for scripts. */
export const REPORT_FORMATS = ['md', 'html', 'json'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** Who holds the lock, as the lock file says. */
export interface LockOwner extends Actor {
  readonly computer: string;
  readonly command: string;
  /** UTC, ISO 8601. */
  readonly since: string;
}

/** The right to change the server, held by one process at a time. */
export interface Lock {
  /** Owners that had died and whose lock was taken over, to be told aloud. */
  readonly takenOverFrom: readonly LockOwner[];
  /** Idempotent; synchronous, so that it can run while the process is going down. */
  release(): void;
}

/** One open run that entries can be appended to. Only made under the lock. */
export interface RunWriter {
  /** The run as the record says now, folded on with every append. */
  readonly run: Run;
  /**
   * Appends entries and flushes them to disk before it returns.
   * @throws ProblemError record-not-written; nothing of the call may be relied on then
   */
  append(now: Instant, ...drafts: readonly EntryDraft[]): void;
  close(): void;
}

/** The port to the records in the data folder. */
export interface RunRecords {
  /**
   * Creates what is missing and checks that no other account could have written here.
   * @throws ProblemError data-folder-unwritable, data-folder-unprotected, data-folder-unreadable
   */
  prepare(): void;

  /**
   * As `prepare`, before a command that changes the server: from then on a run opens only if room on the disk can be kept for its way
   * back, and a way back that finds the disk full uses that room.
   */
  prepareChange(): Promise<void>;

  /**
   * Writes, flushes and removes a file in each folder: only that tells a disk that is full, read-only or kept by another program.
   * @throws ProblemError data-folder-unwritable
   */
  probe(): Promise<void>;

  /** Newest first, each read when it is first asked for something. Unreadable runs are listed with their damage. */
  list(): readonly ReadRun[];

  /**
   * All runs, newest first, each read when its turn comes, so that a list of years needs neither their time nor their memory at once.
   * Open runs and the newest are read and verified whole; an older closed one is told from its first and last lines, and damage
   * between them shows in its report.
   */
  summaries(): Promise<Iterable<ListedRun>>;

  /** The one run that is not closed, or null. @throws ProblemError several-open-runs, data-folder-unprotected, data-folder-unreadable */
  findOpen(): ReadRun | null;

  read(runId: string): ReadRun | null;

  /** @throws ProblemError lock-held with the owner in its params, data-folder-unwritable */
  acquireLock(owner: Omit<LockOwner, 'since' | 'computer'>, now: Instant): Lock;

  /** The living owner of the lock, or null. */
  readLockOwner(): LockOwner | null;

  /** An owner that was killed with the lock in hand, until it is taken over; or null. */
  readDeadLockOwner(): LockOwner | null;

  /** An id for a run that opens now. */
  newRunId(now: Instant): string;

  /** Opens a new run with its first two entries. @throws ProblemError record-not-written */
  open(now: Instant, opening: Extract<EntryDraft, { type: 'run-opened' }>, ordered: Extract<EntryDraft, { type: 'ordered' }>): RunWriter;

  /**
   * Goes on with a run that was read whole; a cut last line is put aside into a file of its own first.
   * @throws ProblemError record-damaged, record-newer, record-not-written
   */
  reopen(read: ReadRun): RunWriter;

  /** Writes a text page beside the record (the undo card), whole or not at all. @throws ProblemError record-not-written */
  writeUndoCard(runId: string, text: string): string;

  /**
   * Writes a document for the administrator, whole or not at all; nowhere in the data folder, whatever link leads there.
   * @throws ProblemError output-not-written
   */
  writeReport(path: string, text: string, format: ReportFormat): Promise<void>;

  /** The undo card of a run as text, null where there is none. @throws ProblemError data-folder-unreadable, data-folder-unprotected */
  readUndoCard(runId: string): string | null;

  /** Where the undo card of a run is, or would be. */
  undoCardPath(runId: string): string;

  /** Calls back soon after any record or the lock was changed by any process. @returns its own unsubscribe */
  watch(onChange: () => void): () => void;
}
