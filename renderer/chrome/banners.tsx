import { Button } from '@fluentui/react-components';
import { useState, type ReactElement } from 'react';

import type { AppEvent, AppSnapshot } from '../../electron/contract/app-snapshot.js';
import type { Checklist } from '../../electron/contract/checklist.js';
import { useOrder } from '../store/use-order.js';
import { useWindow } from '../store/window-context.js';
import { Banner, ProblemText, Refusal } from './banner.js';
import { QuickPauseBanner } from './quick-pause-banner.js';

/** What must be known whichever page is open: rehearsal, old facts, quick pause, alarms, and how the last order ended. */
export function Banners({ onHistory }: { readonly onHistory: () => void }): ReactElement {
  const { snapshot, texts } = useWindow();
  const { checklist, readingProblem, quickPause, rehearsal } = snapshot;
  return (
    <section className="banners" aria-label={texts.t('notices')}>
      {rehearsal !== null && <RehearsalBanner />}
      {readingProblem !== null && checklist !== null && (
        <Banner tone="bad" icon="question" role="alert">
          <ProblemText problem={readingProblem} />{' '}
          <strong>{texts.t('shown-as-of', { time: texts.time(checklist.now.at, null) })}</strong>
        </Banner>
      )}
      {quickPause !== null && <QuickPauseBanner quickPause={quickPause} />}
      <LastResultBanner onHistory={onHistory} />
      <LeakBanner />
      {checklist !== null && <StalledBanner checklist={checklist} />}
      {checklist !== null && <SelfStartedBanner checklist={checklist} />}
    </section>
  );
}

function RehearsalBanner(): ReactElement {
  const { client, texts } = useWindow();
  const { give, isSending, refusal, forget } = useOrder();
  return (
    <>
      <Banner
        tone="accent"
        icon="information"
        role="note"
        actions={
          <Button disabledFocusable={isSending} onClick={() => void give(() => client.stopRehearsal(null))}>
            {texts.t('end-rehearsal')}
          </Button>
        }
      >
        {texts.t('rehearsal-banner')}
      </Banner>
      <Refusal problem={refusal} onDismiss={forget} />
    </>
  );
}

function LastResultBanner({ onHistory }: { readonly onHistory: () => void }): ReactElement | null {
  const { snapshot, texts } = useWindow();
  const [dismissedAt, setDismissedAt] = useState<string | null>(null);
  const result = snapshot.lastResult;
  if (result === null || result.at === dismissedAt) return null;
  const dismiss = (): void => setDismissedAt(result.at);
  const openHistory = (): void => {
    dismiss();
    onHistory();
  };
  if (result.outcome === 'returned') {
    return (
      <Banner
        tone="good"
        icon="pass"
        role="status"
        actions={<Button onClick={openHistory}>{texts.t('open-history')}</Button>}
        onDismiss={dismiss}
      >
        <strong>{texts.outcome(result.outcome)}</strong> {texts.t('report-is-there')}
      </Banner>
    );
  }
  // A conflict asks its question in step 7, with its answers beside it.
  if (result.problem === null || result.problem.id === 'conflict' || result.problem.id === 'state-differs') return null;
  return (
    <Banner tone="bad" icon="stop" role="alert" onDismiss={dismiss}>
      <ProblemText problem={result.problem} />
    </Banner>
  );
}

function LeakBanner(): ReactElement | null {
  const { snapshot, texts } = useWindow();
  const [dismissedId, setDismissedId] = useState(0);
  const leak = findLatestLeak(snapshot);
  if (leak === undefined || leak.id <= dismissedId) return null;
  return (
    <Banner tone="attention" icon="warning" role="alert" onDismiss={() => setDismissedId(leak.id)}>
      <strong>{texts.event(leak)}</strong> {texts.t('leak-advice')}
    </Banner>
  );
}

function findLatestLeak({ events, checklist }: AppSnapshot): AppEvent | undefined {
  const openedAt = checklist?.run?.openedAt;
  if (openedAt === undefined) return undefined;
  return events.filter((event) => event.kind === 'leak' && event.at >= openedAt).at(-1);
}

function StalledBanner({ checklist }: { readonly checklist: Checklist }): ReactElement | null {
  const { texts } = useWindow();
  const { stalled } = checklist;
  if (stalled.length === 0) return null;
  const params = { services: texts.list(stalled.map((service) => service.serviceName)), count: stalled.length };
  const shortestMs = Math.min(...stalled.map((service) => service.sinceMs));
  return (
    <Banner tone="attention" icon="hourglass" role="alert">
      <strong>{texts.t('stalled-title', { ...params, time: texts.minutes(shortestMs) })}</strong> {texts.t('stalled-advice')}
    </Banner>
  );
}

function SelfStartedBanner({ checklist }: { readonly checklist: Checklist }): ReactElement | null {
  const { texts } = useWindow();
  const running = checklist.run?.phase === 'returning' ? [] : (checklist.run?.restart?.running ?? []);
  if (running.length === 0) return null;
  return (
    <Banner tone="bad" icon="exclamation" role="alert">
      <strong>{texts.t('started-by-itself', { services: texts.list(running), count: running.length })}</strong>{' '}
      {texts.t('started-by-itself-advice')}
    </Banner>
  );
}
