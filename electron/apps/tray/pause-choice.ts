import type { Problem } from '../../contract/problem.js';
import type { ServerSession } from './server-session.js';

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
