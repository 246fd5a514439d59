import type { ReactElement } from 'react';

import type { SessionReading } from '../../electron/contract/sessions.js';
import { useTexts } from '../store/window-context.js';
import { Icon } from '../chrome/icons.js';

/** A count with where it came from, or that nobody knows. Unknown is never drawn as a number. */
export function SessionCount({ sessions }: { readonly sessions: SessionReading }): ReactElement {
  const texts = useTexts();
  if (sessions.kind === 'unknown') {
    return (
      <span className="session-unknown">
        <Icon name="question" /> {texts.t('sessions-unknown')}
      </span>
    );
  }
  const hasSource = sessions.evidence !== 'stopped' && sessions.evidence !== 'none-needed';
  return (
    <span className="session-count">
      <span className={sessions.count === 0 ? 'count count-zero' : 'count'}>{texts.number(sessions.count)}</span>
      {hasSource && <span className="session-source">{texts.words.evidence[sessions.evidence]}</span>}
    </span>
  );
}
