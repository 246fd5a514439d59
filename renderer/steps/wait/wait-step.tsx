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
  const isMaintenance = snapshot.quickPause === null;
  return (
    <StepPanel
      step="wait"
      lead={isMaintenance ? texts.t('wait-lead', { holdTime: texts.duration(snapshot.settings.holdTimeMs) }) : texts.t('wait-lead-quick-pause')}
      hint={<WorkingHint otherwise={isCurrent ? texts.t(isMaintenance ? 'hint-wait' : 'hint-wait-quick-pause') : null} />}
      actions={
        isCurrent && (
          <>
            <Button onClick={() => onShow('way-back')}>{texts.t('go-to-way-back')}</Button>
            {isMaintenance && (
              // What comes next, and not yet: step 5 opens by itself.
              <Button appearance="primary" disabledFocusable>
                {texts.t('confirm-services', { count: services.length })}
              </Button>
            )}
          </>
        )
      }
    >
      {checklist.run !== null && <DrainView checklist={checklist} />}
      <Blockers blockers={checklist.blockers} />
      <ServiceList
        services={busyFirst(services)}
        stepOf={(service) => service.steps.wait}
        below={(service) => isCurrent && isMaintenance && <AcceptOffer service={service} onAccept={() => setAccepting(service)} />}
      />
      <SampleTable curve={checklist.curve} />
      <AcceptDialog service={accepting} onClose={() => setAccepting(null)} />
    </StepPanel>
  );
}

/** What is waited for comes first: services with sessions, or with none that anybody could count. */
function busyFirst(services: readonly ServiceRow[]): readonly ServiceRow[] {
  const isBusy = ({ sessions }: ServiceRow): boolean => sessions.kind === 'unknown' || sessions.count > 0;
  return [...services.filter(isBusy), ...services.filter((service) => !isBusy(service))];
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
