import { Button } from '@fluentui/react-components';
import { useState, type ReactElement } from 'react';

import type { RunSummary } from '../../../electron/contract/checklist.js';
import { plannedRows } from '../../../electron/maintenance/allowed-orders.js';
import { Banner, Refusal } from '../../chrome/banner.js';
import { Icon } from '../../chrome/icons.js';
import { NoteField } from '../../chrome/note-field.js';
import { ServiceList } from '../../services/service-list.js';
import { useOrder } from '../../store/use-order.js';
import { useAllowed, useReadWindow } from '../../store/window-context.js';
import type { StepProps } from '../checklist-page.js';
import { StepPanel } from '../step-panel.js';
import { SampleTable } from '../wait/sample-table.js';

/** Step 5: an administrator signs off that no session is left. Taken back by itself when a fact stops holding. */
export function ConfirmStep({ onShow }: StepProps): ReactElement {
  const { client, checklist, texts } = useReadWindow();
  const allowed = useAllowed();
  const { give, isSending, refusal, forget } = useOrder();
  const [note, setNote] = useState('');
  const services = plannedRows(checklist);
  const confirmed = checklist.run?.confirmed ?? null;
  const canConfirm = allowed.confirm && checklist.ready && confirmed === null;
  const confirm = (): void => void give(() => client.confirm({ note: note.trim() === '' ? null : note.trim(), servicesOnly: checklist.restart.kind === 'not-safe' }));
  return (
    <StepPanel
      step="confirm"
      lead={texts.t('confirm-lead')}
      hint={canConfirm ? texts.t('hint-confirm') : null}
      actions={
        confirmed === null ? (
          <Button appearance="primary" disabledFocusable={!canConfirm || isSending} onClick={confirm}>
            {texts.t('confirm-services', { count: services.length })}
          </Button>
        ) : (
          <Button onClick={() => onShow('restart')}>{texts.t('go-on-to-restart')}</Button>
        )
      }
    >
      <Refusal problem={refusal} onDismiss={forget} />
      {confirmed !== null && <Confirmed confirmed={confirmed} />}
      {confirmed === null && <Proof />}
      {canConfirm && <NoteField label={texts.t('confirm-note')} value={note} onChange={setNote} />}
      <ServiceList services={services} stepOf={(service) => service.steps.confirm} />
      <SampleTable curve={checklist.curve} />
    </StepPanel>
  );
}

/** Why it is ready, in numbers. */
function Proof(): ReactElement {
  const { checklist, texts } = useReadWindow();
  const { quiet } = checklist;
  if (!checklist.ready || quiet.kind !== 'quiet') {
    return (
      <Banner tone="neutral" icon="hourglass" role="note">
        {texts.t('confirm-not-ready')}
      </Banner>
    );
  }
  return (
    <section className="card result result-good">
      <Icon name="pass" />
      <div>
        <h3>{texts.t('proof-title')}</h3>
        <p>{texts.t('proof', { held: texts.duration(quiet.heldMs), samples: quiet.samples })}</p>
      </div>
    </section>
  );
}

function Confirmed({ confirmed }: { readonly confirmed: NonNullable<RunSummary['confirmed']> }): ReactElement {
  const { checklist, texts } = useReadWindow();
  return (
    <section className="card result result-good">
      <Icon name="pass" />
      <div>
        <h3>{texts.t('confirmed-by', { user: confirmed.by.user, time: texts.time(confirmed.at, checklist.now.at) })}</h3>
        {confirmed.note !== null && <p>{confirmed.note}</p>}
      </div>
    </section>
  );
}
