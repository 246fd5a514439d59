import type { Facts } from '../contract/facts.js';
import { problem, type Problem } from '../contract/problem.js';
import type { Run } from '../contract/run.js';
import { disabledByRun, findFailoverTraces, isFailoverDenied } from '../core/maintenance/failover.js';

/**
 * What forbids a run to change anything more: a failover that is at work, half done or done. Null if there is none, or it was denied by
 * name.
 */
export function findFailoverProblem(facts: Facts, run: Run): Problem | null {
  const { kind, disabled } = findFailoverTraces(facts, disabledByRun(run));
  return kind === 'none' || isFailoverDenied(run) ? null : problem('failover-under-way', { services: disabled.join(', ') });
}
