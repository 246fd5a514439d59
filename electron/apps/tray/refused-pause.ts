import { QUICK_PAUSES_MS, type RefusedPause } from '../../contract/app-snapshot.js';
import type { CommandResult, PauseRequest } from '../../engine/engine.js';

/** Problems of the scheduled task that ends a quick pause: without the task it can begin. */
const OF_THE_TASK: readonly unknown[] = ['pause-task-unsafe', 'pause-task-not-made'];

/** The quick pause that may be given again without its task; null if something else is wrong with it, or nothing is. */
export function refusedPauseOf({ services, forMs, reason, overrides }: PauseRequest, { problem }: CommandResult): RefusedPause | null {
  const known = QUICK_PAUSES_MS.find((length) => length === forMs);
  return known === undefined || !OF_THE_TASK.includes(problem?.id) ? null : { services, forMs: known, reason, overrides };
}
