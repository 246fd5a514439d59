import type { ReactElement } from 'react';

import type { Checklist } from '../../electron/contract/checklist.js';
import { Icon } from '../components/icons.js';
import { useTexts } from '../store/window-context.js';
import { describeStep } from './describe-step.js';
import { STEP_IDS, type Progress, type StepId, type StepView } from './progress.js';

interface StepperProps {
  readonly checklist: Checklist;
  readonly progress: Progress;
  readonly shown: StepId;
  readonly onShow: (step: StepId) => void;
}

/** The seven steps; every one can be looked at, whichever is to be worked on. */
export function Stepper({ checklist, progress, shown, onShow }: StepperProps): ReactElement {
  const texts = useTexts();
  return (
    <nav className="stepper" aria-label={texts.t('steps')}>
      <ol>
        {progress.steps.map((step) => (
          <li key={step.id} className={`step step-${step.mark}${step.id === shown ? ' step-shown' : ''}`}>
            <button type="button" aria-current={step.id === shown ? 'step' : undefined} onClick={() => onShow(step.id)}>
              <StepCircle step={step} />
              <span className="step-text">
                <span className="step-name">{texts.t(`step-${step.id}`)}</span>
                <StepStatus text={describeStep(step, checklist, texts)} />
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function StepStatus({ text }: { readonly text: string | null }): ReactElement | null {
  return text === null ? null : <span className="step-status">{text}</span>;
}

function StepCircle({ step }: { readonly step: StepView }): ReactElement {
  return (
    <span className="step-circle" aria-hidden="true">
      {step.mark === 'done' && <Icon name="tick" />}
      {step.mark === 'failed' && <Icon name="exclamation" />}
      {(step.mark === 'todo' || step.mark === 'doing' || step.mark === 'skipped') && STEP_IDS.indexOf(step.id) + 1}
    </span>
  );
}
