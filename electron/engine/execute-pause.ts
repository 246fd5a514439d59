import type { Checklist } from '../contract/checklist.js';
import type { Instant } from '../contract/computer.js';
import { problem, ProblemError } from '../contract/problem.js';
import { bringBack } from './bring-back.js';
import { endWithLosses } from './end-with-losses.js';
import type { EngineContext } from './engine-context.js';
import type { CommandResult, PauseRequest } from './engine.js';
import { blockedResult, checkOrder, forPausing, readForOrder, runDrainLoop, startOrder, type CheckedOrder } from './execute-drain.js';
import { findOpenRun, type OpenRun } from './open-run.js';
import { pauseOrder, resumeOrder } from './order.js';
import { putEndTaskBack, settleEndTask, withEndTask } from './pause-end.js';
import { lookAtPool } from './pool-claim.js';
import { CONFIGURATION_MAX_AGE_MS, readAndRecord } from './record-reading.js';
import { requireAllowed } from './run-lock.js';
import type { WorkingRun } from './working-run.js';

/** Stops new work; with `forMs` and patience to wait, brings everything back when the time is up. */
export async function executePause(context: EngineContext, request: PauseRequest): Promise<CommandResult> {
  const { parts, lock } = context;
  try {
    await lock.take('pause');
    const open = await findOpenRun(parts);
    requireAllowed('pause', open);
    const { services, facts: read } = await readForOrder(context, open, request.services);
    const facts = await lookAtPool(context, read, pauseOrder(request, services, read.now.at), open?.run ?? null);
    // Its end counts from here: the look at the pool took its time.
    const given = { order: pauseOrder(request, services, parts.host.now().at), overrides: request.overrides, note: null, facts };
    const checked = checkOrder(context, open, given);
    if (checked.blocked !== null) return blockedResult(context, open, checked);
    const working = await startPause(context, open, request.withoutEndTask === true ? checked : await withEndTask(parts, checked));
    const changing = forPausing(context);
    return endWithLosses(await endQuickPause(changing, working, await runDrainLoop(changing, working)));
  } catch (error) {
    return lock.resultOf(error);
  } finally {
    await lock.release();
  }
}

/** Goes on record with its end task, which is set right if that fails. @throws ProblemError record-not-written */
async function startPause(context: EngineContext, open: OpenRun | null, checked: CheckedOrder): Promise<WorkingRun> {
  let working: WorkingRun;
  try {
    working = startOrder(context, open, checked);
  } catch (error) {
    await putEndTaskBack(context.parts, open, checked);
    throw error;
  }
  await settleEndTask(context.parts, open?.run ?? null, working.run);
  return working;
}

/** How often a waiting quick pause looks: whether its time is up, and what happens meanwhile. */
const COUNTDOWN_POLL_MS = 1_000;

/** Waits for the end of a quick pause that has one, and brings everything back then. */
async function endQuickPause(context: EngineContext, working: WorkingRun, paused: CommandResult): Promise<CommandResult> {
  const { until } = working.run.order;
  // What could be paused goes back by itself, also where something could not.
  if (until === null || context.wait.timeoutMs === 0 || (paused.outcome !== 'paused' && paused.outcome !== 'partly')) return paused;
  const checklist = await countDown(context, working, until, paused.checklist);
  if (context.wait.signal.aborted) return { outcome: 'interrupted', problem: problem('interrupted'), checklist };
  const { run } = working;
  const order = resumeOrder({ services: null, stayStopped: false, conflicts: null }, [...run.services.keys()], run);
  working.store({ type: 'ordered', by: context.by, order });
  const returned = await bringBack(context, working, null);
  return returned.outcome === 'returned' && paused.outcome === 'partly'
    ? { ...returned, outcome: 'partly', problem: paused.problem }
    : returned;
}

/**
 * Looks on until the time is up or waiting is given up: also a pause of minutes can leak, or lose sessions. The time is up by whichever
 * clock says so first: the one that is set back may not lengthen the pause, nor the one that stood still while the computer slept.
 * @param until UTC, ISO 8601
 * @returns the last reading
 */
async function countDown(context: EngineContext, working: WorkingRun, until: string, first: Checklist | null): Promise<Checklist | null> {
  const { host } = context.parts;
  const { signal } = context.wait;
  const endMs = Date.parse(until);
  const begun = host.now();
  const endUpMs = begun.upMs + endMs - Date.parse(begun.at);
  const leftMs = ({ at, upMs }: Instant): number => Math.min(endUpMs - upMs, endMs - Date.parse(at));
  let checklist = first;
  for (let left = leftMs(begun); left > 0 && !signal.aborted; left = leftMs(host.now())) {
    await host.sleep(Math.min(COUNTDOWN_POLL_MS, left), signal);
    checklist = (await readForWatch(context, working)) ?? checklist;
  }
  return checklist;
}

/** Null if nothing could be read, or recorded: that must not keep the services from coming back in time. */
async function readForWatch(context: EngineContext, working: WorkingRun): Promise<Checklist | null> {
  try {
    const { checklist } = await readAndRecord(context, working, CONFIGURATION_MAX_AGE_MS, null);
    working.announce({ type: 'sessions', checklist });
    return checklist;
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}
