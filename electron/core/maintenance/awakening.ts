import type { Facts } from '../../contract/facts.js';
import type { LastSeen, Run } from '../../contract/run.js';
import type { ServiceStatus } from '../../contract/service.js';
import { isAwake, isRestartUnrecorded } from './step-status.js';

/** A service that took no new work when it was last recorded, and has been awake since. */
export interface Awakening {
  readonly serviceName: string;
  /** `state`: it is awake now. `process`: it rests in another process, so it was started in between. */
  readonly by: 'state' | 'process';
}

/** Services that the record knows asleep and that were, or are, awake: what was proved of them before proves nothing now. */
export function findAwakenings(facts: Facts, run: Run, serviceNames: readonly string[]): readonly Awakening[] {
  // After a restart of Windows another process may by chance have the number of the one before.
  const isRestarted = isRestartUnrecorded(facts, run);
  return serviceNames.flatMap((serviceName): Awakening[] => {
    const by = howAwoken(facts.statuses.get(serviceName), run.lastSeen.get(serviceName), isRestarted);
    return by === null ? [] : [{ serviceName, by }];
  });
}

/** @param isRestarted Windows was restarted since the record's last word, as `isRestartUnrecorded` says */
export function howAwoken(status: ServiceStatus | undefined, last: LastSeen | undefined, isRestarted: boolean): Awakening['by'] | null {
  if (last === undefined || last.asleepFromSeq === null || status === undefined) return null;
  if (isAwake(status.state)) return 'state';
  return status.processId !== 0 && (isRestarted || status.processId !== last.processId) ? 'process' : null;
}
