import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';

import { namesService } from '../../../electron/contract/service-names.js';
import { plannedRows } from '../../../electron/maintenance/allowed-orders.js';
import { Refusal } from '../../chrome/banner.js';
import { ServiceList } from '../../services/service-list.js';
import { useOrder } from '../../store/use-order.js';
import { useAllowed, useReadWindow } from '../../store/window-context.js';
import type { StepProps } from '../checklist-page.js';
import { drainRequest, nameDrain, reasonOf } from '../draft.js';
import { StepPanel } from '../step-panel.js';
import { WorkingHint } from '../working-hint.js';

/** Step 2: stop new work. Running sessions go on. */
export function PauseStep({ isCurrent, draft, onShow }: StepProps): ReactElement {
  const { client, checklist, snapshot, texts } = useReadWindow();
  const { give, isSending, refusal, forget } = useOrder();
  const services = checklist.run === null ? chosenServices() : plannedRows(checklist);
  const allowed = useAllowed();

  function chosenServices(): ReturnType<typeof plannedRows> {
    const { services: names } = draft;
    return names === null ? plannedRows(checklist) : checklist.services.filter((service) => namesService(names, service.serviceName));
  }
  // In a maintenance that holds start types already, what was not paused is paused by the drain.
  const pause = (): void => {
    const names = checklist.run === null ? draft.services : services.map((service) => service.serviceName);
    const request = { services: names === null ? null : [...names], forMs: null, reason: reasonOf(draft), overrides: [...draft.overrides] };
    void give(() => (allowed.pause ? client.pause(request) : client.drain(drainRequest(draft, snapshot.settings, names))));
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
      <Refusal problem={refusal} onDismiss={forget} />
      <ServiceList services={services} stepOf={(service) => service.steps.pause} />
    </StepPanel>
  );
}
