import type { Check, Checklist } from '../../contract/checklist.js';
import type { Facts } from '../../contract/facts.js';
import type { Run } from '../../contract/run.js';
import { isSameService, namesService } from '../../contract/service-names.js';
import { CATALOGUE, FRONT_END } from '../catalogue/catalogue.js';

/**
 * What `Invoke-CsComputerFailOver` has done to this server. It disables and stops every service of Lync; only
 * `Invoke-CsComputerFailBack` may undo that. `half-done`: it is at work, was broken off, or the failback is: the Front-End is disabled,
 * or half of the services are.
 */
export interface FailoverTraces {
  readonly kind: 'none' | 'half-done' | 'failed-over';
  /** Services that are disabled, and not by the open run. */
  readonly disabled: readonly string[];
}

/** @param disabledByRun services that the open run set to Disabled itself */
export function findFailoverTraces(facts: Pick<Facts, 'statuses' | 'configurations'>, disabledByRun: readonly string[]): FailoverTraces {
  const installed = CATALOGUE.map(({ serviceName }) => serviceName).filter((name) => facts.statuses.has(name));
  const disabled = installed.filter(
    (name) => facts.configurations.get(name)?.start.startType === 'disabled' && !namesService(disabledByRun, name),
  );
  if (installed.length < 2) return { kind: 'none', disabled };
  const isAll = disabled.length === installed.length;
  if (isAll && disabled.every((name) => facts.statuses.get(name)?.state === 'stopped')) return { kind: 'failed-over', disabled };
  // One that is not in use may well be disabled; the Front-End is in use wherever it is installed.
  const isMany =
    disabled.some((name) => isSameService(name, FRONT_END)) || (disabled.length > 1 && disabled.length * 2 >= installed.length);
  return { kind: isMany ? 'half-done' : 'none', disabled };
}

/** Services that this run set to Disabled, and has not given back. */
export function disabledByRun(run: Run): readonly string[] {
  return [...run.services.values()]
    .filter(({ ourStart, restoreStart }) => ourStart?.startType === 'disabled' && restoreStart.kind !== 'done')
    .map(({ serviceName }) => serviceName);
}

export const HALF_DONE_CHECK = 'failover-half-done';

/** True once an administrator said by name that it is no failover. */
export function isFailoverDenied({ overrides }: Pick<Run, 'overrides'>): boolean {
  return overrides.some((id) => id.toLowerCase() === HALF_DONE_CHECK);
}

/** The check that found the server as a failover leaves it; undefined if it is not. No maintenance did that, and none undoes it. */
export function findFailover({ checks }: Pick<Checklist, 'checks'>): Check | undefined {
  return checks.find(({ id, result }) => id === 'failed-over' && result === 'block');
}

/** The same, also of a failover that is at work or half done. */
export function findAnyFailover(checklist: Pick<Checklist, 'checks'>): Check | undefined {
  return findFailover(checklist) ?? checklist.checks.find(({ id, result }) => id === HALF_DONE_CHECK && result === 'block');
}
