import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';

import type { Checklist, ServiceRow } from '../../../electron/contract/checklist.js';
import { namesService } from '../../../electron/contract/service-names.js';
import { activeRows, plannedRows } from '../../../electron/core/maintenance/allowed-orders.js';
import { RefusalBanner } from '../../components/banner.js';
import { BesidePlan } from '../../components/services/beside-plan.js';
import { ServiceList } from '../../components/services/service-list.js';
import { LossLines, withLosses } from '../../components/verdict/losses.js';
import { requestOfDraft, nameDrain, overridesFor, reasonOf } from '../../store/draft.js';
import { useOrder } from '../../store/use-order.js';
import { useAllowed, useReadWindow } from '../../store/window-context.js';
import { StepPanel } from '../step-panel.js';
import type { StepProps } from '../step-props.js';
import { WorkingHint } from '../working-hint.js';

/** Step 2: stop new work. Running sessions go on. */
export function PauseStep({ isCurrent, draft, onShow }: StepProps): ReactElement {
  const { client, checklist, snapshot, texts } = useReadWindow();
  const { give, isSending, refusal, forget } = useOrder();
  const services = checklist.run === null ? chosenServices(checklist, draft) : activeRows(checklist);
  const allowed = useAllowed();
  // In a maintenance that holds start types already, what was not paused is paused by the drain.
  const pause = (): void => {
    const names = checklist.run === null ? draft.services : services.map((service) => service.serviceName);
    const overrides = [...overridesFor(draft, names)];
    const request = { services: names === null ? null : [...names], forMs: null, reason: reasonOf(draft), overrides };
    void give(() => (allowed.pause ? client.pause(request) : client.drain(requestOfDraft(draft, snapshot.settings, names))));
  };
  return (
    <StepPanel
      step="pause"
      lead={texts.t('pause-lead')}
      hint={<WorkingHint otherwise={isCurrent ? texts.t('hint-pause') : null} />}
      actions={
        <>
          {checklist.run === null && <Button onClick={() => onShow('preflight')}>{texts.t('back-to-preflight')}</Button>}
          {isCurrent && (
            <Button appearance="primary" disabledFocusable={isSending || !(allowed.pause || allowed.drain)} onClick={pause}>
              {nameDrain(services, snapshot.settings.hold, texts)}
            </Button>
          )}
        </>
      }
    >
      <RefusalBanner problem={refusal} onDismiss={forget} />
      <ServiceList
        services={services}
        stepOf={(service) => withLosses(checklist, service, service.steps.pause)}
        below={(service) => (
          <>
            <LossLines service={service} />
            {isCurrent && <LeaveOutOffer service={service} />}
          </>
        )}
      />
      <BesidePlan draft={draft} />
    </StepPanel>
  );
}

function chosenServices(checklist: Checklist, { services: names }: StepProps['draft']): readonly ServiceRow[] {
  return names === null ? plannedRows(checklist) : checklist.services.filter((service) => namesService(names, service.serviceName));
}

/** One service that cannot be paused need not hold the others back: it is brought back alone. */
function LeaveOutOffer({ service: { serviceName, steps } }: { readonly service: ServiceRow }): ReactElement | null {
  const { client, checklist, texts } = useReadWindow();
  const { give, isSending, refusal, forget } = useOrder();
  const isAllowed = useAllowed().resume && !isSending;
  if (steps.pause !== 'failed' || activeRows(checklist).length < 2) return null;
  const leaveOut = (): void => void give(() => client.resume({ services: [serviceName], stayStopped: false, conflicts: null }));
  return (
    <>
      <p className="service-offer">
        <span>{texts.t('pause-failed-offer')}</span>
        <Button size="small" disabledFocusable={!isAllowed} onClick={leaveOut}>
          {texts.t('pause-failed-leave', { serviceName })}
        </Button>
      </p>
      <RefusalBanner problem={refusal} onDismiss={forget} />
    </>
  );
}
