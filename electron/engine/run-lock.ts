import type { AppCommand } from '../contract/app-snapshot.js';
import { ProblemError } from '../contract/problem.js';
import type { Actor } from '../contract/run.js';
import { refusalInPhase } from '../core/maintenance/allowed-orders.js';
import type { Lock, LockOwner } from '../ports/run-records.js';
import type { CommandResult, EngineListener, WaitOptions } from './engine.js';
import { findOpenRun, type OpenRun } from './open-run.js';
import type { EngineParts } from './parts.js';
import { WATCH_COMMAND } from './watch-command.js';

/** What `watch` needs to write a line; commands wait so long for it to release the lock. */
const WATCH_LOCK_PATIENCE_MS = 2_000;
const WATCH_LOCK_RETRY_MS = 50;

/** Who gave a command, and who hears how it goes. */
export interface Caller {
  readonly by: Actor;
  readonly listen: EngineListener;
}

/** A caller, with how long the command may wait. */
export interface WaitingCaller extends Caller {
  readonly wait: WaitOptions;
}

/**
 * Does a command with the lock held and the open run at hand. Whatever happens, lock and counter handles are given back.
 * @throws ProblemError whatever the records refuse
 */
export async function withRunLock(
  parts: EngineParts,
  { command, by, listen }: Caller & { readonly command: string },
  body: (open: OpenRun | null) => Promise<CommandResult>,
  find: (parts: EngineParts) => Promise<OpenRun | null> = findOpenRun,
): Promise<CommandResult> {
  await parts.records.prepareChange();
  const lock = await acquireWithRetry(parts, { ...by, command });
  try {
    for (const from of lock.takenOverFrom) listen({ type: 'lock-taken-over', from, ...parts.host.now() });
    return await body(await find(parts));
  } finally {
    // The lock last: the next owner finds no counter open that disturbs its own.
    await parts.evidence.release().finally(() => lock.release());
  }
}

async function acquireWithRetry({ records, host }: EngineParts, owner: Omit<LockOwner, 'since' | 'computer'>): Promise<Lock> {
  const since = host.now().upMs;
  for (;;) {
    try {
      return records.acquireLock(owner, host.now());
    } catch (error) {
      const isHeldByWatch = error instanceof ProblemError && error.problem.params['command'] === WATCH_COMMAND;
      if (!isHeldByWatch || host.now().upMs - since >= WATCH_LOCK_PATIENCE_MS) throw error;
      await host.sleep(WATCH_LOCK_RETRY_MS);
    }
  }
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
