import { createHash } from 'node:crypto';

import type { FileSystem } from './file-system.js';
import { readSome } from './read-some.js';
import { removeIfThere, tryTo, writeAll } from './write-whole.js';

/*
 * A chain cannot tell that its end is missing: a record that lost its last lines, to a restored backup or a file system, is
 * whole as far as it goes. So a small file beside it, the anchor, says after each flush how far the record went then. It is
 * written in one piece in the same place and not flushed: one that lags behind is normal, one that cannot be written or
 * read stops nothing, and records of earlier versions have none.
 *
 * A fence is the one anchor that must not be passed. It is written and flushed before an administrator's word is appended (a
 * sign-off, for example), and replaced when that is on disk. A word whose writing failed was told to be not written: behind the
 * fence it does not stand, also where nothing of it could be taken back.
 *
 *     anchor ──fence──▶ fence ──word on disk──▶ anchor
 *                         └──word failed: whatever stands behind it is set aside──▶ anchor
 */

/** How far a record went. */
export interface Anchor {
  readonly entryCount: number;
  /** Bytes of so many entries. */
  readonly size: number;
  /** The hash of the last of them. */
  readonly hash: string;
}

/** What the file beside a record says. */
export interface ReadAnchor extends Anchor {
  /** True where nothing counts that stands behind this place. */
  readonly isCutoff: boolean;
}

const ENDING = '.anchor';
const DIGITS = 15;
const CHECK_DIGITS = 16;
/** What is larger is no anchor. */
const MAX_BYTES = 1_000;

export function anchorPath(recordPath: string): string {
  return recordPath.replace(/\.jsonl$/, ENDING);
}

/** Always of the same length, so that one written over another leaves nothing of it. */
function encode({ entryCount, size, hash }: Anchor, isCutoff: boolean): string {
  const place = `${isCutoff ? '!' : '='} ${String(entryCount).padStart(DIGITS, '0')} ${String(size).padStart(DIGITS, '0')} ${hash}`;
  return `${place} ${checkOf(place)}\n`;
}

function decode(text: string): ReadAnchor | null {
  const [, place = '', kind, entryCount, size, hash = '', check] =
    /^(([=!]) (\d{15}) (\d{15}) ([0-9a-f]{32})) ([0-9a-f]{16})\n$/.exec(text) ?? [];
  return check === undefined || check !== checkOf(place)
    ? null
    : { entryCount: Number(entryCount), size: Number(size), hash, isCutoff: kind === '!' };
}

function checkOf(place: string): string {
  return createHash('sha256').update(place).digest('hex').slice(0, CHECK_DIGITS);
}

/** Null where there is none, and for one that cannot be read or of which only a part was written. */
export function readAnchor(fileSystem: FileSystem, recordPath: string): ReadAnchor | null {
  let text = '';
  tryTo(() => {
    text = readSome(fileSystem, anchorPath(recordPath), { from: 'start', bytes: MAX_BYTES }).toString('latin1');
  });
  return decode(text);
}

/** @returns whether it stands there now; never throws */
export function writeAnchor(fileSystem: FileSystem, recordPath: string, anchor: Anchor): boolean {
  return tryTo(() => fileSystem.note(anchorPath(recordPath), encode(anchor, false)));
}

/** @returns whether it is on disk; never throws */
export function writeCutoff(fileSystem: FileSystem, recordPath: string, anchor: Anchor): boolean {
  const path = anchorPath(recordPath);
  return tryTo(() => {
    const file = fileSystem.open(path, fileSystem.isThere(path) ? 'change' : 'create');
    try {
      writeAll(fileSystem, file, Buffer.from(encode(anchor, true)));
      fileSystem.flush(file);
    } finally {
      fileSystem.close(file);
    }
  });
}

/**
 * Takes a fence away. By removing its file, which is done or not done: a writing that is cut half way leaves no anchor, and so
 * no fence. Where another program keeps the file, by an anchor in its place.
 * @returns whether it is gone; never throws
 */
export function removeCutoff(fileSystem: FileSystem, recordPath: string, anchor: Anchor): boolean {
  return tryTo(() => removeIfThere(fileSystem, anchorPath(recordPath))) || writeAnchor(fileSystem, recordPath, anchor);
}
