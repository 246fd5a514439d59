import type { AppCommand } from '../contract/app-snapshot.js';
import { ProblemError, type Problem } from '../contract/problem.js';
import type { Actor, EntryDraft } from '../contract/run.js';
import { refusalInPhase } from '../core/maintenance/allowed-orders.js';
import type { Lock } from '../ports/run-records.js';
import type { CommandResult, EngineListener } from './engine.js';
import type { OpenRun } from './open-run.js';
import type { EngineParts } from './parts.js';
import { WATCH_COMMAND } from './watch-command.js';
import { WorkingRun } from './working-run.js';

/** What `watch` needs to write a line; commands wait so long for it to release the lock. */
const WATCH_LOCK_PATIENCE_MS = 2_000;
const WATCH_LOCK_RETRY_MS = 50;

/**
 * The right of one command to change the server, and the run that it works on. A command takes it, opens the run or goes on with
 * it, and gives back in the end whatever it took.
 */
export class RunLock {
  readonly #parts: EngineParts;
  readonly #by: Actor;
  readonly #listen: EngineListener;
  #lock: Lock | null = null;
  #working: WorkingRun | null = null;

  constructor(parts: EngineParts, by: Actor, listen: EngineListener) {
    this.#parts = parts;
    this.#by = by;
    this.#listen = listen;
  }

  /** @throws ProblemError lock-held, and whatever the records refuse */
  async take(command: AppCommand): Promise<void> {
    const { records, host } = this.#parts;
    await records.prepareChange();
    this.#lock = await this.#acquire(command);
    for (const from of this.#lock.takenOverFrom) this.#listen({ type: 'lock-taken-over', from, ...host.now() });
  }

  /** Opens a new run with its first two entries. @throws ProblemError record-not-written */
  openRun(opening: Extract<EntryDraft, { type: 'run-opened' }>, ordered: Extract<EntryDraft, { type: 'ordered' }>): WorkingRun {
    const { records, host } = this.#parts;
    return (this.#working = new WorkingRun(records.open(host.now(), opening, ordered), this.#parts, this.#listen));
  }

  /** Goes on with the open run. @throws ProblemError record-damaged, record-newer, record-not-written */
  reopenRun({ read }: OpenRun): WorkingRun {
    return (this.#working = new WorkingRun(this.#parts.records.reopen(read), this.#parts, this.#listen));
  }

  /**
   * How a command ends that failed after its first change: it says so, because the server is no longer as it was.
   * @throws what it failed at, where nothing was changed, or where that is a defect
   */
  resultOf(failure: unknown): CommandResult {
    if (!(failure instanceof ProblemError) || this.#working?.hasChangedServer !== true) throw failure;
    return { outcome: 'failed', problem: afterChanges(failure.problem), checklist: null };
  }

  /** Gives back whatever was taken: the run's file, the handles of counters, the lock. */
  async release(): Promise<void> {
    const lock = this.#lock;
    if (lock === null) return;
    this.#lock = null;
    try {
      this.#working?.close();
    } finally {
      // The lock last: the next owner finds no counter open that disturbs its own.
      await this.#parts.evidence.release().finally(() => lock.release());
    }
  }

  async #acquire(command: AppCommand): Promise<Lock> {
    const { records, host } = this.#parts;
    const since = host.now().upMs;
    for (;;) {
      try {
        return records.acquireLock({ ...this.#by, command }, host.now());
      } catch (error) {
        const isHeldByWatch = error instanceof ProblemError && error.problem.params['command'] === WATCH_COMMAND;
        if (!isHeldByWatch || host.now().upMs - since >= WATCH_LOCK_PATIENCE_MS) throw error;
        await host.sleep(WATCH_LOCK_RETRY_MS);
      }
    }
  }
}

/** That a change was not made holds for the last one only. */
function afterChanges(found: Problem): Problem {
  return found.id === 'record-not-written' ? { ...found, params: { ...found.params, after: 'changes' } } : found;
}

/** @throws ProblemError no-open-run, already-returning, maintenance-open: why the open run does not take this order now */
export function requireAllowed(order: AppCommand, open: OpenRun | null): void {
  const run = open?.run.order ?? null;
  const refusal = refusalInPhase(
    order,
    run === null ? null : { command: run.command, phase: run.command === 'resume' ? 'returning' : 'draining' },
  );
  if (refusal !== null) throw new ProblemError(refusal);
}
