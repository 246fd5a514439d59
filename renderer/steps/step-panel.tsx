import type { MouseEvent, ReactElement, ReactNode } from 'react';

import { useTexts } from '../store/window-context.js';
import { STEP_IDS, type StepId } from './progress.js';

/** The one step that is shown is named by it, and the keyboard goes to it when another step opens. */
export const STEP_TITLE_ID = 'step-title';

export interface StepPanelProps {
  readonly step: StepId;
  /** One or two sentences: what this step does, and what it leaves alone. */
  readonly lead: string;
  readonly children: ReactNode;
  /** What the administrator should know before pressing the button. */
  readonly hint: ReactNode;
  /** The step's one primary button, after what else may be done here. */
  readonly actions: ReactNode;
}

/** The next step's button lies where this one's was: the second click of a double click must not press it. */
function ignoreSecondClick(event: MouseEvent): void {
  if (event.detail > 1) event.stopPropagation();
}

/** The frame of every step: title, explanation, content, and one row of buttons that is always in sight. */
export function StepPanel({ step, lead, children, hint, actions }: StepPanelProps): ReactElement {
  const texts = useTexts();
  const number = STEP_IDS.indexOf(step) + 1;
  return (
    <main className="step-panel" aria-labelledby={STEP_TITLE_ID}>
      <div className="step-scroll" tabIndex={-1}>
        <p className="step-number">{texts.t('step-of', { number, total: STEP_IDS.length })}</p>
        <h2 id={STEP_TITLE_ID} tabIndex={-1}>
          {texts.t(`step-${step}`)}
        </h2>
        <p className="lead">{lead}</p>
        {children}
      </div>
      <footer className="step-footer" onClickCapture={ignoreSecondClick}>
        <div className="step-hint">{hint}</div>
        <div className="step-actions">{actions}</div>
      </footer>
    </main>
  );
}
