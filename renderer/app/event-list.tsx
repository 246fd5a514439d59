import type { ReactElement } from 'react';

import type { AppEvent } from '../../electron/contract/app-snapshot.js';
import { ProblemLines } from '../components/banner.js';
import { Icon, type IconName } from '../components/icons.js';
import { useWindow } from '../store/window-context.js';

const ICONS: Readonly<Record<AppEvent['level'], IconName>> = { info: 'information', attention: 'warning', failure: 'stop' };

/** What happened since the app was started, newest first. */
export function EventList(): ReactElement {
  const { snapshot, texts } = useWindow();
  const events = [...snapshot.events].reverse();
  return (
    <main className="page">
      <h2>{texts.t('page-events')}</h2>
      <p className="lead">{texts.t('events-lead')}</p>
      {events.length === 0 ? (
        <p className="empty">{texts.t('events-none')}</p>
      ) : (
        <ol className="card event-list">
          {events.map((event) => (
            <EventLine key={event.id} event={event} now={snapshot.checklist?.now.at ?? null} />
          ))}
        </ol>
      )}
    </main>
  );
}

function EventLine({ event, now }: { readonly event: AppEvent; readonly now: string | null }): ReactElement {
  const { texts } = useWindow();
  return (
    <li className={`event event-${event.level}`}>
      <Icon name={ICONS[event.level]} />
      <time dateTime={event.at}>{texts.time(event.at, now)}</time>
      <span>
        {texts.event(event)} {event.problem !== null && <ProblemLines problem={event.problem} />}
      </span>
    </li>
  );
}
