import { Button, Checkbox } from '@fluentui/react-components';
import { useState, type ReactElement } from 'react';

import type { ServiceRow } from '../../../electron/contract/checklist.js';
import type { ConflictAnswer } from '../../../electron/contract/run.js';
import { activeRows } from '../../../electron/core/maintenance/allowed-orders.js';
import { Banner, RefusalBanner } from '../../components/banner.js';
import { BesidePlan } from '../../components/services/beside-plan.js';
import { ServiceList } from '../../components/services/service-list.js';
import { usePlanOrders } from '../../components/verdict/plan-orders.js';
import type { Draft } from '../../store/draft.js';
import type { WindowMessages } from '../../store/texts.js';
import { useOrder } from '../../store/use-order.js';
import { useAllowed, useReadWindow } from '../../store/window-context.js';
import { StepPanel } from '../step-panel.js';
import type { StepProps } from '../step-props.js';
import { WorkingHint } from '../working-hint.js';
import { ConflictChoice, isAsked } from './conflict-choice.js';

/** Front-End first, as they are brought back; but what waits for a choice before all others. */
function inOrderOfReturn(services: readonly ServiceRow[]): readonly ServiceRow[] {
  const reversed = [...services].reverse();
  return [...reversed.filter(isAsked), ...reversed.filter((service) => !isAsked(service))];
}

/** Step 7: every start type exactly as it was, and everything running again. Front-End first. */
export function WayBackStep({ draft, onHistory }: StepProps): ReactElement {
  const { client, checklist, texts } = useReadWindow();
  const { give, isSending, refusal, forget } = useOrder();
  const [stayStopped, setStayStopped] = useState(false);
  const services = inOrderOfReturn(checklist.services.filter((service) => service.planned || isAsked(service)));
  const conflicts = services.filter(isAsked).length;
  const left = services.filter((service) => !isBack(service)).length - conflicts;
  const isOpen = checklist.run !== null && checklist.run.phase !== 'closed';
  const isBusy = isSending || !useAllowed().resume;
  const resume = (names: string[] | null, choice: ConflictAnswer | null): void =>
    void give(() => client.resume({ services: names, stayStopped, conflicts: choice }));
  return (
    <StepPanel
      step="way-back"
      lead={texts.t('way-back-lead')}
      hint={<WorkingHint otherwise={isOpen ? formatHint(conflicts, texts) : null} />}
      actions={
        isOpen ? (
          <Button appearance="primary" disabledFocusable={isBusy || left === 0} onClick={() => resume(null, null)}>
            {texts.t(stayStopped ? 'restore-start-types' : 'bring-back', { count: left })}
          </Button>
        ) : (
          <Button onClick={onHistory}>{texts.t('show-report')}</Button>
        )
      }
    >
      <RefusalBanner problem={refusal} onDismiss={forget} />
      <StoppedHalfWay services={services} draft={draft} />
      {checklist.run?.phase === 'draining' && <EarlyNote />}
      <ServiceList
        services={services}
        stepOf={(service) => service.wayBack}
        below={(service) =>
          isAsked(service) && (
            <ConflictChoice service={service} isBusy={isBusy} onChoose={(choice) => resume([service.serviceName], choice)} />
          )
        }
      />
      <BesidePlan draft={draft} />
      {isOpen && (
        <Checkbox label={texts.t('stay-stopped')} checked={stayStopped} onChange={(_, { checked }) => setStayStopped(checked === true)} />
      )}
    </StepPanel>
  );
}

function formatHint(conflicts: number, texts: WindowMessages): string {
  return conflicts > 0 ? texts.t('hint-conflicts', { count: conflicts }) : texts.t('hint-way-back');
}

function EarlyNote(): ReactElement {
  const { texts } = useReadWindow();
  return (
    <Banner tone="neutral" icon="information" role="note">
      {texts.t('way-back-early')}
    </Banner>
  );
}

function isBack({ wayBack }: ServiceRow): boolean {
  return wayBack === 'done' || wayBack === 'skipped';
}

/** A way back that no process works on and that is not over: what is back, what is not, and both ways to go on. Draws nothing otherwise. */
function StoppedHalfWay({ services, draft }: { readonly services: readonly ServiceRow[]; readonly draft: Draft }): ReactElement | null {
  const { checklist, snapshot, texts } = useReadWindow();
  const { isAllowed, hold, refusal, forget } = usePlanOrders(draft);
  const left = services.filter((service) => !isBack(service));
  const isStopped = checklist.run?.phase === 'returning' && snapshot.activity.kind === 'idle' && snapshot.worker === null;
  if (!isStopped || left.length === 0) return null;
  const toDrain = activeRows(checklist).length;
  const params = {
    back: services.length - left.length,
    total: services.length,
    services: texts.list(left.map(({ serviceName }) => serviceName)),
  };
  return (
    <>
      <Banner
        tone="attention"
        icon="warning"
        role="status"
        actions={
          toDrain > 0 && (
            <Button disabledFocusable={!isAllowed} onClick={() => hold(snapshot.settings.hold)}>
              {texts.t('drain-again', { count: toDrain })}
            </Button>
          )
        }
      >
        <strong>{texts.t('way-back-partly', params)}</strong> {texts.t('way-back-go-on')}
      </Banner>
      <RefusalBanner problem={refusal} onDismiss={forget} />
    </>
  );
}
