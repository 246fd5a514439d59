import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';

import type { ServiceRow } from '../../../electron/contract/checklist.js';
import type { ConflictAnswer } from '../../../electron/contract/run.js';
import { useTexts } from '../../store/window-context.js';

interface ConflictChoiceProps {
  readonly service: Pick<ServiceRow, 'conflict' | 'stateConflict'>;
  readonly isBusy: boolean;
  readonly onChoose: (choice: ConflictAnswer) => void;
}

/** One difference: what was, what this run set (null if nothing), what is. */
interface Difference {
  readonly question: string;
  readonly original: string;
  readonly ours: string | null;
  readonly now: string;
}

/** True for a service that differs from before although this run did not do that. */
export function isAsked({ conflict, stateConflict }: Pick<ServiceRow, 'conflict' | 'stateConflict'>): boolean {
  return conflict !== null || stateConflict !== null;
}

/** Another person changed the start type or the state: the values side by side, and one question. */
export function ConflictChoice({ service, isBusy, onChoose }: ConflictChoiceProps): ReactElement {
  const texts = useTexts();
  const differences = differencesOf(service, texts);
  const named = (value: (difference: Difference) => string): string => differences.map(value).join(', ');
  const question = named((difference) => difference.question);
  return (
    <div className="conflict" role="group" aria-label={question}>
      {differences.map((difference) => (
        <div key={difference.question}>
          <p className="conflict-question">{difference.question}</p>
          <dl className="conflict-values">
            {(['original', 'ours', 'now'] as const).map(
              (which) =>
                difference[which] !== null && (
                  <div key={which}>
                    <dt>{texts.t(`conflict-${which}`)}</dt>
                    <dd>{difference[which]}</dd>
                  </div>
                ),
            )}
          </dl>
        </div>
      ))}
      <div className="conflict-actions">
        <Button size="small" disabledFocusable={isBusy} onClick={() => onChoose('original')}>
          {texts.t('restore-original', { startType: named((difference) => difference.original) })}
        </Button>
        <Button size="small" disabledFocusable={isBusy} onClick={() => onChoose('keep')}>
          {texts.t('keep-now', { startType: named((difference) => difference.now) })}
        </Button>
      </div>
    </div>
  );
}

function differencesOf(
  { conflict, stateConflict }: Pick<ServiceRow, 'conflict' | 'stateConflict'>,
  texts: ReturnType<typeof useTexts>,
): readonly Difference[] {
  const { startTypes, states } = texts.words;
  const found: Difference[] = [];
  if (stateConflict !== null) {
    found.push({
      question: texts.t('conflict-state-question'),
      original: states[stateConflict.original],
      ours: null,
      now: states[stateConflict.now],
    });
  }
  if (conflict !== null) {
    const ours = conflict.ours === null ? null : startTypes[conflict.ours];
    found.push({ question: texts.t('conflict-question'), original: startTypes[conflict.original], ours, now: startTypes[conflict.now] });
  }
  return found;
}
