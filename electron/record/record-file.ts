import { join } from 'node:path';

import { problem, ProblemError, type Problem } from '../contract/problem.js';
import type { Entry, Run } from '../contract/run.js';
import { isEntry } from './entry-shape.js';
import { codeOf, orProblem } from './file-problems.js';
import type { FileSystem } from './file-system.js';
import type { FolderProtection } from './folder-protection.js';
import { readRecordText, type RecordText } from './record-text.js';
import type { ReadRun } from './run-records.js';
import { isObject, isWholeNumber } from './shape.js';

const ENDING = '.jsonl';

/** Enough for the last line of a closed run. */
const TAIL_BYTES = 4_096;

export function recordPath(runsFolder: string, runId: string): string {
  return join(runsFolder, runId + ENDING);
}

/** The run id a file name stands for, null for any other file. */
export function withoutEnding(fileName: string): string | null {
  return fileName.endsWith(ENDING) ? fileName.slice(0, -ENDING.length) : null;
}

/** What reading gave, or why there was no reading. */
type Outcome = { readonly text: RecordText } | { readonly refusal: Problem };

/** A run's file as a `ReadRun`, read when first asked for, so that a long history costs only what is looked at. */
export class RecordFile implements ReadRun {
  readonly runId: string;
  readonly path: string;
  readonly #read: () => RecordText;
  #outcome: Outcome | null = null;
  #entries: readonly Entry[] | null = null;

  /** @param read reads the file at the path; a ProblemError it throws is this run's damage */
  constructor(runId: string, path: string, read: () => RecordText) {
    this.runId = runId;
    this.path = path;
    this.#read = read;
  }

  get run(): Run | null {
    return this.#text?.run ?? null;
  }

  get entries(): readonly Entry[] {
    this.#entries ??= this.#text?.entries() ?? [];
    return this.#entries;
  }

  get cutBytes(): number {
    return this.#text?.cut.length ?? 0;
  }

  get damage(): Problem | null {
    const outcome = this.#settled;
    return 'text' in outcome ? outcome.text.damage : outcome.refusal;
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
      return { text: this.#read() };
    } catch (failure) {
      if (failure instanceof ProblemError) return { refusal: failure.problem };
      throw failure;
    }
  }
}

/** @throws ProblemError data-folder-unprotected, data-folder-unreadable */
export function readRecordFile(fileSystem: FileSystem, protection: FolderProtection, path: string): RecordText {
  refuseUnprotected(protection, path);
  return readRecordText(orProblem('data-folder-unreadable', path, () => fileSystem.readWhole(path)), path);
}

/**
 * True when a record ends in the entry that closes it, which is told from its last bytes alone: the search for the open
 * run must not read years of history. A false answer means only that the record must be read.
 */
export function endsClosed(fileSystem: FileSystem, path: string): boolean {
  return orProblem('data-folder-unreadable', path, () => {
    const lines = readTail(fileSystem, path).split('\n');
    const lastLine = lines.at(-1) === '' ? lines.at(-2) : undefined;
    return lastLine !== undefined && isClosing(lastLine);
  });
}

function readTail(fileSystem: FileSystem, path: string): string {
  const file = fileSystem.open(path, 'read');
  try {
    const tail = Buffer.alloc(TAIL_BYTES);
    const length = fileSystem.read(file, tail, Math.max(0, fileSystem.size(file) - TAIL_BYTES));
    return tail.toString('utf8', 0, length);
  } finally {
    fileSystem.close(file);
  }
}

function isClosing(line: string): boolean {
  try {
    const entry: unknown = JSON.parse(line);
    return isObject(entry) && entry['type'] === 'closed' && isWholeNumber(entry['seq']) && isEntry(entry, entry['seq']);
  } catch {
    return false;
  }
}

/** @throws ProblemError data-folder-unprotected, data-folder-unreadable */
export function refuseUnprotected(protection: FolderProtection, path: string): void {
  const fault = orProblem('data-folder-unreadable', path, () => protection.findFault(path));
  if (fault !== null) throw new ProblemError(problem('data-folder-unprotected', { path: fault.path, writableBy: fault.writableBy }));
}

/** Names in a folder; none where the folder is not there yet. @throws ProblemError data-folder-unreadable */
export function listFolder(fileSystem: FileSystem, folder: string): readonly string[] {
  return orProblem('data-folder-unreadable', folder, () => {
    try {
      return fileSystem.list(folder);
    } catch (failure) {
      if (codeOf(failure) === 'ENOENT') return [];
      throw failure;
    }
  });
}
