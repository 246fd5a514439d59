import type { Facts } from '../../contract/facts.js';
import type { Run } from '../../contract/run.js';
import { distinctServices } from '../../contract/service-names.js';
import type { ServiceState } from '../../contract/service.js';
import { holdsAgainstRestart } from './start-hold.js';

/** Paused, or on the way there. */
export const IS_PAUSED: Readonly<Record<ServiceState, boolean>> = {
  paused: true,
  'pause-pending': true,
  running: false,
  stopped: false,
  'start-pending': false,
  'stop-pending': false,
  'continue-pending': false,
};

/**
 * Services of which the record does not say what they were: those of its order, where the program was killed before it changed
 * anything or the originals were lost, and those that a loss was told of.
 */
export function unrecordedServices({ order, services, tailLost }: Run): readonly string[] {
  const ordered = order.command === 'resume' ? [] : order.services;
  return distinctServices([...ordered, ...(tailLost?.unrecorded ?? [])]).filter((name) => !services.has(name));
}

/**
 * Planned services that are held and of which the record does not say what they were: their originals were lost, because a run
 * changes nothing before it has recorded them.
 * @param hasUndoCard true where the undo card was written, which comes after the originals; without it only a pause shows
 * that something was changed
 */
export function heldWithoutOriginal(facts: Pick<Facts, 'statuses' | 'configurations'>, run: Run, hasUndoCard: boolean): readonly string[] {
  return unrecordedServices(run).filter((serviceName) => {
    const state = facts.statuses.get(serviceName)?.state;
    const start = facts.configurations.get(serviceName)?.start;
    return state !== undefined && (IS_PAUSED[state] || (hasUndoCard && start !== undefined && holdsAgainstRestart(start, 'demand')));
  });
}

/** Services that this run lost the originals of, that are still held, and that no administrator chose to keep so. */
export function lostOriginals(facts: Facts, run: Run): readonly string[] {
  return run.tailLost === undefined ? [] : heldWithoutOriginal(facts, run, true);
}
