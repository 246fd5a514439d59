import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';

import type { StartConflict } from '../../../electron/contract/checklist.js';
import { useTexts } from '../../store/window-context.js';

interface ConflictChoiceProps {
  readonly conflict: StartConflict;
  readonly isBusy: boolean;
  readonly onChoose: (choice: 'keep' | 'original') => void;
}

/** Somebody changed the start type while we held it: three values side by side, and one question. */
export function ConflictChoice({ conflict, isBusy, onChoose }: ConflictChoiceProps): ReactElement {
  const texts = useTexts();
  const nameOf = texts.words.startTypes;
  return (
    <div className="conflict" role="group" aria-label={texts.t('conflict-question')}>
      <p className="conflict-question">{texts.t('conflict-question')}</p>
      <dl className="conflict-values">
        {(['original', 'ours', 'now'] as const).map((which) => (
          <div key={which}>
            <dt>{texts.t(`conflict-${which}`)}</dt>
            <dd>{nameOf[conflict[which]]}</dd>
          </div>
        ))}
      </dl>
      <div className="conflict-actions">
        <Button size="small" disabledFocusable={isBusy} onClick={() => onChoose('original')}>
          {texts.t('restore-original', { startType: nameOf[conflict.original] })}
        </Button>
        <Button size="small" disabledFocusable={isBusy} onClick={() => onChoose('keep')}>
          {texts.t('keep-now', { startType: nameOf[conflict.now] })}
        </Button>
      </div>
    </div>
  );
}
