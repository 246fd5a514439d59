import type { ReactElement } from 'react';

import type { ServiceRow } from '../../../electron/contract/checklist.js';
import type { StepState } from '../../../electron/contract/steps.js';
import { useTexts } from '../../store/window-context.js';
import { Icon, type IconName } from '../icons.js';

const STATE_ICONS: Readonly<Record<ServiceRow['state'], IconName>> = {
  running: 'arrow',
  paused: 'bars',
  stopped: 'square',
  'start-pending': 'hourglass',
  'stop-pending': 'hourglass',
  'continue-pending': 'hourglass',
  'pause-pending': 'hourglass',
  missing: 'question',
};

export function ServiceStateBadge({ state }: { readonly state: ServiceRow['state'] }): ReactElement {
  const texts = useTexts();
  return (
    <span className={`state state-${state}`}>
      <Icon name={STATE_ICONS[state]} /> {texts.words.states[state]}
    </span>
  );
}

const STEP_ICONS: Readonly<Record<StepState, IconName | null>> = {
  todo: null,
  doing: 'hourglass',
  done: 'tick',
  failed: 'exclamation',
  skipped: 'tick',
  'by-hand': 'tick',
};

/** Where a service stands in the step that is shown: a shape, and the same in words for a screen reader. */
export function StepBadge({ state }: { readonly state: StepState }): ReactElement {
  const texts = useTexts();
  const icon = STEP_ICONS[state];
  return (
    <span className={`step-badge step-badge-${state}`} title={texts.words.stepStates[state]}>
      {icon !== null && <Icon name={icon} />}
      <span className="visually-hidden">{texts.words.stepStates[state]}</span>
    </span>
  );
}
