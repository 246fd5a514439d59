import type { Facts } from '../../contract/facts.js';
import type { HeldService, RecordedService, Run } from '../../contract/run.js';
import { isSameStart } from '../../contract/service.js';
import { IS_PAUSED } from './lost-tail.js';
import { holdsAgainstRestart } from './start-hold.js';

/*
 * The last lines of a record may be lost while its chain is whole. What a run did is then no longer known; what the services
 * were before still is, as far as their originals are left. So everything that differs from its original in the way in which
 * a run makes it differ counts as changed by it.
 */

/**
 * What counts as changed by a run that lost its tail: the start type that it holds, and whether it was paused. Only services
 * that differ.
 */
export function assumeChanged(facts: Facts, run: Run): Readonly<Record<string, HeldService>> {
  const changed = [...run.services.values()].flatMap((service): [string, HeldService][] => {
    const held = assumeHeld(facts, service);
    return held.start === null && !held.isPaused ? [] : [[service.serviceName, held]];
  });
  return Object.fromEntries(changed);
}

function assumeHeld(facts: Facts, { serviceName, original }: RecordedService): HeldService {
  const state = facts.statuses.get(serviceName)?.state;
  const start = facts.configurations.get(serviceName)?.start ?? null;
  const wasAwake = original.state !== 'stopped' && original.state !== 'stop-pending' && !IS_PAUSED[original.state];
  // A paused service that was restarted with the computer is found stopped.
  const isOut = state !== undefined && (IS_PAUSED[state] || state === 'stopped');
  const isHeld = start !== null && holdsAgainstRestart(start, 'demand') && !isSameStart(start, original.start);
  return { start: isHeld ? start : null, isPaused: wasAwake && isOut };
}
