import { Button, Checkbox } from '@fluentui/react-components';
import { useState, type ReactElement } from 'react';

import type { ServiceRow } from '../../../electron/contract/checklist.js';
import { Banner, Refusal } from '../../chrome/banner.js';
import { ServiceList } from '../../services/service-list.js';
import { useOrder } from '../../store/use-order.js';
import { useAllowed, useReadWindow } from '../../store/window-context.js';
import type { StepProps } from '../checklist-page.js';
import { StepPanel } from '../step-panel.js';
import { WorkingHint } from '../working-hint.js';
import { ConflictChoice, isAsked } from './conflict-choice.js';

/** Front-End first, as they are brought back; but what waits for a choice before all others. */
function inOrderOfReturn(services: readonly ServiceRow[]): readonly ServiceRow[] {
  const reversed = [...services].reverse();
  return [...reversed.filter(isAsked), ...reversed.filter((service) => !isAsked(service))];
}

/** Step 7: every start type exactly as it was, and everything running again. Front-End first. */
export function WayBackStep({ onHistory }: StepProps): ReactElement {
  const { client, checklist, texts } = useReadWindow();
  const { give, isSending, refusal, forget } = useOrder();
  const [stayStopped, setStayStopped] = useState(false);
  const { run } = checklist;
  const services = inOrderOfReturn(checklist.services.filter((service) => service.planned || isAsked(service)));
  const conflicts = services.filter(isAsked).length;
  const left = services.filter((service) => service.wayBack !== 'done' && service.wayBack !== 'skipped').length - conflicts;
  const isOpen = run !== null && run.phase !== 'closed';
  const isBusy = isSending || !useAllowed().resume;
  const resume = (names: string[] | null, choice: 'keep' | 'original' | null): void =>
    void give(() => client.resume({ services: names, stayStopped, conflicts: choice }));
  return (
    <StepPanel
      step="way-back"
      lead={texts.t('way-back-lead')}
      hint={<WorkingHint otherwise={sayHint()} />}
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
      <Refusal problem={refusal} onDismiss={forget} />
      {run?.phase === 'draining' && (
        <Banner tone="neutral" icon="information" role="note">
          {texts.t('way-back-early')}
        </Banner>
      )}
      <ServiceList
        services={services}
        stepOf={(service) => service.wayBack}
        below={(service) =>
          isAsked(service) && (
            <ConflictChoice service={service} isBusy={isBusy} onChoose={(choice) => resume([service.serviceName], choice)} />
          )
        }
      />
      {isOpen && <Checkbox label={texts.t('stay-stopped')} checked={stayStopped} onChange={(_, data) => setStayStopped(data.checked === true)} />}
    </StepPanel>
  );

  function sayHint(): string | null {
    if (!isOpen) return null;
    return conflicts > 0 ? texts.t('hint-conflicts', { count: conflicts }) : texts.t('hint-way-back');
  }
}
