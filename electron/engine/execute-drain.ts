import type { Checklist } from '../contract/checklist.js';
import { problem } from '../contract/problem.js';
import { servicesToAccept } from '../core/maintenance/needs-acceptance.js';
import { drainTurns, nextDrainStep } from '../core/maintenance/next-step.js';
import type { RunView } from '../core/maintenance/run-view.js';
import { stalledProblem } from '../core/maintenance/stalled-problem.js';
import { countUnfinished } from '../core/maintenance/unfinished.js';
import { BackgroundReadings } from './background-readings.js';
import { changeServices } from './change-services.js';
import { deadlineOf, forChanges, type CommandContext } from './command-context.js';
import { endWithLosses } from './end-with-losses.js';
import type { CommandResult, DrainRequest } from './engine.js';
import { findOpenRun } from './open-run.js';
import { drainOrder } from './order.js';
import { CONFIGURATION_MAX_AGE_MS, observeWithRetry, POLL_MS, readAndRecord, recordProcesses } from './record-reading.js';
import { blockedResult, checkOrder, readForOrder, startOrder } from './start-order.js';
import type { WorkingRun } from './working-run.js';

/** Pauses, sets the start types, and waits until ready. */
export async function executeDrain(context: CommandContext, request: DrainRequest): Promise<CommandResult> {
  const { parts, lock } = context;
  try {
    await lock.take('drain');
    const open = await findOpenRun(parts);
    const { services, facts } = await readForOrder(context, open, request.services);
    const given = { order: drainOrder(request, services), overrides: request.overrides, note: request.note ?? null, facts };
    const checked = checkOrder(context, open, given);
    if (checked.blocked !== null) return blockedResult(context, open, checked);
    const working = startOrder(context, open, checked);
    return endWithLosses(await runDrainLoop(forPausing(context), working));
  } catch (error) {
    return lock.resultOf(error);
  } finally {
    await lock.release();
  }
}

/** A command that does not wait makes all its changes all the same. */
export function forPausing(context: CommandContext): CommandContext {
  return forChanges(context, context.wait.timeoutMs === 0 ? null : deadlineOf(context));
}

/** Decides, changes and reads until the drain's or quick pause's order is fulfilled, failed, or the waiting ends. */
export async function runDrainLoop(context: CommandContext, working: WorkingRun): Promise<CommandResult> {
  let facts = await observeWithRetry(context, working, 0);
  // Before anything is changed: afterwards it cannot be told what the restart left running.
  recordProcesses(working, facts);
  for (;;) {
    const readings = new BackgroundReadings(context, working, facts);
    await changeServices(context, working, facts, { turnsOf: drainTurns, unreadable: new Map(), readings });
    // What was changed took its time: only a reading of now tells how many sessions are left.
    const { view, checklist } = await readAndRecord(context, working, CONFIGURATION_MAX_AGE_MS, facts);
    facts = view.facts;
    const step = nextDrainStep(view, checklist.ready);
    if (step.kind === 'finish') return { outcome: step.outcome, problem: step.problem, checklist };
    working.announce({ type: 'sessions', checklist });
    const end = endOfWaiting(context, checklist) ?? (step.kind === 'wait' ? endForAcceptance(context, view, checklist) : null);
    if (end !== null) return end;
    if (step.kind === 'wait') await context.parts.host.sleep(POLL_MS, context.wait.signal);
  }
}

function isOverdue({ parts, deadlineUpMs }: CommandContext): boolean {
  return deadlineUpMs !== null && parts.host.now().upMs >= deadlineUpMs;
}

function endOfWaiting(context: CommandContext, checklist: Checklist): CommandResult | null {
  const { signal, timeoutMs } = context.wait;
  if (signal.aborted) return interrupted(checklist);
  if (timeoutMs === 0) return { outcome: 'draining', problem: null, checklist };
  if (!isOverdue(context)) return null;
  const [stall] = checklist.stalled;
  if (stall === undefined) return { outcome: 'still-draining', problem: problem('still-draining', leftOf(checklist)), checklist };
  return { outcome: 'stalled', problem: stalledProblem(stall), checklist };
}

/** Waiting longer would change nothing: all that can be known has held zero, and the rest needs an administrator's word. */
function endForAcceptance({ parts }: CommandContext, view: RunView, checklist: Checklist): CommandResult | null {
  const missing = servicesToAccept(view, checklist.quiet, parts.stalledAfterMs);
  return missing === null
    ? null
    : { outcome: 'needs-acceptance', problem: problem('needs-acceptance', { services: missing.join(' ') }), checklist };
}

function interrupted(checklist: Checklist): CommandResult {
  return { outcome: 'interrupted', problem: problem('interrupted', leftOf(checklist)), checklist };
}

/** What is left undone when the waiting ends in the middle of the changes. */
function leftOf(checklist: Checklist): { readonly left?: number } {
  const left = countUnfinished(checklist);
  return left === 0 ? {} : { left };
}
