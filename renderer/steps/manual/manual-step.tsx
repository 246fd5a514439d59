import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';

import { plannedRows } from '../../../electron/maintenance/allowed-orders.js';
import { Refusal } from '../../chrome/banner.js';
import { ServiceList } from '../../services/service-list.js';
import { useOrder } from '../../store/use-order.js';
import { useAllowed, useReadWindow } from '../../store/window-context.js';
import type { StepProps } from '../checklist-page.js';
import { drainRequest, nameDrain } from '../draft.js';
import { RebootPreview } from '../restart/reboot-preview.js';
import { StepPanel } from '../step-panel.js';
import { WorkingHint } from '../working-hint.js';

/** Step 3: keep a restart from taking calls again. The original start types are in the record already. */
export function ManualStep({ isCurrent, draft, onShow }: StepProps): ReactElement {
  const { client, checklist, snapshot, texts } = useReadWindow();
  const { give, isSending, refusal, forget } = useOrder();
  const { settings } = snapshot;
  const allowed = useAllowed();
  const services = plannedRows(checklist);
  const hold = texts.words.startTypes[settings.hold];
  const names = services.map((service) => service.serviceName);
  const setManual = (): void => void give(() => client.drain(drainRequest(draft, settings, names)));
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
      <Refusal problem={refusal} onDismiss={forget} />
      <ServiceList services={services} stepOf={(service) => service.steps.manual} />
      {checklist.run !== null && checklist.rebootPreview.length > 0 && (
        <>
          <h3>{texts.t('reboot-preview')}</h3>
          <RebootPreview rows={checklist.rebootPreview} />
        </>
      )}
    </StepPanel>
  );
}
