import type { Checklist } from '../contract/checklist.js';
import type { Facts } from '../contract/facts.js';
import { problem } from '../contract/problem.js';
import { servicesToAccept } from '../core/maintenance/needs-acceptance.js';
import { drainTurns, nextDrainStep } from '../core/maintenance/next-step.js';
import { RunView } from '../core/maintenance/run-view.js';
import { stalledProblem } from '../core/maintenance/stalled-problem.js';
import { countUnfinished } from '../core/maintenance/unfinished.js';
import { BackgroundReadings } from './background-readings.js';
import { changeServices, type ChangeContext } from './change-services.js';
import type { CommandResult } from './engine.js';
import type { EngineParts } from './parts.js';
import {
  CONFIGURATION_MAX_AGE_MS,
  readAndRecord,
  recordProcesses,
  observeWithRetry,
  POLL_MS,
  type MonitorContext,
} from './record-reading.js';

/** What carrying out the run's present order needs. */
export interface RunContext extends ChangeContext, MonitorContext {
  readonly parts: EngineParts;
  /** False ends with `draining` as soon as nothing is left to change. */
  readonly waits: boolean;
}

/** Observes, decides and acts until the drain's or quick pause's order is fulfilled, failed, or the waiting ends. */
export async function runDrainLoop(context: RunContext): Promise<CommandResult> {
  let facts = await observeWithRetry(context, 0);
  // Before anything is changed: afterwards it cannot be told what the restart left running.
  recordProcesses(context.working, facts);
  for (;;) {
    await changeAll(context, facts);
    // What was changed took its time: only a reading of now tells how many sessions are left.
    const reading = await readAndRecord(context, CONFIGURATION_MAX_AGE_MS, facts);
    const { view, checklist } = reading;
    facts = view.facts;
    const step = nextDrainStep(view, checklist.ready);
    if (step.kind === 'finish') return { outcome: step.outcome, problem: step.problem, checklist };
    context.working.announce({ type: 'sessions', checklist });
    const end = endOfWaiting(context, checklist) ?? (step.kind === 'wait' ? endForAcceptance(context, view, checklist) : null);
    if (end !== null) return end;
    if (step.kind === 'wait') await context.parts.host.sleep(POLL_MS, context.signal);
  }
}

/** Makes every change that the order still needs, as far as the services allow; readings go on meanwhile. */
async function changeAll(context: RunContext, facts: Facts): Promise<void> {
  await changeServices(context, facts, (now) => drainTurns(new RunView(now, context.working.run)), new BackgroundReadings(context, facts));
}

function isOverdue({ parts, deadlineUpMs }: RunContext): boolean {
  return deadlineUpMs !== null && parts.host.now().upMs >= deadlineUpMs;
}

function endOfWaiting(context: RunContext, checklist: Checklist): CommandResult | null {
  if (context.signal.aborted) return interrupted(checklist);
  if (!context.waits) return { outcome: 'draining', problem: null, checklist };
  if (!isOverdue(context)) return null;
  const [stall] = checklist.stalled;
  if (stall === undefined) return { outcome: 'still-draining', problem: problem('still-draining', leftOf(checklist)), checklist };
  return { outcome: 'stalled', problem: stalledProblem(stall), checklist };
}

/** Waiting longer would change nothing: all that can be known has held zero, and the rest needs an administrator's word. */
function endForAcceptance({ parts }: RunContext, view: RunView, checklist: Checklist): CommandResult | null {
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
