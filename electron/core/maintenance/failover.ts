import type { Check, Checklist } from '../../contract/checklist.js';

/** The check that found the server as a failover leaves it; undefined if it is not. No maintenance did that, and none undoes it. */
export function findFailover({ checks }: Pick<Checklist, 'checks'>): Check | undefined {
  return checks.find(({ id, result }) => id === 'failed-over' && result === 'block');
}
