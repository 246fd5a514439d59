import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import { isRestartBetween, type Instant } from '../contract/computer.js';
import { problem, ProblemError } from '../contract/problem.js';
import { LIVES } from '../service-control/host.js';
import { asProblem, codeOf, orProblem } from './file-problems.js';
import { NO_FILE, type FileSystem } from './file-system.js';
import { listFolder } from './record-file.js';
import type { Lock, LockOwner } from './run-records.js';
import { isText, isTimestamp, isWholeNumber, nullOr, object, oneOf } from './shape.js';
import { removeIfThere, tryTo, writeWhole } from './write-whole.js';

/*
 * Everybody who wants the lock puts a file of his own into the folder, under a name nobody else has, and only then looks
 * who is there. Whoever finds himself alone among the living has the lock. It cannot be held twice: of two, one
 * looked after both files were there, and saw the other. Only files of the dead are removed by others, and a name is
 * never used again, so that nobody can remove a living one's by mistake.
 *
 *     published ──alone──▶ held ──release──▶ gone
 *         ├──another is there, mine is not the lowest name──▶ withdrawn ──a moment──▶ published
 *         └──another is there, mine is the lowest name──▶ a moment, then looks again
 *
 * Both moments end after a few tries with lock-held. They are there for two that come at once: one of them gets it.
 */

const ENDING = '.json';
const TRIES = 6;
const MIN_PAUSE_MS = 10;
const MAX_PAUSE_MS = 60;
/** A file older than this belongs to somebody who has the lock for good: no use in trying again. */
const NEWCOMER_MS = 2_000;
/** An unreadable file younger than this may be somebody's whom the system is still writing. */
const UNREADABLE_MS = 60_000;

/** What a lock file holds: whom to name, and how to tell whether he still lives. */
interface LockFile extends LockOwner {
  /** `Host.processIdentity` of the owner; null where it could not be told. */
  readonly processIdentity: string | null;
  readonly bootedAt: string;
}

const isLockFile = object<LockFile>({
  user: isText,
  face: oneOf('cli', 'tray'),
  processId: isWholeNumber,
  computer: isText,
  command: isText,
  since: isTimestamp,
  processIdentity: nullOr(isText),
  bootedAt: isTimestamp,
});

/** Somebody's file in the lock folder. */
interface Claim {
  readonly path: string;
  /** Null where the file is unreadable. */
  readonly owner: LockFile | null;
  readonly ageMs: number;
}

export interface Liveness {
  readonly computerName: string;
  readonly bootedAt: string;
  readonly processIdentity: (processId: number) => string | null;
}

/** Mutual exclusion across processes through a folder, with the locks of the dead taken over. */
export class FolderLock {
  readonly #folder: string;
  readonly #fileSystem: FileSystem;
  readonly #liveness: Liveness;
  readonly #sleep: (milliseconds: number) => void;

  constructor(folder: string, fileSystem: FileSystem, liveness: Liveness, sleep: (milliseconds: number) => void) {
    this.#folder = folder;
    this.#fileSystem = fileSystem;
    this.#liveness = liveness;
    this.#sleep = sleep;
  }

  /** @throws ProblemError lock-held, data-folder-unwritable, data-folder-unreadable */
  acquire(owner: Omit<LockOwner, 'since' | 'computer'>, now: Instant): Lock {
    const { computerName, bootedAt, processIdentity } = this.#liveness;
    const { user, face, processId, command } = owner;
    const claim: LockFile = {
      ...{ user, face, processId, command, computer: computerName, since: now.at },
      ...{ processIdentity: processIdentity(processId), bootedAt },
    };
    const path = join(this.#folder, randomBytes(16).toString('hex') + ENDING);
    const takenOverFrom: LockOwner[] = [];
    try {
      this.#contend(path, claim, takenOverFrom);
    } catch (failure) {
      tryTo(() => removeIfThere(this.#fileSystem, path));
      throw failure;
    }
    return { takenOverFrom, release: () => this.#release(path) };
  }

  /** The living owner, or null. @throws ProblemError data-folder-unreadable */
  readOwner(): LockOwner | null {
    return this.#findOwner((claim) => this.#isAlive(claim));
  }

  /** An owner that was killed with the lock in hand, while nobody took it over; or null. @throws ProblemError data-folder-unreadable */
  readDeadOwner(): LockOwner | null {
    return this.#findOwner((claim) => !this.#isAlive(claim));
  }

  #findOwner(isIt: (claim: Claim) => boolean): LockOwner | null {
    const found = this.#readClaims().find((claim) => claim.owner !== null && isIt(claim));
    return found?.owner == null ? null : nameOf(found.owner);
  }

  /** Returns when the lock is held. @throws ProblemError lock-held */
  #contend(path: string, claim: LockFile, takenOverFrom: LockOwner[]): void {
    let isPublished = false;
    for (let tries = 1; ; tries += 1) {
      if (!isPublished) this.#publish(path, claim);
      isPublished = true;
      const rivals = this.#findRivals(path, takenOverFrom);
      const [rival] = rivals;
      if (rival === undefined) return;
      if (tries === TRIES || rivals.some(({ ageMs }) => ageMs > NEWCOMER_MS)) throw lockHeldBy(rival);
      if (rivals.some((other) => other.path < path)) {
        this.#withdraw(path);
        isPublished = false;
      }
      this.#sleep(MIN_PAUSE_MS + Math.random() * (MAX_PAUSE_MS - MIN_PAUSE_MS));
    }
  }

  #publish(path: string, claim: LockFile): void {
    orProblem('data-folder-unwritable', path, () => writeWhole(this.#fileSystem, path, Buffer.from(JSON.stringify(claim))));
  }

  #withdraw(path: string): void {
    orProblem('data-folder-unwritable', path, () => removeIfThere(this.#fileSystem, path));
  }

  /** The living others. The dead are removed on the way. */
  #findRivals(path: string, takenOverFrom: LockOwner[]): readonly Claim[] {
    return this.#readClaims().filter((claim) => {
      if (claim.path === path) return false;
      if (this.#isAlive(claim)) return true;
      // Where somebody else was quicker to remove it, he is the one who took over.
      const isRemovedByUs = tryTo(() => this.#fileSystem.remove(claim.path));
      if (isRemovedByUs && claim.owner !== null) takenOverFrom.push(nameOf(claim.owner));
      return false;
    });
  }

  #isAlive({ owner, ageMs }: Claim): boolean {
    if (owner === null) return ageMs <= UNREADABLE_MS;
    const { computerName, bootedAt, processIdentity } = this.#liveness;
    // Nobody can look into another computer's processes.
    if (owner.computer !== computerName) return true;
    const identity = processIdentity(owner.processId);
    if (identity === null || (owner.processIdentity !== null && identity !== owner.processIdentity)) return false;
    // It began when the owner did. A boot time that moved all the same means that only the clock was set.
    if (identity === owner.processIdentity && identity !== LIVES) return true;
    return !isRestartBetween(owner.bootedAt, bootedAt);
  }

  #readClaims(): readonly Claim[] {
    const names = listFolder(this.#fileSystem, this.#folder).filter((name) => name.endsWith(ENDING));
    return names.sort().flatMap((name) => this.#readClaim(join(this.#folder, name)) ?? []);
  }

  /** Null where it was given back since the folder was listed. @throws ProblemError data-folder-unreadable for what is no file */
  #readClaim(path: string): Claim | null {
    try {
      const { modifiedMs } = this.#fileSystem.status(path);
      const owner = parseLockFile(this.#fileSystem.readWhole(path));
      // Real time on both sides: a file's time is not the simulated server's.
      return { path, owner, ageMs: Date.now() - modifiedMs };
    } catch (failure) {
      if (codeOf(failure) === 'ENOENT') return null;
      // No process of ours puts a pipe or a folder here: nobody holds the lock by it, and nobody can take it over.
      if (codeOf(failure) === NO_FILE || codeOf(failure) === 'EISDIR') throw asProblem('data-folder-unreadable', path, failure);
      // There, and not to be read: held, as far as anybody can tell.
      return { path, owner: null, ageMs: 0 };
    }
  }

  #release(path: string): void {
    // What cannot be removed now is taken over when this process has ended.
    tryTo(() => removeIfThere(this.#fileSystem, path));
  }
}

function parseLockFile(bytes: Buffer): LockFile | null {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return isLockFile(value) ? value : null;
  } catch {
    return null;
  }
}

function nameOf({ user, face, processId, computer, command, since }: LockFile): LockOwner {
  return { user, face, processId, computer, command, since };
}

function lockHeldBy({ path, owner }: Claim): ProblemError {
  return new ProblemError(problem('lock-held', owner === null ? { path } : { ...nameOf(owner), path }));
}
