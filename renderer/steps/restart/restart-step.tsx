import { Button, useRestoreFocusTarget } from '@fluentui/react-components';
import { lazy, Suspense, useState, type ReactElement } from 'react';

import type { RunSummary } from '../../../electron/contract/checklist.js';
import { activeRows } from '../../../electron/core/maintenance/allowed-orders.js';
import { Icon } from '../../components/icons.js';
import { BesidePlan } from '../../components/services/beside-plan.js';
import { ServiceList } from '../../components/services/service-list.js';
import { VerdictCard } from '../../components/verdict/verdict-card.js';
import { useReadWindow } from '../../store/window-context.js';
import { StepPanel } from '../step-panel.js';
import type { StepProps } from '../step-props.js';
import type { PowerOrder } from './power-dialog.js';
import { RebootPreview } from './reboot-preview.js';

/** Read when it is first asked for: most of the time nobody restarts. */
const PowerDialog = lazy(async () => ({ default: (await import('./power-dialog.js')).PowerDialog }));

/** Step 6: the work itself. What a restart would cut and start is shown before it, and what it did start after it. */
export function RestartStep({ isCurrent, draft, onShow }: StepProps): ReactElement {
  const { checklist, snapshot, texts } = useReadWindow();
  const [order, setOrder] = useState<PowerOrder | null>(null);
  const computer = checklist.computer.name;
  const restart = checklist.run?.restart ?? null;
  const isAllowed = snapshot.power !== null;
  // The next thing to do is the last button: the restart before it, the way back after it, or where none is offered.
  const isRestartNext = restart === null && isAllowed;
  const goOn = (
    <Button appearance={isRestartNext ? 'secondary' : 'primary'} onClick={() => onShow('way-back')}>
      {texts.t('go-on-to-way-back')}
    </Button>
  );
  return (
    <StepPanel
      step="restart"
      lead={texts.t(checklist.run?.confirmed?.scope === 'services' ? 'restart-lead-services' : 'restart-lead', { computer })}
      hint={texts.t(formatHint())}
      actions={
        <>
          {isCurrent && isRestartNext && goOn}
          <PowerButton order="shut-down" isAllowed={isAllowed} isPrimary={false} onPress={setOrder} />
          <PowerButton order="restart" isAllowed={isAllowed} isPrimary={isRestartNext} onPress={setOrder} />
          {isCurrent && !isRestartNext && goOn}
        </>
      }
    >
      {restart !== null && <RestartResult restart={restart} />}
      {checklist.run !== null && (!isAllowed || checklist.restart.kind !== 'safe' || checklist.restart.caveats.length > 0) && (
        <VerdictCard draft={draft} />
      )}
      <h3>{texts.t(restart === null ? 'reboot-preview' : 'reboot-preview-again')}</h3>
      <RebootPreview rows={checklist.rebootPreview} />
      {checklist.run !== null && <ServiceList services={activeRows(checklist)} />}
      <BesidePlan draft={draft} />
      <PowerQuestion order={order} onClose={() => setOrder(null)} />
    </StepPanel>
  );

  function formatHint(): 'hint-restart' | 'hint-restart-services' | 'hint-restart-not-yet' {
    if (isAllowed) return 'hint-restart';
    return checklist.run?.phase === 'confirmed' && checklist.run.confirmed?.scope === 'services'
      ? 'hint-restart-services'
      : 'hint-restart-not-yet';
  }
}

function PowerQuestion({ order, onClose }: { readonly order: PowerOrder | null; readonly onClose: () => void }): ReactElement | null {
  if (order === null) return null;
  return (
    <Suspense fallback={null}>
      <PowerDialog order={order} onClose={onClose} />
    </Suspense>
  );
}

interface PowerButtonProps {
  readonly order: PowerOrder;
  readonly isAllowed: boolean;
  readonly isPrimary: boolean;
  readonly onPress: (order: PowerOrder) => void;
}

/** Names what it would cut. */
function PowerButton({ order, isAllowed, isPrimary, onPress }: PowerButtonProps): ReactElement {
  const { checklist, texts } = useReadWindow();
  const opener = useRestoreFocusTarget();
  const computer = checklist.computer.name;
  const { kind, cut } = checklist.restart;
  return (
    <Button {...opener} appearance={isPrimary ? 'primary' : 'secondary'} disabledFocusable={!isAllowed} onClick={() => onPress(order)}>
      {kind === 'cuts' ? texts.t(`${order}-cuts`, { computer, count: cut }) : texts.t(order, { computer })}
    </Button>
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
