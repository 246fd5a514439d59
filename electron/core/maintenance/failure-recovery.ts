import type { Facts } from '../../contract/facts.js';

/** True if a recovery action starts the service again after its process ended. False if Windows does not say. */
export function restartsAfterFailure(facts: Facts, serviceName: string): boolean {
  const failureActions = facts.configurations.get(serviceName)?.failureActions;
  return failureActions?.known === true && failureActions.value.includes('restart');
}
