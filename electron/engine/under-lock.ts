import type { AppCommand } from '../contract/app-snapshot.js';
import { problem, ProblemError } from '../contract/problem.js';
import type { Actor, Run } from '../contract/run.js';
import type { Computer } from '../contract/computer.js';
import { refusalInPhase } from '../maintenance/allowed-orders.js';
import type { Lock, LockOwner, ReadRun } from '../record/run-records.js';
import type { CommandResult, EngineListener } from './engine.js';
import { findTailLoss, tailLostProblem, type TailLoss } from './lost-tail.js';
import type { EngineParts } from './parts.js';

/** A run that was read whole, so that it can be gone on with. */
export interface OpenRun {
  /** As the records gave it out: what they need to go on with it. */
  readonly read: ReadRun;
  readonly run: Run;
  /** Null but on the way back. */
  readonly lost: TailLoss | null;
}

/** What a passing visitor (`watch`) needs to write a line; commands wait so long for it to leave. */
const VISITOR_PATIENCE_MS = 2_000;
const VISITOR_RETRY_MS = 50;

/** The name under which a passing visitor holds the lock. */
export const VISITOR_COMMAND = 'watch';

/**
 * Does a command with the lock held and the open run at hand. Whatever happens, lock and counter handles are given back.
 * @throws ProblemError whatever the records refuse
 */
export async function underLock(
  parts: EngineParts,
  command: string,
  by: Actor,
  listen: EngineListener,
  body: (open: OpenRun | null) => Promise<CommandResult>,
  find: (parts: EngineParts) => Promise<OpenRun | null> = findOpenRun,
): Promise<CommandResult> {
  parts.records.prepare();
  const lock = await acquirePatiently(parts, { ...by, command });
  try {
    for (const from of lock.takenOverFrom) listen({ type: 'lock-taken-over', from, ...parts.host.now() });
    return await body(await find(parts));
  } finally {
    // The lock last: whoever waits for it finds no counter open that disturbs its own.
    await parts.evidence.release().finally(() => lock.release());
  }
}

async function acquirePatiently({ records, host }: EngineParts, owner: Omit<LockOwner, 'since' | 'computer'>): Promise<Lock> {
  const since = host.now().upMs;
  for (;;) {
    try {
      return records.acquireLock(owner, host.now());
    } catch (error) {
      const isVisitor = error instanceof ProblemError && error.problem.params['command'] === VISITOR_COMMAND;
      if (!isVisitor || host.now().upMs - since >= VISITOR_PATIENCE_MS) throw error;
      await host.sleep(VISITOR_RETRY_MS);
    }
  }
}

/** @throws ProblemError no-open-run, already-returning, maintenance-open: why the open run does not take this order now */
export function requireTaken(order: AppCommand, open: OpenRun | null): void {
  const run = open?.run.order ?? null;
  const refusal = refusalInPhase(order, run === null ? null : { command: run.command, phase: run.command === 'resume' ? 'returning' : 'draining' });
  if (refusal !== null) throw new ProblemError(refusal);
}

/** The open run, null if there is none. @throws ProblemError record-damaged, record-newer, record-of-other-computer, record-tail-lost */
export async function findOpenRun(parts: EngineParts): Promise<OpenRun | null> {
  const open = await findRunToBringBack(parts);
  if (open !== null && open.lost !== null) throw new ProblemError(tailLostProblem(parts, open.read, open.lost));
  return open;
}

/** The open run, also where its record lost its tail: the way back needs the originals only. @throws ProblemError record-damaged, record-newer, record-of-other-computer */
export async function findRunToBringBack(parts: EngineParts): Promise<OpenRun | null> {
  const open = requireWhole(parts.records.findOpen(), await parts.host.computer());
  return open === null ? null : { ...open, lost: await findTailLoss(parts, open.read, open.run) };
}

/** @throws ProblemError record-damaged, record-newer, record-of-other-computer */
export function requireWhole(read: ReadRun | null, computer: Computer): Omit<OpenRun, 'lost'> | null {
  if (read === null) return null;
  const { run, damage, path } = read;
  if (damage !== null) throw new ProblemError(damage);
  if (run === null) throw new ProblemError(problem('record-damaged', { path, line: 1 }));
  if (run.computerName.toUpperCase() !== computer.name.toUpperCase() || run.source !== computer.source) {
    throw new ProblemError(problem('record-of-other-computer', { computer: run.computerName, source: run.source }));
  }
  return { read, run };
}
