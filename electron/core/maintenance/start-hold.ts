import type { StartSetting, StartType } from '../../contract/service.js';
import type { Hold, StartHold } from '../../contract/settings.js';

/** True when a restart of Windows does not start the service by its start type, as strongly as was ordered. */
export function holdsAgainstRestart({ startType }: { readonly startType: StartType }, hold: StartHold): boolean {
  if (hold === null || startType === 'disabled') return true;
  return hold === 'demand' && startType === 'demand';
}

/**
 * The setting that holds the service. The delayed flag is left as it is: it means nothing outside automatic start, and
 * what is not written need not be restored.
 */
export function heldSetting(start: StartSetting, hold: Hold): StartSetting {
  return { startType: hold, delayed: start.delayed };
}
