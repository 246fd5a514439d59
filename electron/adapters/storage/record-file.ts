import { join } from 'node:path';

import { problem, ProblemError, type Problem } from '../../contract/problem.js';
import type { LostTail, ReadRun } from '../../contract/read-run.js';
import type { Entry, Run } from '../../contract/run.js';
import type { FolderProtection } from '../../ports/folder-protection.js';
import type { Anchor } from './anchor.js';
import { DIGITS_AND_END } from './chain.js';
import { codeOf, orProblem } from './file-problems.js';
import type { FileSystem } from './file-system.js';
import { readSome } from './read-some.js';
import { continueRecordText, readRecordText, verifyRecordText, type RecordText } from './record-text.js';

const ENDING = '.jsonl';

export function recordPath(runsFolder: string, runId: string): string {
  return join(runsFolder, runId + ENDING);
}

/** The run id a file name stands for, null for any other file. */
export function runIdOfFile(fileName: string): string | null {
  return fileName.endsWith(ENDING) ? fileName.slice(0, -ENDING.length) : null;
}

/** What the file and the anchor beside it say. */
export interface RecordReading {
  readonly text: RecordText;
  readonly lostTail: LostTail | null;
}

/** What reading gave, or why there was no reading. */
type Outcome = RecordReading | { readonly refusal: Problem };

/** A run's file as a `ReadRun`, read when first asked for, so that a long history costs only what is looked at. */
export class RecordFile implements ReadRun {
  readonly runId: string;
  readonly path: string;
  readonly #read: () => RecordReading;
  readonly #readWhole: () => RecordText;
  #outcome: Outcome | null = null;
  #entries: readonly Entry[] | null = null;

  /**
   * @param read reads the file at the path; a ProblemError it throws is this run's damage
   * @param readWhole the same, where `read` may give what was appended only
   */
  constructor(runId: string, path: string, read: () => RecordReading, readWhole: () => RecordText = () => read().text) {
    this.runId = runId;
    this.path = path;
    this.#read = read;
    this.#readWhole = readWhole;
  }

  get run(): Run | null {
    return this.#text?.run ?? null;
  }

  get entries(): readonly Entry[] {
    this.#entries ??= this.#allEntries();
    return this.#entries;
  }

  get entryCount(): number {
    return this.#text?.entryCount ?? 0;
  }

  entriesAfter(seq: number): readonly Entry[] {
    if (seq >= this.entryCount) return [];
    const newest = this.#text?.newest ?? [];
    const first = newest[0]?.seq ?? 0;
    return (first <= seq + 1 ? newest : this.entries).filter((entry) => entry.seq > seq);
  }

  #allEntries(): readonly Entry[] {
    const text = this.#text;
    if (text === null) return [];
    // A record only ever grows, so what was read of it stands at its beginning.
    return text.entries?.() ?? this.#readWhole().entries?.().slice(0, text.entryCount) ?? [];
  }

  get damage(): Problem | null {
    const outcome = this.#settled;
    return 'text' in outcome ? outcome.text.damage : outcome.refusal;
  }

  get lostTail(): LostTail | null {
    const outcome = this.#settled;
    return 'text' in outcome ? outcome.lostTail : null;
  }

  /** Stands for every byte of the whole lines; null where the file could not be read. */
  get endHash(): string | null {
    return this.#text?.endHash ?? null;
  }

  get #text(): RecordText | null {
    const outcome = this.#settled;
    return 'text' in outcome ? outcome.text : null;
  }

  get #settled(): Outcome {
    this.#outcome ??= this.#settle();
    return this.#outcome;
  }

  #settle(): Outcome {
    try {
      return this.#read();
    } catch (error) {
      if (error instanceof ProblemError) return { refusal: error.problem };
      throw error;
    }
  }
}

/**
 * Reads a whole record again.
 * @param known what was read of it before, so that what is still the same is verified only
 * @throws ProblemError data-folder-unprotected, data-folder-unreadable
 */
export function readRecordFile(fileSystem: FileSystem, protection: FolderProtection, path: string, known?: RecordText): RecordText {
  refuseUnprotected(protection, path);
  const bytes = orProblem('data-folder-unreadable', path, () => fileSystem.readWhole(path));
  return (known === undefined ? null : verifyRecordText(bytes, known)) ?? readRecordText(bytes, path);
}

/**
 * What a record lacks of what its anchor saw.
 * @param anchor read before the record, so that what is appended in between is none of it
 * @throws ProblemError data-folder-unreadable
 */
export function findLostTail(fileSystem: FileSystem, path: string, text: RecordText, anchor: Anchor | null): LostTail | null {
  if (anchor === null || text.damage !== null || isAt(fileSystem, path, text, anchor)) return null;
  return { entries: text.entryCount, anchored: Math.max(anchor.entryCount, text.entryCount) };
}

function isAt(fileSystem: FileSystem, path: string, text: RecordText, { entryCount, size, hash }: Anchor): boolean {
  if (entryCount > text.entryCount) return false;
  if (entryCount === text.entryCount) return hash === text.endHash;
  const bytes = DIGITS_AND_END;
  const digits = orProblem('data-folder-unreadable', path, () =>
    readSome(fileSystem, path, { from: 'position', position: size - bytes, bytes }),
  );
  return digits.toString('latin1').startsWith(hash);
}

/**
 * Reads what was appended to a record since it was read; the whole record where it did not simply grow.
 * @throws ProblemError data-folder-unprotected, data-folder-unreadable
 */
export function readGrownRecordFile(fileSystem: FileSystem, protection: FolderProtection, path: string, before: RecordText): RecordText {
  refuseUnprotected(protection, path);
  const appended = orProblem('data-folder-unreadable', path, () =>
    readSome(fileSystem, path, { from: 'position', position: before.wholeBytes }),
  );
  return continueRecordText(before, appended) ?? readRecordFile(fileSystem, protection, path);
}

/** @throws ProblemError data-folder-unprotected, data-folder-unreadable */
export function refuseUnprotected(protection: FolderProtection, path: string): void {
  const fault = orProblem('data-folder-unreadable', path, () => protection.findFault(path));
  if (fault !== null) throw new ProblemError(problem('data-folder-unprotected', { ...fault }));
}

/** Names in a folder; none where the folder is not there yet. @throws ProblemError data-folder-unreadable */
export function listFolder(fileSystem: FileSystem, folder: string): readonly string[] {
  return orProblem('data-folder-unreadable', folder, () => {
    try {
      return fileSystem.list(folder);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    }
  });
}
