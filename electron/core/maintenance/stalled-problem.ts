import type { Stalled } from '../../contract/checklist.js';
import { problem, type Problem } from '../../contract/problem.js';
import { MINUTE_MS } from '../../contract/time-units.js';

/** Sessions that do not end, in whole minutes. */
export function stalledProblem({ serviceName, count, sinceMs }: Stalled): Problem {
  return problem('stalled', { serviceName, count, minutes: Math.floor(sinceMs / MINUTE_MS) });
}
