import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';

import type { ServiceRow } from '../../../electron/contract/checklist.js';
import type { Hold } from '../../../electron/contract/settings.js';
import { activeRows } from '../../../electron/core/maintenance/allowed-orders.js';
import { leftToHold } from '../../../electron/core/maintenance/changes-left.js';
import { RefusalBanner } from '../../components/banner.js';
import { BesidePlan } from '../../components/services/beside-plan.js';
import { ServiceList } from '../../components/services/service-list.js';
import { requestOfDraft, nameDrain } from '../../store/draft.js';
import { useOrder } from '../../store/use-order.js';
import { useAllowed, useReadWindow } from '../../store/window-context.js';
import { RebootPreview } from '../restart/reboot-preview.js';
import { StepPanel } from '../step-panel.js';
import type { StepProps } from '../step-props.js';
import { WorkingHint } from '../working-hint.js';

/** Step 3: keep a restart from taking calls again. The original start types are in the record already. */
export function ManualStep({ isCurrent, draft, onShow }: StepProps): ReactElement {
  const { client, checklist, snapshot, texts } = useReadWindow();
  const { give, isSending, refusal, forget } = useOrder();
  const { settings } = snapshot;
  const allowed = useAllowed();
  const services = activeRows(checklist);
  const hold = texts.words.startTypes[settings.hold];
  const names = services.map((service) => service.serviceName);
  const setManual = (): void => void give(() => client.drain(requestOfDraft(draft, settings, names)));
  return (
    <StepPanel
      step="manual"
      lead={texts.t('manual-lead', { hold })}
      hint={<WorkingHint otherwise={isCurrent ? texts.t('hint-manual') : null} />}
      actions={
        isCurrent && (
          <>
            <Button onClick={() => onShow('wait')}>{texts.t('leave-start-types')}</Button>
            <Button appearance="primary" disabledFocusable={isSending || !allowed.drain} onClick={setManual}>
              {nameDrain(services, settings.hold, texts)}
            </Button>
          </>
        )
      }
    >
      <RefusalBanner problem={refusal} onDismiss={forget} />
      <ServiceList
        services={services}
        stepOf={(service) => (service.steps.manual === 'skipped' && !isHeld(service, settings.hold) ? 'todo' : service.steps.manual)}
        below={(service) => <MovedStart service={service} />}
      />
      <BesidePlan draft={draft} />
      {checklist.run !== null && checklist.rebootPreview.length > 0 && (
        <>
          <h3>{texts.t('reboot-preview')}</h3>
          <RebootPreview rows={checklist.rebootPreview} />
        </>
      )}
    </StepPanel>
  );
}

/** A step that the order leaves out is not done: only what holds has a tick. */
function isHeld(service: ServiceRow, hold: Hold): boolean {
  return leftToHold([service], hold).length === 0;
}

/** A start type that another person changed before this run set one: both values, and which one comes back. */
function MovedStart({ service: { firstStartType, originalStartType } }: { readonly service: ServiceRow }): ReactElement | null {
  const { texts } = useReadWindow();
  if (firstStartType === null || originalStartType === null) return null;
  return <p className="service-offer">{texts.t('start-type-moved', { first: firstStartType, original: originalStartType })}</p>;
}
