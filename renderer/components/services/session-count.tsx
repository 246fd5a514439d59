import type { ReactElement } from 'react';

import type { ServiceRow } from '../../../electron/contract/checklist.js';
import type { SessionReading } from '../../../electron/contract/sessions.js';
import { useReadWindow, useTexts } from '../../store/window-context.js';
import { Icon } from '../icons.js';

/** A count with where it came from, or that it is not known. Unknown is never drawn as a number. */
export function SessionCount({ service }: { readonly service: Pick<ServiceRow, 'state' | 'sessions' | 'lastCount'> }): ReactElement {
  const { sessions } = service;
  const { run } = useReadWindow().checklist;
  // After a sign-off and on the way back nothing is counted: that is as it should be.
  const isUnasked = run?.phase === 'confirmed' || run?.phase === 'returning';
  if (sessions.kind === 'unknown') {
    return isUnasked && sessions.reason === 'not-read-yet' ? <NotRead service={service} /> : <Unknown sessions={sessions} />;
  }
  return <Count sessions={sessions} />;
}

function Count({ sessions }: { readonly sessions: Extract<SessionReading, { kind: 'count' }> }): ReactElement {
  const texts = useTexts();
  const hasSource = sessions.evidence !== 'stopped' && sessions.evidence !== 'none-needed';
  return (
    <span className="session-count">
      <span className={sessions.count === 0 ? 'count count-zero' : 'count'}>{texts.number(sessions.count)}</span>
      {hasSource && <span className="session-source">{texts.words.evidence[sessions.evidence]}</span>}
    </span>
  );
}

/** What was seen all the same stands beside it, and how old it is. */
function Unknown({ sessions: { atLeast } }: { readonly sessions: Extract<SessionReading, { kind: 'unknown' }> }): ReactElement {
  const texts = useTexts();
  return (
    <span className="session-count">
      <span className="session-unknown">
        <Icon name="question" />{' '}
        {atLeast === undefined ? texts.t('sessions-unknown') : texts.t('sessions-at-least', { count: texts.number(atLeast.count) })}
      </span>
      {atLeast !== undefined && (
        <span className="session-source">
          {atLeast.ageMs === 0 ? texts.words.evidence[atLeast.evidence] : texts.t('sessions-ago', { age: texts.duration(atLeast.ageMs) })}
        </span>
      )}
    </span>
  );
}

/** What was seen last says something only of a service that takes no new work since. */
function NotRead({ service: { state, lastCount } }: { readonly service: Pick<ServiceRow, 'state' | 'lastCount'> }): ReactElement {
  const { checklist, texts } = useReadWindow();
  // By its state alone.
  if (state === 'stopped') return <span className="count count-zero">{texts.number(0)}</span>;
  if (state !== 'paused' || lastCount?.count == null) return <span className="session-source">{texts.t('sessions-not-read')}</span>;
  return (
    <span className="session-count">
      <span className="count count-zero">{texts.number(lastCount.count)}</span>
      <span className="session-source">{texts.t('sessions-last-seen', { time: texts.time(lastCount.at, checklist.now.at) })}</span>
    </span>
  );
}
