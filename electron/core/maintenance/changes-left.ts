import type { ServiceRow } from '../../contract/checklist.js';
import type { StartHold } from '../../contract/settings.js';
import { holdsAgainstRestart } from './start-hold.js';

/** Services that an order to pause would still change; as `planSteps` has them, from what is shown. */
export function leftToPause(services: readonly ServiceRow[]): readonly ServiceRow[] {
  return services.filter(({ state }) => !takesNoNewWork(state) && state !== 'missing');
}

/** Services whose start type an order to drain would still change: those that take no new work, and are not held yet. */
export function leftToHold(services: readonly ServiceRow[], hold: StartHold): readonly ServiceRow[] {
  return services.filter(
    ({ state, startType }) => takesNoNewWork(state) && startType !== null && !holdsAgainstRestart({ startType }, hold),
  );
}

function takesNoNewWork(state: ServiceRow['state']): boolean {
  return state === 'paused' || state === 'stopped';
}
