import { randomBytes } from 'node:crypto';
import { basename, join } from 'node:path';

import { isRestartBetween, type Instant } from '../../contract/computer.js';
import { problem, ProblemError } from '../../contract/problem.js';
import { FACES } from '../../contract/run.js';
import { isText, isTimestamp, isWholeNumber, nullOr, object, oneOf } from '../../core/record/shape.js';
import { ALIVE } from '../../ports/host.js';
import type { Lock, LockOwner } from '../../ports/run-records.js';
import { asProblem, codeOf, orProblem } from './file-problems.js';
import { NO_FILE, type FileSystem } from './file-system.js';
import { listFolder } from './record-file.js';
import { removeIfThere, tryTo, writeNew, writeWhole } from './write-whole.js';

/*
 * Each process that wants the lock puts a file of its own into the folder, under a name no other has, and only then looks
 * who is there. The one that is alone among the living has the lock. It cannot be held twice: of two, one
 * looked after both files were there, and saw the other. Only files of the dead are removed by others, and a name is
 * never used again, so that a living one's cannot be removed by mistake.
 *
 *     published ──alone──▶ held ──release──▶ gone
 *         ├──another is there, mine is not the lowest name──▶ withdrawn ──a moment──▶ published
 *         └──another is there, mine is the lowest name──▶ a moment, then looks again
 *
 * Both moments end after a few tries with lock-held. They are there for two that come at once: one of them gets it.
 *
 * A file that another program (a virus scanner) keeps from being removed is given back by a second file beside it, `<name>.released`:
 * it holds nothing any more, and its owner is not taken for killed. The next owner of the lock removes both.
 */

const ENDING = '.json';
const RELEASED = '.released';
/** What is larger is none of ours. */
const MAX_BYTES = 64 * 1024;
const TRIES = 6;
const MIN_PAUSE_MS = 10;
const MAX_PAUSE_MS = 60;
/** A file older than this belongs to a process that has the lock for good: no use in trying again. */
const NEWCOMER_MS = 2_000;
/**
 * An unreadable file younger than this may be one that is still being written. One from a time to come is as old
 * as the clock was set back.
 */
const UNREADABLE_MS = 60_000;
/** A file that cannot be removed is tried again this often by a process that goes on. */
const REMOVE_AGAIN_MS = 500;
const REMOVE_AGAIN_TRIES = 10;

/** What a lock file holds: whom to name, and how to tell whether he still lives. */
interface LockFile extends LockOwner {
  /** `Host.processIdentity` of the owner; null where it could not be told. */
  readonly processIdentity: string | null;
  readonly bootedAt: string;
}

const isLockFile = object<LockFile>({
  user: isText,
  face: oneOf(...FACES),
  processId: isWholeNumber,
  computer: isText,
  command: isText,
  since: isTimestamp,
  processIdentity: nullOr(isText),
  bootedAt: isTimestamp,
});

/** A process's file in the lock folder. */
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
    this.#tidy();
    try {
      this.#contend(path, claim, takenOverFrom);
    } catch (error) {
      this.#giveBack(path);
      throw error;
    }
    return { takenOverFrom, release: () => this.#giveBack(path) };
  }

  /** The living owner, or null. @throws ProblemError data-folder-unreadable */
  readOwner(): LockOwner | null {
    return this.#findOwner((claim) => this.#isAlive(claim));
  }

  /** An owner that was killed with the lock in hand, until it is taken over; or null. @throws ProblemError data-folder-unreadable */
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
      if (tries === TRIES || rivals.some(({ ageMs }) => ageMs > NEWCOMER_MS)) throw this.#heldBy(rival);
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
      // If another process was quicker to remove it, that one took over.
      if (this.#bury(claim.path) && claim.owner !== null) takenOverFrom.push(nameOf(claim.owner));
      return false;
    });
  }

  #isAlive({ owner, ageMs }: Claim): boolean {
    if (owner === null) return Math.abs(ageMs) <= UNREADABLE_MS;
    const { computerName, bootedAt, processIdentity } = this.#liveness;
    // Another computer's processes cannot be examined.
    if (owner.computer !== computerName) return true;
    const identity = processIdentity(owner.processId);
    if (identity === null || (owner.processIdentity !== null && identity !== owner.processIdentity)) return false;
    // It began when the owner did. A boot time that moved all the same means that only the clock was set.
    if (identity === owner.processIdentity && identity !== ALIVE) return true;
    return !isRestartBetween(owner.bootedAt, bootedAt);
  }

  #readClaims(): readonly Claim[] {
    const names = listFolder(this.#fileSystem, this.#folder);
    const held = names.filter((name) => name.endsWith(ENDING) && !names.includes(name + RELEASED));
    return held.sort().flatMap((name) => this.#readClaim(join(this.#folder, name)) ?? []);
  }

  /** Null where it was given back since the folder was listed. @throws ProblemError data-folder-unreadable for what is no file */
  #readClaim(path: string): Claim | null {
    try {
      const { modifiedMs, size } = this.#fileSystem.status(path);
      const owner = size > MAX_BYTES ? null : parseLockFile(this.#fileSystem.readWhole(path));
      // Real time on both sides: a file's time is not the simulated server's.
      return { path, owner, ageMs: Date.now() - modifiedMs };
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      // No process of ours puts a pipe or a folder here: no process holds the lock by it, and none can take it over.
      if (codeOf(error) === NO_FILE || codeOf(error) === 'EISDIR') throw asProblem('data-folder-unreadable', path, error);
      // There, and not to be read: held, as far as can be told.
      return { path, owner: null, ageMs: 0 };
    }
  }

  /** Never throws: the process may be going down. */
  #giveBack(path: string): void {
    if (tryTo(() => removeIfThere(this.#fileSystem, path)) && !this.#isStillListed(path)) return;
    const isMarked = this.#markReleased(path);
    this.#removeLater(path, isMarked, REMOVE_AGAIN_TRIES);
  }

  /** @returns whether it was this process that took a dead one's file out of the way */
  #bury(path: string): boolean {
    try {
      this.#fileSystem.remove(path);
      if (this.#isStillListed(path)) this.#markReleased(path);
      return true;
    } catch (error) {
      return codeOf(error) !== 'ENOENT' && this.#markReleased(path);
    }
  }

  /**
   * Windows goes on listing a removed file, and refuses to read it, for as long as another program has it open ("delete pending",
   * Microsoft Learn, `DeleteFile`): it would pass for a lock that is held.
   */
  #isStillListed(path: string): boolean {
    let isListed = false;
    tryTo(() => (isListed = listFolder(this.#fileSystem, this.#folder).includes(basename(path))));
    return isListed;
  }

  /** @returns whether this process gave it back, and no other did so before */
  #markReleased(path: string): boolean {
    return tryTo(() => writeNew(this.#fileSystem, path + RELEASED, Buffer.alloc(0)));
  }

  /** @param isMarked then no process waits for it, and a process that ends may leave it to the next one */
  #removeLater(path: string, isMarked: boolean, tries: number): void {
    const timer = setTimeout(() => {
      const isGone = tryTo(() => removeIfThere(this.#fileSystem, path));
      if (isGone) tryTo(() => removeIfThere(this.#fileSystem, path + RELEASED));
      else if (tries > 1) this.#removeLater(path, isMarked || this.#markReleased(path), tries - 1);
    }, REMOVE_AGAIN_MS);
    if (isMarked) timer.unref();
  }

  /** What was given back and could not be removed then. */
  #tidy(): void {
    for (const name of listFolder(this.#fileSystem, this.#folder).filter((one) => one.endsWith(RELEASED))) {
      const path = join(this.#folder, name.slice(0, -RELEASED.length));
      if (tryTo(() => removeIfThere(this.#fileSystem, path))) tryTo(() => removeIfThere(this.#fileSystem, path + RELEASED));
    }
  }

  #heldBy({ path, owner }: Claim): ProblemError {
    if (owner === null) return new ProblemError(problem('lock-held', { path }));
    const isElsewhere = owner.computer !== this.#liveness.computerName;
    return new ProblemError(
      problem('lock-held', { ...nameOf(owner), path, ...(isElsewhere && { thisComputer: this.#liveness.computerName }) }),
    );
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
