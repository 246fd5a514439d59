import type { Hold } from '../../contract/app-snapshot.js';
import type { StartSetting, StartType } from '../../contract/service.js';

/** What a run sets start types to; null leaves them alone. */
export type StartHold = Hold | null;

/** True when a restart of Windows does not start the service by its start type, as strongly as was ordered. */
export function holdsAgainstRestart({ startType }: { readonly startType: StartType }, hold: StartHold): boolean {
  if (hold === null || startType === 'disabled') return true;
  return hold === 'demand' && startType === 'demand';
}

/**
 * The setting that holds the service. The delayed flag is left as it is: it means nothing outside automatic start, and
 * what is not written need not be restored.
 */
export function heldSetting(start: StartSetting, hold: 'demand' | 'disabled'): StartSetting {
  return { startType: hold, delayed: start.delayed };
}
