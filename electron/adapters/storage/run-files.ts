import { join } from 'node:path';

import type { Instant } from '../../contract/computer.js';
import { problem, ProblemError } from '../../contract/problem.js';
import type { ListedRun, ReadRun } from '../../contract/read-run.js';
import type { EntryDraft } from '../../contract/run.js';
import type { FolderProtection } from '../../ports/folder-protection.js';
import type { Lock, LockOwner, ReportFormat, RunRecords, RunWriter } from '../../ports/run-records.js';
import { anchorPath, removeCutoff, readAnchor, type ReadAnchor } from './anchor.js';
import { Chain } from './chain.js';
import { FileMemory } from './file-memory.js';
import { asProblem, orProblem } from './file-problems.js';
import { nodeFileSystem, type FileSystem } from './file-system.js';
import type * as lists from './list-runs.js';
import { FolderLock } from './lock.js';
import { sleepBlocking, withPatience } from './patient-file-system.js';
import {
  findLostTail,
  listFolder,
  readGrownRecordFile,
  readRecordFile,
  recordPath,
  RecordFile,
  refuseUnprotected,
  runIdOfFile,
  type RecordReading,
} from './record-file.js';
import { readTextToCutoff, readRecordText, type RecordText } from './record-text.js';
import { isRunId, newRunId } from './run-id.js';
import { readClosing } from './run-summary.js';
import { FileRunWriter, linkEntries, notWritten } from './run-writer.js';
import { setCutAside } from './set-cut-aside.js';
import type { SpaceReserve } from './space-reserve.js';
import { watchFolders } from './watch-folders.js';
import { windowsPage } from './windows-text.js';
import { withRoom } from './with-room.js';
import { tryTo, writeWhole } from './write-whole.js';

export interface RunRecordsOptions {
  /** The data folder. Nothing in it is touched before `prepare`. */
  readonly folder: string;
  readonly protection: FolderProtection;
  /** This machine's name, told to others who find the lock held. */
  readonly computerName: string;
  /** UTC, ISO 8601: when the machine whose processes `processIdentity` knows was started. */
  readonly bootedAt: string;
  /** As `Host.processIdentity`. */
  readonly processIdentity: (processId: number) => string | null;
  readonly fileSystem?: FileSystem;
  /** Called when this process has written entries of a run to disk; must not throw. */
  readonly onWritten?: (runId: string, entries: readonly EntryDraft[]) => void;
}

/** The newest records of a list are verified whole, up to so many bytes in all: about a tenth of a second. */
const VERIFIED_BYTES = 8_000_000;

/** The records in a data folder: `runs/<run id>.jsonl` with `<run id>.undo.txt` beside it, and `lock/`. */
export function openRunRecords(options: RunRecordsOptions): RunRecords {
  return new RunFiles(options, withPatience(options.fileSystem ?? nodeFileSystem, sleepBlocking));
}

class RunFiles implements RunRecords {
  readonly #fileSystem: FileSystem;
  #reserve: SpaceReserve | null = null;
  readonly #protection: FolderProtection;
  readonly #folder: string;
  readonly #runs: string;
  readonly #lockFolder: string;
  readonly #lock: FolderLock;
  /** Runs that were found closed: nothing is written behind a closing, so they need not be read again. */
  readonly #closed = new Set<string>();
  /** The record that was read last; there is hardly ever more than one that is read again and again. */
  readonly #texts: FileMemory<RecordText>;
  readonly #anchors: FileMemory<ReadAnchor | null>;
  readonly #onWritten: NonNullable<RunRecordsOptions['onWritten']>;

  constructor(options: RunRecordsOptions, given: FileSystem) {
    const fileSystem = withRoom(given, (failure) => this.#reserve?.giveBack(failure) === true);
    this.#fileSystem = fileSystem;
    this.#protection = options.protection;
    this.#folder = options.folder;
    this.#runs = join(options.folder, 'runs');
    this.#lockFolder = join(options.folder, 'lock');
    this.#lock = new FolderLock(this.#lockFolder, fileSystem, options, sleepBlocking);
    this.#texts = new FileMemory(fileSystem, 1);
    this.#anchors = new FileMemory(fileSystem, 1);
    this.#onWritten = options.onWritten ?? (() => undefined);
  }

  prepare(): void {
    for (const folder of [this.#folder, this.#runs, this.#lockFolder]) {
      orProblem('data-folder-unwritable', folder, () => this.#protection.createFolder(folder));
      refuseUnprotected(this.#protection, folder);
      listFolder(this.#fileSystem, folder);
    }
  }

  async prepareChange(): Promise<void> {
    this.prepare();
    const { SpaceReserve } = await import('./space-reserve.js');
    this.#reserve ??= new SpaceReserve(this.#fileSystem, this.#runs);
  }

  async probe(): Promise<void> {
    (await import('./probe-folders.js')).probeFolders(this.#fileSystem, [this.#folder, this.#runs, this.#lockFolder]);
  }

  list(): readonly ReadRun[] {
    return this.#runIds().map((runId) => this.#recordFile(runId));
  }

  async summaries(): Promise<Iterable<ListedRun>> {
    return this.#summaries(await import('./list-runs.js'));
  }

  *#summaries({ listClosed, listRead, listUnreadable }: typeof lists): Iterable<ListedRun> {
    let verifiable = VERIFIED_BYTES;
    for (const runId of this.#runIds()) {
      const path = recordPath(this.#runs, runId);
      try {
        verifiable -= this.#fileSystem.status(path).size;
        const listed = verifiable > 0 ? null : listClosed(this.#fileSystem, runId, path);
        yield listed ?? listRead(this.#recordFile(runId));
      } catch (error) {
        yield listUnreadable(runId, path, asProblem('data-folder-unreadable', path, error));
      }
    }
  }

  findOpen(): ReadRun | null {
    const open = this.#runIds()
      .filter((runId) => !this.#isClosed(runId))
      .map((runId) => this.#readNow(runId))
      .filter(({ run }) => (run?.closed ?? null) === null);
    if (open.length > 1) {
      throw new ProblemError(problem('several-open-runs', { path: this.#runs, runs: open.map(({ runId }) => runId).join(', ') }));
    }
    return open[0] ?? null;
  }

  read(runId: string): ReadRun | null {
    return this.#runIds().includes(runId) ? this.#readNow(runId) : null;
  }

  acquireLock(owner: Omit<LockOwner, 'since' | 'computer'>, now: Instant): Lock {
    refuseUnprotected(this.#protection, this.#lockFolder);
    this.#reserve?.setWayBack(owner.command === 'resume');
    return this.#lock.acquire(owner, now);
  }

  readLockOwner(): LockOwner | null {
    refuseUnprotected(this.#protection, this.#lockFolder);
    return this.#lock.readOwner();
  }

  readDeadLockOwner(): LockOwner | null {
    refuseUnprotected(this.#protection, this.#lockFolder);
    return this.#lock.readDeadOwner();
  }

  newRunId(now: Instant): string {
    return newRunId(now.at);
  }

  open(now: Instant, opening: Extract<EntryDraft, { type: 'run-opened' }>, ordered: Extract<EntryDraft, { type: 'ordered' }>): RunWriter {
    const path = recordPath(this.#runs, opening.runId);
    if (!isRunId(opening.runId)) throw notWritten(path, 'malformed run id');
    if (this.#runIds().includes(opening.runId)) throw notWritten(path, 'EEXIST');
    const { bytes } = linkEntries({ chain: Chain.start(), entryCount: 0, path }, now, [opening, ordered]);
    try {
      this.#reserve?.keep();
      writeWhole(this.#fileSystem, path, bytes);
      const writer = this.#writerAfter(opening.runId, path, readRecordText(bytes, path));
      this.#onWritten(opening.runId, [opening, ordered]);
      return writer;
    } catch (error) {
      // Nothing was changed under this run yet, and the caller is told that there is none.
      tryTo(() => this.#fileSystem.remove(path));
      throw asProblem('record-not-written', path, error);
    }
  }

  reopen(read: ReadRun): RunWriter {
    const { path } = read;
    const known = this.#texts.lastOf(path);
    const { text } = this.#readBeside(path, () => readRecordFile(this.#fileSystem, this.#protection, path, known));
    if (text.damage !== null) throw new ProblemError(text.damage);
    // What the caller decided on is no longer what is there.
    const isUnchanged = read instanceof RecordFile && read.endHash === text.endHash;
    if (!isUnchanged) throw notWritten(path, 'changed-meanwhile');
    orProblem('record-not-written', path, () => setCutAside(this.#fileSystem, path, text));
    this.#clearCutoff(path, text);
    // One that an earlier way back used up is made again where there is room.
    this.#reserve?.keepIfPossible();
    return this.#writerAfter(read.runId, path, text);
  }

  readUndoCard(runId: string): string | null {
    const path = this.undoCardPath(runId);
    if (!isRunId(runId) || !this.#fileSystem.isThere(path)) return null;
    refuseUnprotected(this.#protection, path);
    return orProblem('data-folder-unreadable', path, () =>
      this.#fileSystem
        .readWhole(path)
        .toString('utf8')
        .replace(/^\uFEFF/, '')
        .replaceAll('\r\n', '\n'),
    );
  }

  undoCardPath(runId: string): string {
    return join(this.#runs, `${runId}.undo.txt`);
  }

  writeUndoCard(runId: string, text: string): string {
    const path = this.undoCardPath(runId);
    orProblem('record-not-written', path, () => writeWhole(this.#fileSystem, path, Buffer.from(windowsPage(text))));
    return path;
  }

  async writeReport(path: string, text: string, format: ReportFormat): Promise<void> {
    (await import('./write-report.js')).writeReport(this.#folder, path, text, format);
  }

  watch(onChange: () => void): () => void {
    return watchFolders(this.#fileSystem, [this.#runs, this.#lockFolder], onChange);
  }

  /** Newest first. */
  #runIds(): readonly string[] {
    refuseUnprotected(this.#protection, this.#folder);
    refuseUnprotected(this.#protection, this.#runs);
    const ids = listFolder(this.#fileSystem, this.#runs).map(runIdOfFile);
    return ids
      .filter((id): id is string => id !== null && isRunId(id))
      .sort()
      .reverse();
  }

  #recordFile(runId: string): RecordFile {
    const path = recordPath(this.#runs, runId);
    return new RecordFile(runId, path, () => this.#readBeside(path, () => readRecordFile(this.#fileSystem, this.#protection, path)));
  }

  /** @throws ProblemError data-folder-unprotected, data-folder-unreadable */
  #readNow(runId: string): RecordFile {
    const path = recordPath(this.#runs, runId);
    const readWhole = (): RecordText => readRecordFile(this.#fileSystem, this.#protection, path);
    const reading = this.#readBeside(path, () =>
      this.#texts.recall(path, (before) =>
        before === undefined ? readWhole() : readGrownRecordFile(this.#fileSystem, this.#protection, path, before),
      ),
    );
    return new RecordFile(runId, path, () => reading, readWhole);
  }

  /** A record with the anchor beside it, which is read first: what is appended in between is then no news to it. */
  #readBeside(path: string, read: () => RecordText): RecordReading {
    const anchor = this.#readAnchor(path);
    const text = anchor?.isCutoff === true ? this.#readToCutoff(path, anchor, read()) : read();
    return { text, lostTail: findLostTail(this.#fileSystem, path, text, anchor) };
  }

  /** What stands behind a fence was told to be not written, or is being written just now. */
  #readToCutoff(path: string, anchor: ReadAnchor, text: RecordText): RecordText {
    if (text.damage !== null || text.entryCount <= anchor.entryCount || findLostTail(this.#fileSystem, path, text, anchor) !== null) {
      return text;
    }
    return readTextToCutoff(
      orProblem('data-folder-unreadable', path, () => this.#fileSystem.readWhole(path)),
      anchor.size,
      path,
    );
  }

  #readAnchor(path: string): ReadAnchor | null {
    const file = anchorPath(path);
    let anchor: ReadAnchor | null = null;
    tryTo(() => {
      if (this.#fileSystem.isThere(file)) anchor = this.#anchors.recall(file, () => readAnchor(this.#fileSystem, path));
    });
    // A fence and what replaces it may be written within one tick of the file system's clock.
    this.#anchors.forget(file, (remembered) => remembered?.isCutoff === true);
    return anchor;
  }

  /** Told from the record's last bytes; one that was read whole already is asked itself. */
  #isClosed(runId: string): boolean {
    const path = recordPath(this.#runs, runId);
    if (this.#closed.has(runId)) return true;
    const known = this.#texts.lastOf(path);
    if (known !== undefined && known.run?.closed == null) return false;
    refuseUnprotected(this.#protection, path);
    if (readClosing(this.#fileSystem, path) === null) return false;
    this.#closed.add(runId);
    return true;
  }

  /** What is appended now must not fall behind a fence that was left standing. @throws ProblemError record-not-written */
  #clearCutoff(path: string, { entryCount, wholeBytes, endHash }: RecordText): void {
    if (this.#readAnchor(path)?.isCutoff !== true) return;
    if (!removeCutoff(this.#fileSystem, path, { entryCount, size: wholeBytes, hash: endHash })) throw notWritten(anchorPath(path), 'fence');
  }

  #writerAfter(runId: string, path: string, text: RecordText): RunWriter {
    const { state, entryCount, wholeBytes, endHash } = text;
    const end = { path, state, entryCount, size: wholeBytes, hash: endHash, chain: text.chain() };
    return new FileRunWriter(this.#fileSystem, end, {
      onWayBack: () => this.#reserve?.setWayBack(true),
      onWritten: (entries) => this.#onWritten(runId, entries),
    });
  }
}
