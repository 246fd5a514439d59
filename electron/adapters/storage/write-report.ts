import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, realpathSync, renameSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { problem, ProblemError } from '../../contract/problem.js';
import type { ReportFormat } from '../../ports/run-records.js';
import { codeOf } from './file-problems.js';
import { windowsPage } from './windows-text.js';
import { tryTo } from './write-whole.js';

/** What is said in the place of a system's code where the data folder is the reason. */
const IN_DATA_FOLDER = 'inside';

/**
 * Writes a document where the administrator wants it: whole or not at all, and never into the data folder, whatever link leads
 * there. A file under a second name of a record (a hard link) is replaced, not written into. Pages are written as Windows reads
 * them; JSON is plain characters without a mark (RFC 8259), and a device gets the text as it is.
 * @throws ProblemError output-not-written
 */
export function writeReport(dataFolder: string, path: string, text: string, format: ReportFormat): void {
  try {
    const place = realPlace(path);
    if (isWithin(dirname(place), dataFolder)) throw notWritten(path, IN_DATA_FOLDER);
    if (isDevice(place)) writeInto(place, 'w', text);
    else replace(place, format === 'json' ? text : windowsPage(text));
  } catch (error) {
    throw error instanceof ProblemError ? error : notWritten(path, codeOf(error) ?? String(error), error);
  }
}

/** Where writing would really end: links resolved, of the file too where there is one. */
function realPlace(path: string): string {
  try {
    return realpathSync.native(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    return join(realpathSync.native(dirname(path)), basename(path));
  }
}

/** Compared by what the folders are, not by their names: one folder has several on Windows (8.3, shares, letter case). */
function isWithin(folder: string, outer: string): boolean {
  const wanted = identityOf(outer);
  for (let inner = folder; ; inner = dirname(inner)) {
    if (wanted !== null && identityOf(inner) === wanted) return true;
    if (dirname(inner) === inner) return false;
  }
}

function identityOf(folder: string): string | null {
  const status = statSync(folder, { bigint: true, throwIfNoEntry: false });
  return status === undefined ? null : `${status.dev} ${status.ino}`;
}

/** A terminal, a pipe or the like is written into; whatever else stands there is replaced. */
function isDevice(place: string): boolean {
  const status = statSync(place, { throwIfNoEntry: false });
  return status !== undefined && !status.isFile() && !status.isDirectory();
}

function replace(place: string, text: string): void {
  const unfinished = `${place}.${randomBytes(4).toString('hex')}.new`;
  try {
    writeInto(unfinished, 'wx', text);
    renameSync(unfinished, place);
  } catch (error) {
    tryTo(() => unlinkSync(unfinished));
    throw error;
  }
}

function writeInto(place: string, how: 'w' | 'wx', text: string): void {
  const file = openSync(place, how);
  try {
    const bytes = Buffer.from(text);
    for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
    if (how === 'wx') fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function notWritten(path: string, code: string, cause?: unknown): ProblemError {
  return new ProblemError(problem('output-not-written', { path, code }), { cause });
}
