import { Button, useRestoreFocusTarget } from '@fluentui/react-components';
import { useState, type ReactElement } from 'react';

import type { ServiceRow } from '../../../electron/contract/checklist.js';
import { plannedRows } from '../../../electron/maintenance/allowed-orders.js';
import { ServiceList } from '../../services/service-list.js';
import { useReadWindow } from '../../store/window-context.js';
import type { StepProps } from '../checklist-page.js';
import { StepPanel } from '../step-panel.js';
import { WorkingHint } from '../working-hint.js';
import { AcceptDialog } from './accept-dialog.js';
import { Blockers } from './blockers.js';
import { DrainView } from './drain-view.js';
import { SampleTable } from './sample-table.js';

/** Step 4: nothing to do but watch the sessions end. */
export function WaitStep({ isCurrent, onShow }: StepProps): ReactElement {
  const { checklist, snapshot, texts } = useReadWindow();
  const [accepting, setAccepting] = useState<ServiceRow | null>(null);
  const services = plannedRows(checklist);
  return (
    <StepPanel
      step="wait"
      lead={snapshot.quickPause === null ? texts.t('wait-lead', { holdTime: texts.duration(snapshot.settings.holdTimeMs) }) : texts.t('wait-lead-quick-pause')}
      hint={<WorkingHint otherwise={isCurrent ? texts.t('hint-wait') : null} />}
      actions={
        isCurrent && <Button onClick={() => onShow('way-back')}>{texts.t('go-to-way-back')}</Button>
      }
    >
      {checklist.run !== null && <DrainView checklist={checklist} />}
      <Blockers blockers={checklist.blockers} />
      <ServiceList
        services={services}
        stepOf={(service) => service.steps.wait}
        below={(service) => isCurrent && <AcceptOffer service={service} onAccept={() => setAccepting(service)} />}
      />
      <SampleTable curve={checklist.curve} />
      <AcceptDialog service={accepting} onClose={() => setAccepting(null)} />
    </StepPanel>
  );
}

/** A count that nobody can read may be accepted by hand; a count that is known may not. */
function AcceptOffer({ service, onAccept }: { readonly service: ServiceRow; readonly onAccept: () => void }): ReactElement | null {
  const { texts } = useReadWindow();
  const opener = useRestoreFocusTarget();
  if (service.sessions.kind !== 'unknown' || service.steps.wait === 'by-hand') return null;
  return (
    <p className="service-offer">
      <span>{texts.t('accept-offer')}</span>
      <Button {...opener} size="small" onClick={onAccept}>
        {texts.t('accept-service', { serviceName: service.serviceName })}
      </Button>
    </p>
  );
}
