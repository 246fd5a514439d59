import type { ReactElement } from 'react';

import type { Checklist } from '../../../electron/contract/checklist.js';
import type { MessageId } from '../../../electron/contract/message-places.js';
import { useTexts } from '../../store/window-context.js';

/** Said by the number, the bar and the card of uncounted services above already. */
const SEEN_ANYWAY: readonly MessageId[] = ['blocks-sessions', 'blocks-hold-time', 'blocks-unknown-sessions'];

/** What else stands between now and ready, in words. Draws nothing when nothing does. */
export function Blockers({ blockers }: { readonly blockers: Checklist['blockers'] }): ReactElement | null {
  const texts = useTexts();
  const unseen = blockers.filter(({ id }) => !SEEN_ANYWAY.includes(id));
  if (unseen.length === 0) return null;
  return (
    <section className="card blockers" aria-label={texts.t('blockers')}>
      <h3>{texts.t('blockers')}</h3>
      <ul>
        {unseen.map((blocker) => (
          <li key={`${blocker.id} ${blocker.params['serviceName'] ?? ''}`}>{texts.message(blocker)}</li>
        ))}
      </ul>
    </section>
  );
}
