import { Button } from '@fluentui/react-components';
import { useState, type ComponentProps, type ReactElement } from 'react';

import type { CutOffOrder, LockHolder, RefusedPause } from '../../electron/contract/app-snapshot.js';
import type { Answer } from '../../electron/contract/ipc-channels.js';
import type { Problem } from '../../electron/contract/problem.js';
import { Banner, ProblemLines, RefusalBanner } from '../components/banner.js';
import { LossBanner } from '../components/verdict/losses.js';
import { useOrder } from '../store/use-order.js';
import { useWindow } from '../store/window-context.js';
import { Alarms } from './alarms.js';
import { QuickPauseBanner } from './quick-pause-banner.js';

/** What must be known whichever page is open: rehearsal, old facts, quick pause, alarms, and how the last order ended. */
export function Banners({ onHistory }: { readonly onHistory: () => void }): ReactElement {
  const { snapshot, texts } = useWindow();
  const { checklist, readingProblem, quickPause, rehearsal, worker, brokenRecord } = snapshot;
  return (
    <section className="banners" aria-label={texts.t('notices')}>
      {rehearsal !== null && <RehearsalBanner />}
      {readingProblem !== null && checklist !== null && (
        <Banner tone="bad" icon="question" role="alert">
          <ProblemLines problem={readingProblem} />{' '}
          {brokenRecord === null && <strong>{texts.t('shown-as-of', { time: texts.time(checklist.now.at, null) })}</strong>}
          {brokenRecord?.undoCard != null && readingProblem.params['undoCard'] === undefined && (
            <strong>{texts.t('undo-card-at', { path: brokenRecord.undoCard.path })}</strong>
          )}
        </Banner>
      )}
      {worker !== null && <LockHolderBanner worker={worker} />}
      {quickPause !== null && <QuickPauseBanner quickPause={quickPause} />}
      {snapshot.cutOff !== null && <CutOffBanner command={snapshot.cutOff} />}
      <LastResultBanner onHistory={onHistory} />
      {checklist !== null && <LossBanner />}
      {checklist !== null && <Alarms checklist={checklist} />}
    </section>
  );
}

interface OrderBannerProps extends Omit<ComponentProps<typeof Banner>, 'actions'> {
  readonly label: string;
  readonly isPrimary?: boolean;
  readonly order: () => Promise<Answer<unknown>>;
}

/** With a button for one order; its refusal is shown below. */
function OrderBanner({ label, isPrimary = false, order, ...banner }: OrderBannerProps): ReactElement {
  const { give, isSending, refusal, forget } = useOrder();
  const button = (
    <Button appearance={isPrimary ? 'primary' : 'secondary'} disabledFocusable={isSending} onClick={() => void give(order)}>
      {label}
    </Button>
  );
  return (
    <>
      <Banner {...banner} actions={button} />
      <RefusalBanner problem={refusal} onDismiss={forget} />
    </>
  );
}

function RehearsalBanner(): ReactElement {
  const { client, snapshot, texts } = useWindow();
  return (
    <OrderBanner tone="accent" icon="information" role="note" label={texts.t('end-rehearsal')} order={() => client.stopRehearsal(null)}>
      {texts.t('rehearsal-banner', { times: snapshot.rehearsal?.speed ?? 1 })}
    </OrderBanner>
  );
}

/** Who else is at work: told before anything is pressed that would be refused. */
function LockHolderBanner({ worker }: { readonly worker: LockHolder }): ReactElement {
  const { snapshot, texts } = useWindow();
  const { user, face, command, since } = worker;
  return (
    <Banner tone="accent" icon="hourglass" role="status">
      <strong>{texts.t('worker', { user, face, command, time: texts.time(since, snapshot.checklist?.now.at ?? null) })}</strong>{' '}
      {texts.t('worker-advice')}
    </Banner>
  );
}

/** An order that was killed in the middle waits for a person; the services are as it left them. */
function CutOffBanner({ command }: { readonly command: CutOffOrder }): ReactElement {
  const { client, texts } = useWindow();
  return (
    <OrderBanner tone="attention" icon="warning" role="alert" label={texts.t('finish-order')} isPrimary order={() => client.goOn(null)}>
      <strong>{texts.t('cut-off-banner', { command })}</strong>
    </OrderBanner>
  );
}

/**
 * A conflict asks its question in step 7, where a way back that was stopped says how far it came; what was lost has a banner
 * of its own.
 */
const TOLD_ELSEWHERE: ReadonlySet<Problem['id']> = new Set([
  'conflict',
  'state-differs',
  'interrupted',
  'way-back-interrupted',
  'sessions-lost',
]);

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
  if (result.problem === null || TOLD_ELSEWHERE.has(result.problem.id)) return null;
  if (result.refusedPause !== undefined) {
    return <RefusedPauseBanner obstacle={result.problem} refused={result.refusedPause} onDismiss={dismiss} />;
  }
  return (
    <Banner tone="bad" icon="stop" role="alert" onDismiss={dismiss}>
      <ProblemLines problem={result.problem} />
    </Banner>
  );
}

interface RefusedPauseBannerProps {
  readonly obstacle: Problem;
  readonly refused: RefusedPause;
  readonly onDismiss: () => void;
}

/** A quick pause that no scheduled task could end: it can be given again without one, which its problem explains. */
function RefusedPauseBanner({ obstacle, refused, onDismiss }: RefusedPauseBannerProps): ReactElement {
  const { client, texts } = useWindow();
  const { services, forMs, reason, overrides } = refused;
  const request = { services: services === null ? null : [...services], forMs, reason, overrides: [...overrides], withoutEndTask: true };
  return (
    <OrderBanner
      tone="bad"
      icon="stop"
      role="alert"
      label={texts.t('pause-without-task')}
      order={() => client.pause(request)}
      onDismiss={onDismiss}
    >
      <ProblemLines problem={obstacle} />
    </OrderBanner>
  );
}
