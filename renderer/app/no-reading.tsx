import type { ReactElement } from 'react';

import { ProblemLines } from '../components/banner.js';
import { Icon } from '../components/icons.js';
import { useWindow } from '../store/window-context.js';

/** In place of the checklist while nothing could be read yet. */
export function NoReading(): ReactElement {
  const { snapshot, texts } = useWindow();
  const { readingProblem } = snapshot;
  return (
    <main className="page page-empty">
      <Icon name={readingProblem === null ? 'hourglass' : 'question'} />
      <h2>{texts.t(readingProblem === null ? 'reading-first' : 'reading-failed')}</h2>
      {readingProblem !== null && (
        <p role="alert">
          <ProblemLines problem={readingProblem} />
        </p>
      )}
    </main>
  );
}
