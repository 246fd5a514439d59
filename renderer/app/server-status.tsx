import type { ReactElement } from 'react';

import type { AppSnapshot } from '../../electron/contract/app-snapshot.js';
import { serverView, type ServerView } from '../../electron/core/maintenance/tray-view.js';
import { Icon } from '../components/icons.js';
import { SHAPES } from '../components/tone.js';
import { useWindow } from '../store/window-context.js';

/** How the server is, as the tray has it. */
export function viewServer({ checklist, readingProblem, activity }: AppSnapshot): ServerView {
  return serverView(checklist, readingProblem, activity);
}

/** The tray's shape and sentence. */
export function ServerStatus(): ReactElement {
  const { snapshot, texts } = useWindow();
  const { shape, tooltip } = viewServer(snapshot);
  const { icon, tone } = SHAPES[shape];
  return (
    <p className={`server-status tone-${tone}`}>
      <Icon name={icon} />
      <span>{texts.tray(tooltip)}</span>
    </p>
  );
}
