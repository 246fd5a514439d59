import { Button, Field, Input, useRestoreFocusTarget } from '@fluentui/react-components';
import { useState, type ReactElement } from 'react';

import { MAX_NOTE_LENGTH } from '../../../electron/contract/app-snapshot.js';
import type { Check, ServiceRow } from '../../../electron/contract/checklist.js';
import { isSameService, namesService } from '../../../electron/contract/service-names.js';
import { plannedRows, rowsBesidePlan } from '../../../electron/core/maintenance/allowed-orders.js';
import { leftToPause } from '../../../electron/core/maintenance/changes-left.js';
import { Banner, RefusalBanner } from '../../components/banner.js';
import { Icon } from '../../components/icons.js';
import { ServiceList } from '../../components/services/service-list.js';
import type { WindowMessages } from '../../store/texts.js';
import { useOrder } from '../../store/use-order.js';
import { useReadWindow } from '../../store/window-context.js';
import { StepPanel } from '../step-panel.js';
import type { StepProps } from '../step-props.js';
import { CheckList } from './check-list.js';
import { QuickPauseDialog } from './quick-pause-dialog.js';
import { usePlan, type Plan } from './use-plan.js';

/** Step 1: what would happen, what stands in the way, and which services it is about. Changes nothing. */
export function PreflightStep(props: StepProps): ReactElement {
  const { checklist } = useReadWindow();
  return checklist.run === null ? <OpenPreflight {...props} /> : <PastPreflight {...props} />;
}

function OpenPreflight({ draft, onShow }: StepProps): ReactElement {
  const { checklist, snapshot, texts } = useReadWindow();
  const plan = usePlan(draft);
  const [isPausing, setPausing] = useState(false);
  const opener = useRestoreFocusTarget();
  const shown = plan.preview?.checklist ?? checklist;
  const planned = draft.services ?? plannedRows(shown).map((service) => service.serviceName);
  const taking = leftToPause(shown.services.filter((service) => namesService(planned, service.serviceName))).length;
  const blocking = shown.checks.filter((check) => check.result === 'block' && !check.overridden);
  const isReady =
    snapshot.readingProblem === null && plan.preview !== null && plan.problem === null && blocking.length === 0 && planned.length > 0;
  const choose = (service: ServiceRow, isChosen: boolean): void => {
    const others = planned.filter((name) => !isSameService(name, service.serviceName));
    draft.chooseServices(isChosen ? [...others, service.serviceName] : others);
  };
  return (
    <StepPanel
      step="preflight"
      lead={texts.t('preflight-lead')}
      hint={formatHint(plan, blocking.length, planned.length, texts)}
      actions={
        <>
          <Button {...opener} disabledFocusable={!isReady || taking === 0} onClick={() => setPausing(true)}>
            {texts.t('quick-pause')}
          </Button>
          <Button appearance="primary" disabledFocusable={!isReady} onClick={() => onShow('pause')}>
            {texts.t('go-on-to-pause')}
          </Button>
        </>
      }
    >
      <RefusalBanner problem={plan.problem} onDismiss={plan.readAgain} />
      <PreflightChecks plan={plan} checks={shown.checks} onOverride={draft.override} />
      <h3>{texts.t('services-chosen', { count: planned.length })}</h3>
      <ServiceList services={shown.services} selection={{ isChosen: (service) => namesService(planned, service.serviceName), choose }} />
      <StaysInService services={shown.services} planned={planned} />
      <ReasonField draft={draft} />
      <RehearsalOffer />
      <QuickPauseDialog isOpen={isPausing} count={taking} draft={draft} onClose={() => setPausing(false)} />
    </StepPanel>
  );
}

function ReasonField({ draft }: Pick<StepProps, 'draft'>): ReactElement {
  const { texts } = useReadWindow();
  return (
    <Field className="reason" label={texts.t('reason')} hint={texts.t('reason-hint')}>
      <Input value={draft.reason} maxLength={MAX_NOTE_LENGTH} onChange={(_, data) => draft.setReason(data.value)} />
    </Field>
  );
}

/** What is not chosen goes on taking calls, so that the server cannot be restarted. Draws nothing where all are chosen. */
function StaysInService({
  services,
  planned,
}: {
  readonly services: readonly ServiceRow[];
  readonly planned: readonly string[];
}): ReactElement | null {
  const { texts } = useReadWindow();
  const rows = services.map((row) => ({ ...row, planned: namesService(planned, row.serviceName) }));
  const count = rowsBesidePlan({ services: rows, run: null }).filter(({ state }) => state !== 'stopped').length;
  if (count === 0) return null;
  return (
    <Banner tone="attention" icon="warning" role="note">
      {texts.t('beside-plan-stays', { count })}
    </Banner>
  );
}

/** What keeps the button from being pressed; that nothing has happened yet when nothing does. */
function formatHint(plan: Plan, blocking: number, planned: number, texts: WindowMessages): string {
  if (planned === 0) return texts.t('hint-no-service');
  if (blocking > 0) return texts.t('hint-blocked', { count: blocking });
  return plan.preview === null ? texts.t('checking') : texts.t('hint-nothing-changed');
}

function PreflightChecks(props: {
  readonly plan: Plan;
  readonly checks: readonly Check[];
  readonly onOverride: (checkId: string, isOverridden: boolean) => void;
}): ReactElement {
  const { texts } = useReadWindow();
  const { plan, checks, onOverride } = props;
  return (
    <>
      <div className="section-head">
        <h3>{texts.t('checks')}</h3>
        <Button appearance="subtle" size="small" disabledFocusable={plan.isReading} onClick={plan.readAgain}>
          {texts.t(plan.isReading ? 'checking' : 'check-again')}
        </Button>
      </div>
      {plan.preview === null ? <p className="card empty">{texts.t('checking')}</p> : <CheckList checks={checks} onOverride={onOverride} />}
    </>
  );
}

function PastPreflight({ onShow }: StepProps): ReactElement {
  const { checklist, texts } = useReadWindow();
  return (
    <StepPanel
      step="preflight"
      lead={texts.t('preflight-past')}
      hint={null}
      actions={<Button onClick={() => onShow('pause')}>{texts.t('go-on-to-pause')}</Button>}
    >
      <h3>{texts.t('checks')}</h3>
      <CheckList checks={checklist.checks} onOverride={null} />
    </StepPanel>
  );
}

/** For a first try: the same window on a simulated server. */
function RehearsalOffer(): ReactElement | null {
  const { client, snapshot, texts } = useReadWindow();
  const { give, isSending, refusal, forget } = useOrder();
  if (snapshot.rehearsal !== null) return null;
  return (
    <div className="rehearsal-offer">
      <Icon name="information" />
      <span>{texts.t('rehearsal-offer')}</span>
      <Button
        appearance="subtle"
        disabledFocusable={isSending}
        onClick={() => void give(() => client.startRehearsal({ speed: 10, mishaps: [] }))}
      >
        {texts.t('rehearse')}
      </Button>
      <RefusalBanner problem={refusal} onDismiss={forget} />
    </div>
  );
}
