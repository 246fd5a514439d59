import { useState, type ReactElement } from 'react';

import type { AppEvent, AppSnapshot } from '../../electron/contract/app-snapshot.js';
import type { Checklist } from '../../electron/contract/checklist.js';
import { Banner } from '../components/banner.js';
import { useWindow } from '../store/window-context.js';

/** What happened to the open maintenance and must be seen on every page. */
export function Alarms({ checklist }: { readonly checklist: Checklist }): ReactElement {
  return (
    <>
      <WithdrawnBanner />
      <LeakBanner />
      <StalledBanner checklist={checklist} />
      <SelfStartedBanner checklist={checklist} />
    </>
  );
}

/** The latest event of a kind in the open maintenance. */
function findLatest({ events, checklist }: AppSnapshot, kind: AppEvent['kind']): AppEvent | undefined {
  const openedAt = checklist?.run?.openedAt;
  if (openedAt === undefined) return undefined;
  return events.filter((event) => event.kind === kind && event.at >= openedAt).at(-1);
}

/** Why a sign-off, or a proof, does not stand any more; until the next sign-off. */
function WithdrawnBanner(): ReactElement | null {
  const { snapshot, texts } = useWindow();
  const [dismissedId, setDismissedId] = useState(0);
  const event = findLatest(snapshot, 'withdrawn');
  const isOver = snapshot.checklist?.run?.phase !== 'draining' && snapshot.checklist?.run?.phase !== 'ready';
  if (event === undefined || event.id <= dismissedId || isOver) return null;
  return (
    <Banner tone="attention" icon="warning" role="alert" onDismiss={() => setDismissedId(event.id)}>
      <strong>{texts.event(event)}</strong> {event.problem !== null && texts.problem(event.problem).happened}
    </Banner>
  );
}

function LeakBanner(): ReactElement | null {
  const { snapshot, texts } = useWindow();
  const [dismissedId, setDismissedId] = useState(0);
  const leak = findLatest(snapshot, 'leak');
  if (leak === undefined || leak.id <= dismissedId) return null;
  return (
    <Banner tone="attention" icon="warning" role="alert" onDismiss={() => setDismissedId(leak.id)}>
      <strong>{texts.event(leak)}</strong> {texts.t('leak-advice')}
    </Banner>
  );
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
