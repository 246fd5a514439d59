import type { Facts } from '../../contract/facts.js';
import { shownStartType } from '../../contract/service.js';
import type { StartHold } from '../../contract/settings.js';
import type { PlannedStep } from '../../contract/steps.js';
import { heldSetting, holdsAgainstRestart } from './start-hold.js';

/** What a drain would change, in order: all pauses, then all start types. Services that are there already have no step. */
export function planSteps(facts: Facts, serviceNames: readonly string[], hold: StartHold): readonly PlannedStep[] {
  return [...serviceNames.flatMap((name) => planPause(facts, name)), ...serviceNames.flatMap((name) => planManual(facts, name, hold))];
}

function planPause(facts: Facts, serviceName: string): PlannedStep[] {
  const state = facts.statuses.get(serviceName)?.state;
  if (state === undefined || state === 'paused' || state === 'stopped') return [];
  return [{ serviceName, step: 'pause', from: state, to: 'paused' }];
}

function planManual(facts: Facts, serviceName: string, hold: StartHold): PlannedStep[] {
  const start = facts.configurations.get(serviceName)?.start;
  if (hold === null || start === undefined || holdsAgainstRestart(start, hold)) return [];
  return [{ serviceName, step: 'manual', from: shownStartType(start), to: shownStartType(heldSetting(start, hold)) }];
}
