import { QUICK_PAUSES_MS, type RefusedPause } from '../../contract/app-snapshot.js';
import type { Problem } from '../../contract/problem.js';
import type { CommandResult, PauseRequest } from '../../engine/engine.js';
import type { ServerSession } from './server-session.js';

/** Problems of the scheduled task that ends a quick pause: without the task it can begin. */
const OF_THE_TASK: readonly unknown[] = ['pause-task-unsafe', 'pause-task-not-made'];

/** The quick pause that may be given again without its task; null if something else is wrong with it, or nothing is. */
export function refusedPauseOf({ services, forMs, reason, overrides }: PauseRequest, { problem }: CommandResult): RefusedPause | null {
  const known = QUICK_PAUSES_MS.find((length) => length === forMs);
  return known === undefined || !OF_THE_TASK.includes(problem?.id) ? null : { services, forMs: known, reason, overrides };
}

/**
 * After a quick pause was ordered where nothing can be explained: asks whether it is to begin without the task, and gives it again.
 * @param ask resolves to true for "without it"
 */
export async function offerPauseWithoutTask(session: ServerSession, ask: (obstacle: Problem) => Promise<boolean>): Promise<void> {
  await session.orders.settled();
  const { problem: obstacle, refusedPause } = session.parts.store.state.lastResult ?? {};
  if (obstacle == null || refusedPause === undefined || !(await ask(obstacle))) return;
  session.orders.pause({ ...refusedPause, withoutEndTask: true });
}
