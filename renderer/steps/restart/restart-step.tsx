import { Button, useRestoreFocusTarget } from '@fluentui/react-components';
import { useState, type ReactElement } from 'react';

import type { RunSummary } from '../../../electron/contract/checklist.js';
import { plannedRows } from '../../../electron/maintenance/allowed-orders.js';
import { Icon } from '../../chrome/icons.js';
import { ServiceList } from '../../services/service-list.js';
import { useReadWindow } from '../../store/window-context.js';
import type { StepProps } from '../checklist-page.js';
import { StepPanel } from '../step-panel.js';
import { PowerDialog, type PowerOrder } from './power-dialog.js';
import { RebootPreview } from './reboot-preview.js';

/** Step 6: the work itself. What a restart would start is shown before it, and what it did start after it. */
export function RestartStep({ isCurrent, onShow }: StepProps): ReactElement {
  const { checklist, snapshot, texts } = useReadWindow();
  const [order, setOrder] = useState<PowerOrder | null>(null);
  const opener = useRestoreFocusTarget();
  const computer = checklist.computer.name;
  const restart = checklist.run?.restart ?? null;
  const isAllowed = snapshot.power !== null;
  // The next thing to do is the last button: the restart before it, the way back after it.
  const goOn = (
    <Button appearance={restart === null ? 'secondary' : 'primary'} onClick={() => onShow('way-back')}>
      {texts.t('go-on-to-way-back')}
    </Button>
  );
  return (
    <StepPanel
      step="restart"
      lead={texts.t('restart-lead', { computer })}
      hint={texts.t(snapshot.power === null ? 'hint-restart-not-yet' : 'hint-restart')}
      actions={
        <>
          {isCurrent && restart === null && goOn}
          <Button {...opener} disabledFocusable={!isAllowed} onClick={() => setOrder('shut-down')}>
            {texts.t('shut-down', { computer })}
          </Button>
          <Button
            {...opener}
            appearance={restart === null ? 'primary' : 'secondary'}
            disabledFocusable={!isAllowed}
            onClick={() => setOrder('restart')}
          >
            {texts.t('restart', { computer })}
          </Button>
          {isCurrent && restart !== null && goOn}
        </>
      }
    >
      {restart !== null && <RestartResult restart={restart} />}
      <h3>{texts.t(restart === null ? 'reboot-preview' : 'reboot-preview-again')}</h3>
      <RebootPreview rows={checklist.rebootPreview} />
      {restart !== null && <ServiceList services={plannedRows(checklist)} />}
      <PowerDialog order={order} onClose={() => setOrder(null)} />
    </StepPanel>
  );
}

function RestartResult({ restart }: { readonly restart: NonNullable<RunSummary['restart']> }): ReactElement {
  const { checklist, texts } = useReadWindow();
  const isQuiet = restart.running.length === 0;
  const time = texts.time(restart.bootedAt, checklist.now.at);
  return (
    <section className={`card result ${isQuiet ? 'result-good' : 'result-bad'}`}>
      <Icon name={isQuiet ? 'pass' : 'exclamation'} />
      <div>
        <h3>{texts.t(isQuiet ? 'restart-stayed-quiet' : 'restart-started', { count: restart.running.length })}</h3>
        <p>{texts.t(isQuiet ? 'restart-stayed-quiet-text' : 'restart-started-text', { time, services: texts.list(restart.running) })}</p>
      </div>
    </section>
  );
}
