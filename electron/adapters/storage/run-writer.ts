import type { Instant } from '../../contract/computer.js';
import { problem, ProblemError } from '../../contract/problem.js';
import type { Entry, EntryDraft, Run } from '../../contract/run.js';
import { isEntry } from '../../core/record/entry-shape.js';
import { foldOnto, runOf, type FoldState } from '../../core/record/fold.js';
import type { RunWriter } from '../../ports/run-records.js';
import { removeCutoff, writeCutoff, writeAnchor, type Anchor } from './anchor.js';
import type { Chain } from './chain.js';
import { asProblem, orProblem } from './file-problems.js';
import type { FileSystem } from './file-system.js';
import { closedSummary } from './run-summary.js';
import { tryTo, writeAll } from './write-whole.js';

/** What an administrator says, and what stands because it was said: told to be not written, it must not stand. */
const WORDS: readonly EntryDraft['type'][] = ['confirmed', 'accepted', 'choice'];

/** Entries ready to be written: their lines, and the chain after them. */
export interface LinkedEntries {
  readonly entries: readonly Entry[];
  readonly bytes: Buffer;
  readonly chain: Chain;
}

/**
 * Gives drafts their place in the chain.
 * @throws ProblemError record-not-written where a draft is not of the record's form: it could never be read again
 */
export function linkEntries(
  { chain, entryCount, path }: Pick<RecordEnd, 'chain' | 'entryCount' | 'path'>,
  now: Instant,
  drafts: readonly EntryDraft[],
): LinkedEntries {
  const entries: Entry[] = [];
  const lines: string[] = [];
  let linked = chain;
  for (const draft of drafts) {
    const seq = entryCount + entries.length + 1;
    const link = linked.link({ seq, at: now.at, upMs: now.upMs, ...draft });
    const entry: unknown = JSON.parse(link.line);
    if (!isEntry(entry, seq)) throw new ProblemError(problem('record-not-written', { path, code: `malformed ${draft.type}` }));
    entries.push(entry);
    lines.push(link.line);
    linked = link.chain;
  }
  return { entries, bytes: Buffer.from(lines.join('')), chain: linked };
}

/** Where a writer begins: the end of a record that was read whole. */
export interface RecordEnd {
  readonly path: string;
  readonly state: FoldState;
  readonly entryCount: number;
  readonly size: number;
  /** Of the last entry. */
  readonly hash: string;
  readonly chain: Chain;
}

/** What a writer tells while it writes; neither may throw. */
export interface WriterListeners {
  /** Called before the way back is ordered, which also a quick pause does when its time is up. */
  readonly onWayBack: () => void;
  /** Called when entries are on disk. */
  readonly onWritten: (entries: readonly EntryDraft[]) => void;
}

/**
 * Appends to one record through one open file.
 *
 *     writable ──append fails, taken back──▶ writable
 *     writable ──append fails, not taken back, or flushing failed──▶ broken (every append is refused; reopen reads again)
 *
 * After a failed flush the system may have dropped the bytes and report the next flush as done, so that it cannot be
 * believed again on this file.
 */
export class FileRunWriter implements RunWriter {
  readonly #fileSystem: FileSystem;
  readonly #path: string;
  readonly #state: FoldState;
  readonly #listeners: WriterListeners;
  #file: number | null;
  #broken: ProblemError | null = null;
  #end: Anchor;
  #chain: Chain;

  constructor(fileSystem: FileSystem, end: RecordEnd, listeners: WriterListeners) {
    this.#listeners = listeners;
    this.#fileSystem = fileSystem;
    this.#path = end.path;
    this.#state = end.state;
    this.#end = { entryCount: end.entryCount, size: end.size, hash: end.hash };
    this.#chain = end.chain;
    this.#file = orProblem('record-not-written', end.path, () => fileSystem.open(end.path, 'append'));
  }

  get run(): Run {
    const run = runOf(this.#state);
    if (run === null) throw new ProblemError(problem('internal', { path: this.#path, reason: 'a writer without an opening' }));
    return run;
  }

  append(now: Instant, ...drafts: readonly EntryDraft[]): void {
    if (this.#broken !== null) throw this.#broken;
    const before = { chain: this.#chain, entryCount: this.#end.entryCount, path: this.#path };
    const linked = linkEntries(
      before,
      now,
      drafts.map((draft) => this.#withSummary(draft)),
    );
    const last = linked.entries.at(-1);
    if (last === undefined) return;
    if (drafts.some((draft) => draft.type === 'ordered' && draft.order.command === 'resume')) this.#listeners.onWayBack();
    const end: Anchor = {
      entryCount: this.#end.entryCount + linked.entries.length,
      size: this.#end.size + linked.bytes.length,
      hash: last.hash,
    };
    if (drafts.some(({ type }) => WORDS.includes(type))) this.#writeWithCutoff(linked.bytes, end);
    else this.#write(linked.bytes);
    writeAnchor(this.#fileSystem, this.#path, end);
    this.#end = end;
    this.#chain = linked.chain;
    for (const entry of linked.entries) foldOnto(this.#state, entry);
    this.#listeners.onWritten(drafts);
  }

  /** What is told to be not written does not stand: it counts from the moment on in which the fence before it is gone. */
  #writeWithCutoff(bytes: Buffer, end: Anchor): void {
    const isCutOff = writeCutoff(this.#fileSystem, this.#path, this.#end);
    try {
      this.#write(bytes);
      if (isCutOff && !removeCutoff(this.#fileSystem, this.#path, end)) throw this.#takeBack(notWritten(this.#path, 'fence'), false);
    } catch (error) {
      // A file that is no longer to be trusted keeps its fence: what was not taken back must not stand.
      const mustLift = isCutOff && this.#broken === null;
      if (mustLift && !removeCutoff(this.#fileSystem, this.#path, this.#end)) {
        this.#broken = asProblem('record-not-written', this.#path, error);
      }
      throw error;
    }
  }

  #withSummary(draft: EntryDraft): EntryDraft {
    return draft.type === 'closed' ? { ...draft, summary: closedSummary(this.run) } : draft;
  }

  close(): void {
    const file = this.#file;
    this.#file = null;
    this.#broken ??= notWritten(this.#path, 'closed');
    // Everything acknowledged was flushed; a failing close takes nothing of it back.
    if (file !== null) tryTo(() => this.#fileSystem.close(file));
  }

  #write(bytes: Buffer): void {
    const file = this.#file;
    if (file === null) throw notWritten(this.#path, 'closed');
    const size = orProblem('record-not-written', this.#path, () => this.#fileSystem.size(file));
    // Another process wrote here in spite of the lock: our chain would not link to its entries.
    if (size !== this.#end.size) throw (this.#broken = notWritten(this.#path, 'changed-meanwhile'));
    let isFlushing = false;
    try {
      writeAll(this.#fileSystem, file, bytes);
      isFlushing = true;
      this.#fileSystem.flush(file);
    } catch (error) {
      throw this.#takeBack(asProblem('record-not-written', this.#path, error), isFlushing);
    }
  }

  /** @returns the refusal; after it nothing is appended any more where the file is no longer to be trusted */
  #takeBack(refusal: ProblemError, isFlushing: boolean): ProblemError {
    const isTakenBack = tryTo(() => truncateTo(this.#fileSystem, this.#path, this.#end.size));
    if (isFlushing || !isTakenBack) this.#broken = refusal;
    return refusal;
  }
}

/** Through a file of its own: Windows refuses to shorten a file that is open for appending only. */
export function truncateTo(fileSystem: FileSystem, path: string, size: number): void {
  const file = fileSystem.open(path, 'change');
  try {
    fileSystem.truncate(file, size);
    fileSystem.flush(file);
  } finally {
    fileSystem.close(file);
  }
}

export function notWritten(path: string, code: string): ProblemError {
  return new ProblemError(problem('record-not-written', { path, code }));
}
