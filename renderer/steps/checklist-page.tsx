import { Button } from '@fluentui/react-components';
import { useEffect, useRef, useState, type ReactElement } from 'react';

import { Banner } from '../components/banner.js';
import { useReadWindow } from '../store/window-context.js';
import { ConfirmStep } from './confirm/confirm-step.js';
import { ManualStep } from './manual/manual-step.js';
import { PauseStep } from './pause/pause-step.js';
import { PreflightStep } from './preflight/preflight-step.js';
import { STEP_IDS, viewProgress, type StepId } from './progress.js';
import { RestartStep } from './restart/restart-step.js';
import { STEP_TITLE_ID } from './step-panel.js';
import type { StepProps } from './step-props.js';
import { Stepper } from './stepper.js';
import { WaitStep } from './wait/wait-step.js';
import { WayBackStep } from './way-back/way-back-step.js';

/** The seven steps and the one that is shown: the current one, until another is chosen and as long as the current one stands. */
export function ChecklistPage({ draft, onHistory }: Pick<StepProps, 'draft' | 'onHistory'>): ReactElement {
  const { checklist, snapshot } = useReadWindow();
  const progress = viewProgress(checklist, snapshot.quickPause);
  const [shown, show] = useShownStep(progress.current);
  useFocusOnChange(shown);
  // Before a run preflight and pause are worked on together: the one decides, the other begins.
  const isCurrent = shown === progress.current || (checklist.run === null && shown === 'pause');
  // The way back may be gone at any time.
  const isWayBack = shown === 'way-back' && checklist.run !== null;
  return (
    <div className="checklist">
      <Stepper checklist={checklist} progress={progress} shown={shown} onShow={show} />
      <div className="step-column">
        {!isCurrent && !isWayBack && <LookingElsewhere current={progress.current} onShow={show} />}
        <Step step={shown} isCurrent={isCurrent} draft={draft} onShow={show} onHistory={onHistory} />
      </div>
    </div>
  );
}

/** A step that is only looked at says so, and where the maintenance is. */
function LookingElsewhere({ current, onShow }: { readonly current: StepId; readonly onShow: (step: StepId) => void }): ReactElement {
  const { texts } = useReadWindow();
  const params = { number: STEP_IDS.indexOf(current) + 1, step: texts.t(`step-${current}`) };
  return (
    <section aria-label={texts.t('back-to-step', params)}>
      <Banner
        tone="neutral"
        icon="information"
        role="note"
        actions={<Button onClick={() => onShow(current)}>{texts.t('back-to-step', params)}</Button>}
      >
        {texts.t('looking-elsewhere', params)}
      </Banner>
    </section>
  );
}

/** The step that was chosen, until the maintenance moves on: then the current one, also when it comes back to an earlier one. */
function useShownStep(current: StepId): readonly [StepId, (step: StepId) => void] {
  const [choice, setChoice] = useState<{ readonly whileAt: StepId; readonly step: StepId }>({ whileAt: current, step: current });
  const show = (step: StepId): void => setChoice({ whileAt: current, step });
  if (choice.whileAt === current) return [choice.step, show];
  show(current);
  return [current, show];
}

/** A step that opens, by itself or by choice, takes the keyboard with it; the first one drawn leaves it alone. */
function useFocusOnChange(shown: StepId): void {
  const before = useRef(shown);
  useEffect(() => {
    if (before.current !== shown) document.getElementById(STEP_TITLE_ID)?.focus();
    before.current = shown;
  }, [shown]);
}

function Step({ step, ...props }: StepProps & { readonly step: StepId }): ReactElement {
  switch (step) {
    case 'preflight':
      return <PreflightStep {...props} />;
    case 'pause':
      return <PauseStep {...props} />;
    case 'manual':
      return <ManualStep {...props} />;
    case 'wait':
      return <WaitStep {...props} />;
    case 'confirm':
      return <ConfirmStep {...props} />;
    case 'restart':
      return <RestartStep {...props} />;
    case 'way-back':
      return <WayBackStep {...props} />;
  }
}
