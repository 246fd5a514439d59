import { Button, useRestoreFocusTarget } from '@fluentui/react-components';
import { useState, type ReactElement } from 'react';

import type { Checklist, ServiceRow } from '../../../electron/contract/checklist.js';
import { namesService } from '../../../electron/contract/service-names.js';
import { activeRows } from '../../../electron/core/maintenance/allowed-orders.js';
import { AcceptDialog } from '../../components/accept/accept-dialog.js';
import { acceptableRows, uncountedRows } from '../../components/accept/acceptable.js';
import { BesidePlan } from '../../components/services/beside-plan.js';
import { ServiceList } from '../../components/services/service-list.js';
import { AcceptedList } from '../../components/verdict/accepted-list.js';
import { LossLines, withLosses } from '../../components/verdict/losses.js';
import { useReadWindow } from '../../store/window-context.js';
import { StepPanel } from '../step-panel.js';
import type { StepProps } from '../step-props.js';
import { WorkingHint } from '../working-hint.js';
import { Blockers } from './blockers.js';
import { DrainView } from './drain-view.js';
import { NeedsAcceptance } from './needs-acceptance.js';
import { SampleTable } from './sample-table.js';

/** Step 4: watch the sessions end, and accept by hand what no source can count or what never ends. */
export function WaitStep({ isCurrent, draft, onShow }: StepProps): ReactElement {
  const { checklist, snapshot, texts } = useReadWindow();
  const [releasingEvidence, setLooking] = useState<readonly string[] | null>(null);
  const isMaintenance = snapshot.quickPause === null;
  const uncounted = isMaintenance ? uncountedRows(checklist) : [];
  const isMissing = checklist.quiet.kind === 'needs-acceptance' && uncounted.length > 0;
  const look = (services: readonly ServiceRow[]): void => setLooking(services.map(({ serviceName }) => serviceName));
  return (
    <StepPanel
      step="wait"
      lead={formatLead()}
      hint={<WorkingHint otherwise={isCurrent ? formatHint() : null} />}
      actions={
        isOpen(checklist) && (
          <>
            <Button onClick={() => onShow('way-back')}>{texts.t('go-to-way-back')}</Button>
            {isCurrent && isMaintenance && <NextButton count={isMissing ? uncounted.length : 0} onLook={() => look(uncounted)} />}
          </>
        )
      }
    >
      {checklist.run !== null && <DrainView checklist={checklist} />}
      <NeedsAcceptance services={uncounted} isOnly={isMissing} onLook={isMissing && isCurrent ? null : () => look(uncounted)} />
      <AcceptedList accepted={checklist.accepted} />
      <Blockers blockers={checklist.blockers} />
      <WaitedFor onLook={isMaintenance ? (service) => look([service]) : null} />
      <BesidePlan draft={draft} />
      <SampleTable curve={checklist.curve} />
      {releasingEvidence !== null && <AcceptDialog serviceNames={releasingEvidence} onClose={() => setLooking(null)} />}
    </StepPanel>
  );

  function formatLead(): string {
    return isMaintenance
      ? texts.t('wait-lead', { holdTime: texts.duration(snapshot.settings.holdTimeMs) })
      : texts.t('wait-lead-quick-pause');
  }

  function formatHint(): string {
    if (!isMaintenance) return texts.t('hint-wait-quick-pause');
    if (isMissing) return texts.t('hint-wait-word');
    return texts.t(checklist.stalled.length > 0 ? 'hint-wait-stalled' : 'hint-wait');
  }
}

/** The services of the plan. @param onLook null if none can be accepted: in a quick pause */
function WaitedFor({ onLook }: { readonly onLook: ((service: ServiceRow) => void) | null }): ReactElement {
  const { checklist } = useReadWindow();
  return (
    <ServiceList
      services={busyFirst(activeRows(checklist))}
      stepOf={(service) => withLosses(checklist, service, service.steps.wait)}
      below={(service) => (
        <>
          <LossLines service={service} />
          {onLook !== null && <EndlessOffer service={service} onLook={() => onLook(service)} />}
        </>
      )}
    />
  );
}

/** What comes next: the sign-off, which opens by itself, or the word that only an administrator can give. */
function NextButton({ count, onLook }: { readonly count: number; readonly onLook: () => void }): ReactElement {
  const { texts } = useReadWindow();
  const opener = useRestoreFocusTarget();
  return (
    <Button {...opener} appearance="primary" disabledFocusable={count === 0} onClick={onLook}>
      {count === 0 ? texts.t('sign-off-server') : texts.t('look-at-services', { count })}
    </Button>
  );
}

function isOpen({ run }: Checklist): boolean {
  return run !== null && (run.phase === 'draining' || run.phase === 'ready');
}

/** What is waited for comes first: services with sessions, or with none that could be counted. */
function busyFirst(services: readonly ServiceRow[]): readonly ServiceRow[] {
  const isBusy = ({ sessions }: ServiceRow): boolean => sessions.kind === 'unknown' || sessions.count > 0;
  return [...services.filter(isBusy), ...services.filter((service) => !isBusy(service))];
}

/** Sessions that do not end are offered to be cut: only where nothing has moved for long. */
function EndlessOffer({ service, onLook }: { readonly service: ServiceRow; readonly onLook: () => void }): ReactElement | null {
  const { checklist, texts } = useReadWindow();
  const opener = useRestoreFocusTarget();
  const { serviceName } = service;
  const stalled = checklist.stalled.find((one) => namesService([one.serviceName], serviceName));
  const isAcceptable = namesService(
    acceptableRows(checklist).map((row) => row.serviceName),
    serviceName,
  );
  if (stalled === undefined || !isAcceptable) return null;
  return (
    <p className="service-offer">
      <span>{texts.t('endless', { count: stalled.count })}</span>
      <Button {...opener} size="small" onClick={onLook}>
        {texts.t('go-on-without', { count: stalled.count })}
      </Button>
    </p>
  );
}
