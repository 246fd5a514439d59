import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';

import type { BrokenRecord } from '../../../electron/contract/app-snapshot.js';
import { RefusalBanner } from '../../components/banner.js';
import { ServiceList } from '../../components/services/service-list.js';
import { useOrder } from '../../store/use-order.js';
import { useReadWindow } from '../../store/window-context.js';

/**
 * In place of the checklist while the record of the open maintenance cannot be gone on with: the services as they are, and the
 * way back by hand.
 */
export function BrokenRecordPage({ record }: { readonly record: BrokenRecord }): ReactElement {
  const { checklist, snapshot, texts } = useReadWindow();
  const { undoCard, runId } = record;
  return (
    <main className="page">
      <h2>{texts.t('broken-record')}</h2>
      <p className="lead">{texts.t('broken-record-lead', { runId: runId ?? '?' })}</p>
      {snapshot.readingProblem?.id === 'record-tail-lost' && <BringBack />}
      <div className="card undo-card">
        <h3>{undoCard === null ? texts.t('undo-card-none') : texts.t('undo-card-at', { path: undoCard.path })}</h3>
        {undoCard !== null && (
          <pre tabIndex={0} role="region" aria-label={texts.t('undo-card')}>
            {undoCard.text}
          </pre>
        )}
      </div>
      <h3>{texts.t('services-now')}</h3>
      <ServiceList services={checklist.services} />
    </main>
  );
}

/** A record that only lost its end still knows what the services were. */
function BringBack(): ReactElement {
  const { client, snapshot, texts } = useReadWindow();
  const { give, isSending, refusal, forget } = useOrder();
  const isBusy = isSending || snapshot.activity.kind === 'working';
  return (
    <>
      <RefusalBanner problem={refusal} onDismiss={forget} />
      <div className="page-actions">
        <Button
          appearance="primary"
          disabledFocusable={isBusy}
          onClick={() => void give(() => client.resume({ services: null, stayStopped: false, conflicts: null }))}
        >
          {texts.t('bring-back-by-record')}
        </Button>
      </div>
    </>
  );
}
