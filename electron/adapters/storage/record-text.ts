import { problem, type Problem } from '../../contract/problem.js';
import { RECORD_SCHEMA, type Entry, type Run } from '../../contract/run.js';
import { isEntry } from '../../core/record/entry-shape.js';
import { copyFold, foldOnto, runOf, startFold, type FoldState } from '../../core/record/fold.js';
import { isObject, isWholeNumber } from '../../core/record/shape.js';
import { Chain, endHash, findBrokenLink, wholeLength } from './chain.js';

/** What the bytes of a record say. */
export interface RecordText {
  /**
   * In order, up to the first damaged line. Parsed again when asked for: keeping 100,000 of them costs more than reading
   * them. Null where only what was appended was read.
   */
  readonly entries: (() => readonly Entry[]) | null;
  /** The last of them, at least `NEWEST` where there are so many. */
  readonly newest: readonly Entry[];
  readonly entryCount: number;
  readonly run: Run | null;
  /** The fold that gave `run`, so that more entries can be folded on. */
  readonly state: FoldState;
  /** Bytes of whole lines. */
  readonly wholeBytes: number;
  /** A cut last line; empty normally. */
  readonly cut: Buffer;
  /** The last line's hash, which stands for all of them. */
  readonly endHash: string;
  /** The chain to link further lines to. */
  readonly chain: () => Chain;
  readonly damage: Problem | null;
}

/** Entries a record begins its life with: its file appears with both of them or not at all. */
const OPENING_ENTRIES = 2;

const LINE_FEED = 10;

/** No entry has more; what has is not parsed. */
const MAX_LINE_BYTES = 1024 * 1024;

/** More than is written between two readings. */
const NEWEST = 64;

/** Parsing so many lines at once takes Node 16 two thirds of the time that one by one does. */
const BLOCK_LINES = 64;

/** Verifies, parses and folds a record. Never throws: what is wrong is told as its damage. */
export function readRecordText(bytes: Buffer, path: string): RecordText {
  const wholeBytes = wholeLength(bytes);
  const whole = bytes.subarray(0, wholeBytes);
  const newer = newerSchema(whole, path);
  const linked = newer === null ? (findBrokenLink(whole) ?? Infinity) : 0;
  const state = startFold();
  const newest: Entry[] = [];
  const { entryCount, isWhole } = readLines(whole, 0, linked, (entry) => takeIn(entry, state, newest));
  const cut = bytes.subarray(wholeBytes);
  const isDamaged = !isWhole || entryCount < OPENING_ENTRIES || isNoCut(cut);
  return {
    entries: () => collectEntries(whole, entryCount),
    newest,
    entryCount,
    run: runOf(state),
    state,
    wholeBytes,
    cut,
    endHash: endHash(whole),
    chain: () => Chain.after(whole),
    damage: newer ?? (isDamaged ? problem('record-damaged', { path, line: entryCount + 1 }) : null),
  };
}

/**
 * True for a last line that was written to its end and lost its line feed afterwards: writing that is cut leaves nothing, or
 * zeros, behind the hash. Set aside, it would take a change with it that was made because the line was on disk.
 */
function isNoCut(cut: Buffer): boolean {
  return /,"hash":"[0-9a-f]{32}"\}[^\0]/.test(cut.toString('latin1'));
}

/**
 * Goes on from a whole record with what was appended to it, so that looking at a record of days costs what is new in it.
 * @param appended all that stands behind the whole lines of `before`
 * @returns null where it does not link to `before` or is no entry: then only reading the whole record tells what is wrong
 */
export function continueRecordText(before: RecordText, appended: Buffer): RecordText | null {
  const length = wholeLength(appended);
  const whole = appended.subarray(0, length);
  const chain = before.damage === null && length > 0 ? before.chain().continued(whole) : null;
  if (chain === null) return null;
  const state = copyFold(before.state);
  const newest = [...before.newest];
  const { entryCount, isWhole } = readLines(whole, before.entryCount, Infinity, (entry) => takeIn(entry, state, newest));
  const cut = Buffer.from(appended.subarray(length));
  if (!isWhole || isNoCut(cut)) return null;
  return {
    entries: null,
    newest,
    entryCount,
    run: runOf(state),
    state,
    wholeBytes: before.wholeBytes + length,
    cut,
    endHash: endHash(whole),
    chain: () => chain,
    damage: null,
  };
}

/**
 * Verifies a record of which every entry is known already, without parsing and folding them again.
 * @param known what was read of the same record before
 * @returns null where the bytes are not those that were read then, up to a cut last line
 */
export function verifyRecordText(bytes: Buffer, known: RecordText): RecordText | null {
  const wholeBytes = wholeLength(bytes);
  const whole = bytes.subarray(0, wholeBytes);
  const cut = bytes.subarray(wholeBytes);
  const isSame = known.damage === null && known.wholeBytes === wholeBytes && known.endHash === endHash(whole);
  return isSame && findBrokenLink(whole) === null && !isNoCut(cut) ? { ...known, state: copyFold(known.state), cut } : null;
}

function takeIn(entry: Entry, state: FoldState, newest: Entry[]): void {
  foldOnto(state, entry);
  newest.push(entry);
  if (newest.length === 2 * NEWEST) newest.splice(0, NEWEST);
}

/** The same record as far as a place in it, all behind which is set aside as a cut line is. */
export function readTextToCutoff(bytes: Buffer, size: number, path: string): RecordText {
  const text = readRecordText(bytes.subarray(0, size), path);
  return { ...text, cut: bytes.subarray(size) };
}

/** A newer version may chain and write in another way, so this is asked before anything else. */
function newerSchema(whole: Buffer, path: string): Problem | null {
  const opening = parseJson(whole.toString('utf8', 0, Math.min(whole.indexOf(LINE_FEED), MAX_LINE_BYTES)));
  if (!isObject(opening) || opening['type'] !== 'run-opened') return null;
  const { schema } = opening;
  return isWholeNumber(schema) && schema > RECORD_SCHEMA ? problem('record-newer', { path, schema, ours: RECORD_SCHEMA }) : null;
}

function collectEntries(whole: Buffer, count: number): readonly Entry[] {
  const entries: Entry[] = [];
  readLines(whole, 0, count, (entry) => entries.push(entry));
  return entries;
}

/** Hands on entries until so many are read in all, counted from `countBefore`; stops before the first line that is none. */
function readLines(
  whole: Buffer,
  countBefore: number,
  limit: number,
  take: (entry: Entry) => void,
): { entryCount: number; isWhole: boolean } {
  let start = 0;
  let entryCount = countBefore;
  while (start < whole.length && entryCount < limit) {
    const { values, end } = parseBlock(whole, start, Math.min(BLOCK_LINES, limit - entryCount));
    for (const value of values) {
      if (!isEntry(value, entryCount + 1)) return { entryCount, isWhole: false };
      entryCount += 1;
      take(value);
    }
    start = end;
  }
  return { entryCount, isWhole: start === whole.length };
}

/** Parses the next lines in one go; a line that is no JSON, or too long for an entry, gives undefined. */
function parseBlock(whole: Buffer, start: number, maxLines: number): { values: readonly unknown[]; end: number } {
  let end = start;
  let lines = 0;
  for (; lines < maxLines && end < whole.length; lines += 1) {
    const next = whole.indexOf(LINE_FEED, end) + 1;
    if (next - end > MAX_LINE_BYTES) return { values: [...parseLines(whole, start, end, lines), undefined], end: next };
    end = next;
  }
  return { values: parseLines(whole, start, end, lines), end };
}

function parseLines(whole: Buffer, start: number, end: number, lines: number): readonly unknown[] {
  if (lines === 0) return [];
  const text = whole.toString('utf8', start, end - 1);
  const values = parseJson(`[${text.replaceAll('\n', ',')}]`);
  // As many values as lines, or else the block is gone through line by line, to find the first that is wrong.
  return Array.isArray(values) && values.length === lines ? values : text.split('\n').map(parseJson);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Not JSON is one kind of damage; the caller finds it, because no entry looks like this.
    return undefined;
  }
}
