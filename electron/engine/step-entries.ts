import type { Problem } from '../contract/problem.js';
import type { Change } from '../contract/run.js';
import { STEP_OF_CHANGE } from './entry-event.js';
import type { WorkingRun } from './working-run.js';

/** The three things a record says of a change, and what listeners hear of each. All throw ProblemError record-not-written. */

/** Before the order goes out. */
export function storeIntended(working: WorkingRun, serviceName: string, change: Change): void {
  working.store({ type: 'intended', serviceName, change });
  working.announce({ type: 'step', serviceName, step: STEP_OF_CHANGE[change.kind], state: 'doing', problem: null });
}

/** When Windows says that it holds. */
export function storeChanged(working: WorkingRun, serviceName: string, change: Change['kind']): void {
  working.store({ type: 'changed', serviceName, change });
  working.announce({ type: 'step', serviceName, step: STEP_OF_CHANGE[change], state: 'done', problem: null });
}

export function storeFailed(working: WorkingRun, serviceName: string, change: Change['kind'], problem: Problem): void {
  working.store({ type: 'failed', serviceName, change, problem });
  working.announce({ type: 'step', serviceName, step: STEP_OF_CHANGE[change], state: 'failed', problem });
}
