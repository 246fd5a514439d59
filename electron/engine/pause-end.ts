import type { Order, Run } from '../contract/run.js';
import { isFromBeforeRestart } from '../core/maintenance/from-before-restart.js';
import type { OpenRun } from './open-run.js';
import type { EngineParts } from './parts.js';

/** An order that is to be given. */
interface Ordered {
  readonly order: Order;
}

/**
 * Makes the scheduled task that ends a quick pause too, before the order is on record and anything is paused; a task that is left over
 * in between finds nothing to do.
 * @returns the order with the task's name
 * @throws ProblemError pause-task-unsafe, pause-task-not-made; nothing has been changed then
 */
export async function withEndTask<T extends Ordered>(parts: EngineParts, checked: T): Promise<T & { readonly endTask?: string | null }> {
  const { order } = checked;
  if (order.until === null || parts.openPauseEndTask === undefined) return checked;
  const task = await parts.openPauseEndTask();
  const isMade = await task.make(order.until);
  return isMade ? { ...checked, order: { ...order, endTask: task.name }, endTask: task.name } : { ...checked, endTask: null };
}

/** Sets the task right after an order was not recorded: the one before still holds. */
export async function putEndTaskBack(parts: EngineParts, open: OpenRun | null, { order }: Ordered): Promise<void> {
  if (order.endTask === undefined) return;
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
