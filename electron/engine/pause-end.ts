import type { Order, Run } from '../contract/run.js';
import { isFromBeforeRestart } from '../core/maintenance/from-before-restart.js';
import type { EngineListener } from './engine.js';
import type { OpenRun } from './open-run.js';
import type { EngineParts } from './parts.js';
import { startOrder, type CheckedOrder } from './start-order.js';
import type { WorkingRun } from './working-run.js';

/**
 * Starts an order and sets the scheduled task right that ends a quick pause: made before the order is on record and anything is paused,
 * taken away once an order without an end is on record. A task that is left over in between finds nothing to do.
 * @throws ProblemError pause-task-unsafe, pause-task-not-made, and as `startOrder` does; nothing has been changed then
 */
export async function startOrderWithEnd(
  parts: EngineParts,
  open: OpenRun | null,
  checked: CheckedOrder,
  listen: EngineListener,
): Promise<WorkingRun> {
  const endTask = await makeEndTask(parts, checked);
  const order: Order = typeof endTask === 'string' ? { ...checked.order, endTask } : checked.order;
  let working: WorkingRun;
  try {
    working = startOrder(parts, open, { ...checked, order, ...(endTask !== undefined && { endTask }) }, listen);
  } catch (error) {
    if (typeof endTask === 'string') await putBack(parts, open);
    throw error;
  }
  await settleEndTask(parts, open?.run ?? null, working.run);
  return working;
}

/** @returns the name of the task, null if this system makes none, undefined if none is wanted */
async function makeEndTask(parts: EngineParts, { order, withoutEndTask }: CheckedOrder): Promise<string | null | undefined> {
  const { until } = order;
  if (until === null || withoutEndTask === true || parts.openPauseEndTask === undefined) return undefined;
  const task = await parts.openPauseEndTask();
  return (await task.make(until)) ? task.name : null;
}

/** The order that was to come was not recorded: the one before still holds. */
async function putBack(parts: EngineParts, open: OpenRun | null): Promise<void> {
  const task = await parts.openPauseEndTask?.();
  const before = open?.run.order;
  if (before?.endTask === undefined || before.until === null) await task?.remove();
  else await task?.make(before.until).catch(() => false);
}

/** Takes the task away once nothing is left for it to do. Not called while the run that has one is only read. */
export async function settleEndTask(parts: EngineParts, before: Run | null, after: Run): Promise<void> {
  const hadTask = before?.order.endTask !== undefined || after.order.endTask !== undefined;
  const needsTask = after.closed === null && after.order.endTask !== undefined;
  if (hadTask && !needsTask) await (await parts.openPauseEndTask?.())?.remove();
}

/**
 * Whether the scheduled task may bring this run back: its quick pause is over, or was ended by a restart of Windows, or its way back
 * was begun and cut off. Where it may never, because the run is another or closed, the task goes.
 */
export async function mayEndPause(parts: EngineParts, run: Run | null): Promise<boolean> {
  if (run?.order.endTask === undefined) {
    await (await parts.openPauseEndTask?.())?.remove();
    return false;
  }
  const { command, until } = run.order;
  if (command === 'resume') return true;
  const { at } = parts.host.now();
  return (until !== null && Date.parse(until) <= Date.parse(at)) || isFromBeforeRestart(run, await parts.host.computer());
}
