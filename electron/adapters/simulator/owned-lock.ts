import { linkSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';

import { processIdentity } from './process-identity.js';

/** Who holds a lock file. `nonce` tells two locks of one process apart. */
interface LockOwner {
  readonly processId: number;
  readonly identity: string;
  readonly nonce: string;
}

let locksTaken = 0;

/**
 * Runs `work` while no other process runs its own under the same path, and answers `busy` without running it where
 * another one does. The lock of a process that was killed is taken away. `work` is synchronous, so a lock is held for
 * milliseconds and never by two pieces of work of one process.
 */
export function tryWithLock<T>(path: string, work: () => T): { readonly busy: false; readonly value: T } | { readonly busy: true } {
  if (!take(path)) {
    buryDeadOwner(path);
    return { busy: true };
  }
  try {
    return { busy: false, value: work() };
  } finally {
    unlinkSync(path);
  }
}

/** A hard link appears with its content or not at all, so a lock never stands there without saying whose it is. */
function take(path: string): boolean {
  locksTaken += 1;
  const owner: LockOwner = {
    processId: process.pid,
    identity: processIdentity(process.pid) ?? '',
    nonce: `${process.pid}-${locksTaken}-${Date.now()}`,
  };
  const claim = `${path}.${process.pid}`;
  writeFileSync(claim, JSON.stringify(owner));
  try {
    linkSync(claim, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkSync(claim);
  }
}

/**
 * Removes the lock if its owner is dead. Only under a second lock that names the dead one: without it, a slow process
 * could remove the lock of the next owner.
 */
function buryDeadOwner(path: string): void {
  const owner = readOwner(path);
  if (owner === 'none' || (owner !== 'unreadable' && processIdentity(owner.processId) === owner.identity)) return;
  const nonce = nonceOf(owner);
  tryWithLock(`${path}.${nonce}`, () => {
    if (nonceOf(readOwner(path)) === nonce) unlinkSync(path);
  });
}

type Found = LockOwner | 'none' | 'unreadable';

function nonceOf(found: Found): string {
  return typeof found === 'string' ? found : found.nonce;
}

/**
 * `none`: given back meanwhile, or kept from us for the moment. A lock never stands there without its content while its owner
 * lives, so one that says nothing is a dead one's: a power cut leaves such files.
 */
function readOwner(path: string): Found {
  try {
    const owner = JSON.parse(readFileOnly(path).toString('utf8')) as Partial<LockOwner> | null;
    return typeof owner?.nonce === 'string' ? (owner as LockOwner) : 'unreadable';
  } catch (error) {
    return error instanceof SyntaxError ? 'unreadable' : 'none';
  }
}

/** Reads a file; what is none, a pipe for example, would be waited on for ever. @throws ErrnoException, EFTYPE for what is no file */
export function readFileOnly(path: string): Buffer {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status !== undefined && !status.isFile() && !status.isDirectory()) {
    throw Object.assign(new Error(`${path} is no file`), { code: 'EFTYPE' });
  }
  return readFileSync(path);
}
