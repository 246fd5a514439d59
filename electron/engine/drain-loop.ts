import type { Checklist } from '../contract/checklist.js';
import { problem } from '../contract/problem.js';
import { servicesToAccept } from '../core/maintenance/needs-acceptance.js';
import { drainTurns, nextDrainStep } from '../core/maintenance/next-step.js';
import type { RunView } from '../core/maintenance/run-view.js';
import { stalledProblem } from '../core/maintenance/stalled-problem.js';
import { countUnfinished } from '../core/maintenance/unfinished.js';
import { BackgroundReadings } from './background-readings.js';
import { changeServices } from './change-services.js';
import type { CommandContext } from './command-context.js';
import type { CommandResult } from './engine.js';
import { CONFIGURATION_MAX_AGE_MS, observeWithRetry, POLL_MS, readAndRecord, recordProcesses } from './record-reading.js';
import type { WorkingRun } from './working-run.js';

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
