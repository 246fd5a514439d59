import type { ReactElement } from 'react';

import type { AcceptedService } from '../../../electron/contract/checklist.js';
import type { WindowMessages } from '../../store/texts.js';
import { useReadWindow } from '../../store/window-context.js';
import { Icon } from '../icons.js';
import { groupAccepted, type AcceptedGroup } from './proof-line.js';

/** What stands on an administrator's word: who gave it, when, and how that one knew. Draws nothing if nothing does. */
export function AcceptedList({ accepted }: { readonly accepted: readonly AcceptedService[] }): ReactElement | null {
  const { checklist, texts } = useReadWindow();
  if (accepted.length === 0) return null;
  return (
    <ul className="accepted" aria-label={texts.t('accepted-list')}>
      {groupAccepted(accepted).map((group) => (
        <li key={`${group.user} ${group.at} ${group.cut}`}>
          <Icon name="tick" /> {formatWord(group, checklist.now.at, texts)}
        </li>
      ))}
    </ul>
  );
}

function formatWord({ services, user, at, note, cut }: AcceptedGroup, now: string, texts: WindowMessages): string {
  const said = { services: texts.list(services), user, time: texts.time(at, now) };
  if (note === null) return texts.t('accepted-line-bare', said);
  return cut === null ? texts.t('accepted-line', { ...said, note }) : texts.t('accepted-line-cut', { ...said, note, cut });
}
