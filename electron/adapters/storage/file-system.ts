import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
  unlinkSync,
  watch,
  writeSync,
} from 'node:fs';

import { failureWith } from './file-problems.js';

/** Size and last change of a file. */
export interface FileStatus {
  readonly size: number;
  readonly modifiedMs: number;
}

/**
 * The few file operations our records need, each one system call and each one able to fail: tests fail every single one
 * of them in turn. All throw Node's `ErrnoException`.
 */
export interface FileSystem {
  /** `append` creates the file where it is missing, `create` fails where it exists, `read` also opens folders. */
  readonly open: (path: string, how: 'append' | 'create' | 'read' | 'change') => number;
  /** Writes some of the bytes. @returns how many */
  readonly write: (file: number, bytes: Uint8Array) => number;
  /** Writes a small text over what stands at the beginning of a file, without flushing: for what may be lost. */
  readonly note: (path: string, text: string) => void;
  /** Reads some bytes from a place in the file. @returns how many */
  readonly read: (file: number, into: Uint8Array, position: number) => number;
  /** Returns once everything written is on the disk. */
  readonly flush: (file: number) => void;
  readonly size: (file: number) => number;
  readonly truncate: (file: number, size: number) => void;
  readonly close: (file: number) => void;
  /** Refuses a file with more than so many bytes (`EFBIG`) before it reads any; without a number, one with more than any record has. */
  readonly readWhole: (path: string, maxBytes?: number) => Buffer;
  readonly status: (path: string) => FileStatus;
  readonly rename: (from: string, to: string) => void;
  readonly remove: (path: string) => void;
  /** Never throws: what cannot be looked at is not there. */
  readonly isThere: (path: string) => boolean;
  readonly list: (folder: string) => readonly string[];
  /** Calls back after changes in the folder, and once when it can watch no longer. @returns its own unsubscribe */
  readonly watch: (folder: string, onChange: () => void, onEnd: () => void) => () => void;
}

/** Only the owner may read and write; on Windows the folder's protection decides instead. */
const OWNER_ONLY = 0o600;

/** A record of a week of readings that change every second has less; Node cannot make one text of twice as much. */
export const MAX_FILE_BYTES = 256 * 1024 * 1024;

/** The code of a failure to open what is neither a file nor a folder (`EFTYPE`, as BSD calls it). */
export const NO_FILE = 'EFTYPE';

const OPEN_FLAGS = { append: 'a', create: 'wx', read: 'r', change: 'r+' } as const;

/** A pipe or a device would be waited on for ever, and no Ctrl-C would be heard meanwhile. */
function refuseOddKind(path: string): void {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status !== undefined && !status.isFile() && !status.isDirectory()) throw failureWith(NO_FILE, path);
}

export const nodeFileSystem: FileSystem = {
  open: (path, how) => {
    refuseOddKind(path);
    return openSync(path, OPEN_FLAGS[how], OWNER_ONLY);
  },
  write: (file, bytes) => writeSync(file, bytes),
  note: (path, text) => {
    refuseOddKind(path);
    const file = openSync(path, existsSync(path) ? 'r+' : 'wx', OWNER_ONLY);
    try {
      writeSync(file, text);
    } finally {
      closeSync(file);
    }
  },
  read: (file, into, position) => readSync(file, into, 0, into.length, position),
  flush: (file) => fsyncSync(file),
  size: (file) => fstatSync(file).size,
  truncate: (file, size) => ftruncateSync(file, size),
  close: (file) => closeSync(file),
  readWhole: (path, maxBytes = MAX_FILE_BYTES) => {
    refuseOddKind(path);
    if (statSync(path).size > maxBytes) throw failureWith('EFBIG', path);
    return readFileSync(path);
  },
  status: (path) => {
    const { size, mtimeMs } = lstatSync(path);
    return { size, modifiedMs: mtimeMs };
  },
  rename: (from, to) => renameSync(from, to),
  remove: (path) => unlinkSync(path),
  isThere: (path) => existsSync(path),
  list: (folder) => readdirSync(folder),
  watch: (folder, onChange, onEnd) => {
    const watcher = watch(folder, onChange);
    watcher.on('error', () => {
      watcher.close();
      onEnd();
    });
    return () => watcher.close();
  },
};
