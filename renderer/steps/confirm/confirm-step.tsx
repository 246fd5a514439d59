import { Button } from '@fluentui/react-components';
import { useState, type ReactElement } from 'react';

import type { RunSummary } from '../../../electron/contract/checklist.js';
import { activeRows } from '../../../electron/core/maintenance/allowed-orders.js';
import { Banner, RefusalBanner } from '../../components/banner.js';
import { Icon } from '../../components/icons.js';
import { NoteField } from '../../components/note-field.js';
import { BesidePlan } from '../../components/services/beside-plan.js';
import { ServiceList } from '../../components/services/service-list.js';
import { LossLines, withLosses } from '../../components/verdict/losses.js';
import { VerdictCard } from '../../components/verdict/verdict-card.js';
import { useOrder } from '../../store/use-order.js';
import { useAllowed, useReadWindow } from '../../store/window-context.js';
import { StepPanel } from '../step-panel.js';
import type { StepProps } from '../step-props.js';
import { SampleTable } from '../wait/sample-table.js';
import { ProofCard } from './proof-card.js';

/** Step 5: an administrator signs off the server, or the planned services alone. Taken back by itself if it stops being so. */
export function ConfirmStep({ draft, onShow }: StepProps): ReactElement {
  const { client, checklist, texts } = useReadWindow();
  const allowed = useAllowed();
  const { give, isSending, refusal, forget } = useOrder();
  const [note, setNote] = useState('');
  const confirmed = checklist.run?.phase === 'confirmed' ? checklist.run.confirmed : null;
  const isSafe = checklist.restart.kind !== 'not-safe';
  const sign = (servicesOnly: boolean): void =>
    void give(() => client.confirm({ note: note.trim() === '' ? null : note.trim(), servicesOnly }));
  return (
    <StepPanel
      step="confirm"
      lead={texts.t('confirm-lead')}
      hint={formatHint()}
      actions={
        <>
          {confirmed !== null && <Button onClick={() => onShow('restart')}>{texts.t('go-on-to-restart')}</Button>}
          {confirmed?.scope !== 'server' && <SignButtons isSending={isSending} onSign={sign} />}
        </>
      }
    >
      <RefusalBanner problem={refusal} onDismiss={forget} />
      {confirmed !== null && <SignedOff confirmed={confirmed} />}
      {checklist.ready ? <ProofCard /> : <NotQuietYet />}
      {checklist.ready && confirmed?.scope !== 'server' && <VerdictCard draft={draft} />}
      {allowed.confirm && <NoteField label={texts.t('confirm-note')} value={note} onChange={setNote} />}
      <ServiceList
        services={activeRows(checklist)}
        stepOf={(service) => withLosses(checklist, service, service.steps.confirm)}
        below={(service) => <LossLines service={service} />}
      />
      <BesidePlan draft={draft} />
      <SampleTable curve={checklist.curve} />
    </StepPanel>
  );

  function formatHint(): string | null {
    if (!allowed.confirm) return null;
    return texts.t(isSafe ? 'hint-confirm' : 'hint-confirm-services');
  }
}

interface SignButtonsProps {
  readonly isSending: boolean;
  readonly onSign: (servicesOnly: boolean) => void;
}

/** The server, if its verdict allows it; or, named as what it is, the planned services alone. */
function SignButtons({ isSending, onSign }: SignButtonsProps): ReactElement {
  const { checklist, texts } = useReadWindow();
  const canSign = useAllowed().confirm && !isSending;
  const { kind, cut } = checklist.restart;
  const isSafe = kind !== 'not-safe';
  return (
    <>
      {checklist.run?.phase === 'ready' && !isSafe && (
        <Button disabledFocusable={!canSign} onClick={() => onSign(true)}>
          {texts.t('sign-off-services', { count: activeRows(checklist).length })}
        </Button>
      )}
      <Button appearance="primary" disabledFocusable={!canSign || !isSafe} onClick={() => onSign(false)}>
        {kind === 'cuts' ? texts.t('sign-off-cut', { count: cut }) : texts.t('sign-off-server')}
      </Button>
    </>
  );
}

function NotQuietYet(): ReactElement {
  const { texts } = useReadWindow();
  return (
    <Banner tone="neutral" icon="hourglass" role="note">
      {texts.t('confirm-not-ready')}
    </Banner>
  );
}

/** Who signed off what. */
function SignedOff({ confirmed }: { readonly confirmed: NonNullable<RunSummary['confirmed']> }): ReactElement {
  const { checklist, texts } = useReadWindow();
  const { by, at, scope, cut, note } = confirmed;
  const params = { user: by.user, time: texts.time(at, checklist.now.at), count: cut };
  const isClean = scope === 'server' && cut === 0 && checklist.losses.length === 0;
  return (
    <section className={`card result ${isClean ? 'result-good' : 'result-attention'}`}>
      <Icon name={isClean ? 'pass' : 'information'} />
      <div>
        <h3>{texts.t(scope === 'services' ? 'signed-off-services' : cut > 0 ? 'signed-off-cut' : 'signed-off-server', params)}</h3>
        {scope === 'services' && <p>{texts.t('signed-off-services-text')}</p>}
        {note !== null && <p>{note}</p>}
      </div>
    </section>
  );
}
