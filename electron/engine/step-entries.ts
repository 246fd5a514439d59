import type { Problem } from '../contract/problem.js';
import type { Change, EntryDraft } from '../contract/run.js';
import type { ServiceStatus } from '../contract/service.js';
import type { WorkingRun } from './working-run.js';

/** The three things a record says of a change, and what listeners hear of each. All throw ProblemError record-not-written. */

/** Before the order goes out. */
export function storeIntended(working: WorkingRun, serviceName: string, change: Change): void {
  working.tell({ type: 'intended', serviceName, change });
}

/**
 * When Windows says that it holds.
 * @param status as Windows said so
 */
export function storeChanged(working: WorkingRun, serviceName: string, change: Change['kind'], status: ServiceStatus | null): void {
  const started = change === 'start' && status !== null ? startedEntries(working, serviceName, status) : [];
  working.tell({ type: 'changed', serviceName, change }, ...started);
}

/**
 * What was started takes calls in a process that is new to the record: named at once, its end is a loss also before the next
 * reading of everything. A process that the record has there is left to that reading, which tells what went with it.
 */
function startedEntries({ run }: WorkingRun, serviceName: string, { state, processId }: ServiceStatus): readonly EntryDraft[] {
  const known = run.lastSeen.get(serviceName);
  if (known !== undefined && known.processId !== 0 && !known.isLost) return [];
  return [{ type: 'observed', services: { [serviceName]: { state, processId } } }];
}

export function storeFailed(working: WorkingRun, serviceName: string, change: Change['kind'], problem: Problem): void {
  working.tell({ type: 'failed', serviceName, change, problem });
}
