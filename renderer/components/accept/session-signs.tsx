import { Button } from '@fluentui/react-components';
import { useId, useState, type ReactElement, type ReactNode } from 'react';

import { NO_SIGNS, type RemoteEnd, type SessionReading, type SessionSigns } from '../../../electron/contract/sessions.js';
import { nameOfEnd } from '../../../electron/core/maintenance/acceptance.js';
import type { WindowMessages } from '../../store/texts.js';
import { useTexts } from '../../store/window-context.js';

/** More than a person compares; the rest is shown on request. */
const ENDS_AT_ONCE = 4;

/** Everything that can be seen of a service's sessions, and how it stands for what cannot: to be looked at before it is accepted. */
export function SessionSignList({ sessions }: { readonly sessions: SessionReading }): ReactElement {
  const texts = useTexts();
  const signs = sessions.signs ?? NO_SIGNS;
  return (
    <dl className="signs">
      {sessions.kind === 'unknown' && <Sign name={texts.t('sign-why')}>{texts.words.unknownSessions[sessions.reason]}</Sign>}
      <Sign name={texts.t('sign-last')}>{formatLast(sessions, texts)}</Sign>
      <Sign name={texts.t('sign-connections')}>
        <Connections signs={signs} />
      </Sign>
      <Sign name={texts.t('sign-media')}>
        {signs.mediaPorts === null ? texts.t('sign-unknown') : texts.t('sign-media-count', { count: signs.mediaPorts })}
      </Sign>
      <Sign name={texts.t('sign-activity')}>{signs.activity ?? texts.t('sign-unknown')}</Sign>
      {signs.drainingFlag !== null && <Sign name={texts.t('sign-draining')}>{texts.t(`sign-draining-${signs.drainingFlag}`)}</Sign>}
    </dl>
  );
}

function Sign({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The last number that is known, and how old it is. */
function formatLast(sessions: SessionReading, texts: WindowMessages): string {
  if (sessions.kind === 'count') return texts.t('sign-last-count', { count: sessions.count, evidence: sessions.evidence });
  const { atLeast } = sessions;
  if (atLeast === undefined) return texts.t('sign-last-none');
  const { count, evidence, ageMs } = atLeast;
  return ageMs === 0
    ? texts.t('sign-last-now', { count, evidence })
    : texts.t('sign-last-ago', { count, evidence, age: texts.duration(ageMs) });
}

function Connections({ signs }: { readonly signs: SessionSigns }): ReactElement {
  const texts = useTexts();
  const { connections, ends } = signs;
  if (connections === null) return <>{texts.t('sign-unknown')}</>;
  if (connections === 0) return <>{texts.t('sign-connections-none')}</>;
  return (
    <>
      {texts.t('sign-connections-count', { count: connections })}
      <RemoteEnds ends={ends} count={connections} />
    </>
  );
}

/** The far ends, as many as can be read at once, and all of them on demand. */
function RemoteEnds({ ends, count }: { readonly ends: readonly RemoteEnd[]; readonly count: number }): ReactElement {
  const texts = useTexts();
  const [showsAll, setShowsAll] = useState(false);
  const listId = useId();
  const shown = showsAll ? ends : ends.slice(0, ENDS_AT_ONCE);
  return (
    <>
      <ul id={listId} className="remote-ends">
        {shown.map((end) => (
          <li key={`${nameOfEnd(end)} ${end.localPort}`}>
            {nameOfEnd(end)} → {end.localPort}
          </li>
        ))}
      </ul>
      {ends.length > ENDS_AT_ONCE && (
        <Button size="small" appearance="subtle" aria-expanded={showsAll} aria-controls={listId} onClick={() => setShowsAll(!showsAll)}>
          {showsAll ? texts.t('hide') : texts.t('sign-ends-more', { count: count - ENDS_AT_ONCE })}
        </Button>
      )}
    </>
  );
}
