import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, statSync, watch, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { problem, ProblemError } from '../../contract/problem.js';
import { readFileOnly, tryWithLock } from './owned-lock.js';
import { between } from './random.js';
import type { RealTime } from './simulated-clock.js';
import type { SimulatedState } from './simulated-state.js';
import { digestOf } from './state-digest.js';

/** Where the simulated server is kept. */
export interface SimulatedStore {
  /** Null before the first update. @throws ProblemError simulation-damaged, data-folder-unreadable */
  read(): SimulatedState | null;
  /**
   * Replaces the state by what `change` makes of it, as one step: no update of any process is lost. `change` is run
   * once. Answering the same state writes nothing.
   * @throws ProblemError simulation-damaged, data-folder-unreadable, data-folder-unwritable
   */
  update<T>(change: (state: SimulatedState | null) => Changed<T>): Promise<T>;
  /** Calls back after updates by any process. @returns ends that; null if updates cannot be observed */
  listen(onUpdate: () => void): (() => void) | null;
}

export interface Changed<T> {
  readonly state: SimulatedState;
  readonly answer: T;
}

/** A server of this process only, gone with it. */
export class MemoryStore implements SimulatedStore {
  readonly #listeners = new Set<() => void>();
  #state: SimulatedState | null;

  constructor(state: SimulatedState | null = null) {
    this.#state = state;
  }

  read(): SimulatedState | null {
    return this.#state;
  }

  async update<T>(change: (state: SimulatedState | null) => Changed<T>): Promise<T> {
    const { state, answer } = change(this.#state);
    this.#state = state;
    for (const onUpdate of this.#listeners) onUpdate();
    return answer;
  }

  listen(onUpdate: () => void): () => void {
    this.#listeners.add(onUpdate);
    return () => this.#listeners.delete(onUpdate);
  }
}

/** Format of the file; another number is not read. */
const SCHEMA = 1;

/**
 * File systems count the time of a change in steps; two changes within one step look like one. The coarsest we know counts in
 * two seconds.
 */
const COARSEST_TIMES_MS = 2_500;

/** The lock is held for milliseconds, so a holder that keeps it this long stands still. */
const LOCK_PATIENCE_MS = 15_000;

/** A server in one file, shared by all processes that use the data folder. */
export class FileStore implements SimulatedStore {
  readonly path: string;
  readonly #time: RealTime;
  #latest: { readonly text: Buffer; readonly state: SimulatedState; readonly stamp: string | null } | null = null;

  constructor(dataFolder: string, time: RealTime) {
    this.path = join(dataFolder, 'simulated-server.json');
    this.#time = time;
  }

  read(): SimulatedState | null {
    // Asked before reading: what is replaced in between is then read once more, and not missed.
    const stamp = this.#stamp();
    if (stamp !== null && stamp === this.#latest?.stamp) return this.#latest.state;
    return this.#reread(stamp);
  }

  #reread(stamp: string | null): SimulatedState | null {
    const text = this.#readText();
    if (text === null) return null;
    const state = this.#latest?.text.equals(text) === true ? this.#latest.state : decode(text, this.path);
    this.#latest = { text, state, stamp };
    return state;
  }

  /** Tells one content of the file from the next; null where it cannot, because the file is missing or was written just now. */
  #stamp(): string | null {
    try {
      const { ino, size, mtimeMs } = statSync(this.path);
      return Math.abs(Date.now() - mtimeMs) < COARSEST_TIMES_MS ? null : `${ino} ${size} ${mtimeMs}`;
    } catch {
      // Reading the file says what is wrong with it.
      return null;
    }
  }

  async update<T>(change: (state: SimulatedState | null) => Changed<T>): Promise<T> {
    const giveUpAtMs = this.#time.nowMs() + LOCK_PATIENCE_MS;
    for (;;) {
      const attempt = this.#tryUpdate(change);
      if (!attempt.busy) return attempt.value;
      if (this.#time.nowMs() > giveUpAtMs) throw unwritable(this.path, 'EBUSY');
      // Not in step with the others that wait.
      await this.#time.sleep(between(Math.random, 2, 12));
    }
  }

  listen(onUpdate: () => void): (() => void) | null {
    try {
      const watcher = watch(dirname(this.path), (_event, name) => {
        if (name === basename(this.path)) onUpdate();
      });
      // The next read of the file reports what became of the folder.
      watcher.on('error', onUpdate);
      return () => watcher.close();
    } catch {
      return null;
    }
  }

  #tryUpdate<T>(change: (state: SimulatedState | null) => Changed<T>): ReturnType<typeof tryWithLock<T>> {
    try {
      mkdirSync(dirname(this.path), { recursive: true });
      return tryWithLock(this.path.replace(/\.json$/, '.lock'), () => {
        const before = this.#reread(null);
        const { state, answer } = change(before);
        if (state !== before) this.#replace(state);
        return answer;
      });
    } catch (error) {
      throw error instanceof ProblemError ? error : unwritable(this.path, (error as NodeJS.ErrnoException).code, error);
    }
  }

  /** Under the lock only, so that one name is enough for the file in the making, also after a crash. */
  #replace(state: SimulatedState): void {
    const next = `${this.path}.next`;
    writeFileSync(next, encode(state));
    renameSync(next, this.path);
  }

  #readText(): Buffer | null {
    try {
      return readFileOnly(this.path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return null;
      throw new ProblemError(problem('data-folder-unreadable', { path: this.path, code: code ?? 'unknown' }), { cause: error });
    }
  }
}

function unwritable(path: string, code: string | undefined, cause?: unknown): ProblemError {
  return new ProblemError(problem('data-folder-unwritable', { path, code: code ?? 'unknown' }), { cause });
}

function encode(state: SimulatedState): string {
  return `${JSON.stringify({ schema: SCHEMA, digest: digestOf(state), state })}\n`;
}

/** Only what carries the digest of its own content is believed; so its shape is the one we wrote. */
function decode(text: Buffer, path: string): SimulatedState {
  const damaged = (cause?: unknown): ProblemError => new ProblemError(problem('simulation-damaged', { path }), { cause });
  let file: { readonly schema: number; readonly digest: string; readonly state: SimulatedState } | null;
  try {
    file = JSON.parse(text.toString('utf8')) as typeof file;
  } catch (error) {
    throw damaged(error);
  }
  if (file?.schema !== SCHEMA || !isOf(file.digest, file.state)) throw damaged();
  return file.state;
}

/** Servers that were made by older versions carry a SHA-256. */
function isOf(digest: unknown, state: unknown): boolean {
  if (digest === digestOf(state)) return true;
  return (
    typeof digest === 'string' && digest.length === 64 && digest === createHash('sha256').update(JSON.stringify({ state })).digest('hex')
  );
}
