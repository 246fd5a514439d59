import { Button, Checkbox } from '@fluentui/react-components';
import { useId, useState, type ReactElement } from 'react';

import type { Check, CheckResult } from '../../../electron/contract/checklist.js';
import { Icon, type IconName } from '../../chrome/icons.js';
import { useTexts } from '../../store/window-context.js';

const ICONS: Readonly<Record<CheckResult, IconName>> = { block: 'stop', unknown: 'unknown', warn: 'warning', pass: 'pass' };

/** What stands in the way comes first. */
const ORDER: readonly CheckResult[] = ['block', 'unknown', 'warn'];

interface CheckListProps {
  readonly checks: readonly Check[];
  /** Null where nothing can be overridden any more. */
  readonly onOverride: ((checkId: string, isOverridden: boolean) => void) | null;
}

/** Checks that ask for attention, in order of weight; those that passed are folded into one line. */
export function CheckList({ checks, onOverride }: CheckListProps): ReactElement {
  const texts = useTexts();
  const [showsPassed, setShowsPassed] = useState(false);
  const passedId = useId();
  const passed = checks.filter((check) => check.result === 'pass');
  const others = ORDER.flatMap((result) => checks.filter((check) => check.result === result));
  return (
    <div className="card checks">
      {others.length > 0 && (
        <ul>
          {others.map((check) => (
            <CheckLine key={check.id} check={check} onOverride={onOverride} />
          ))}
        </ul>
      )}
      {passed.length > 0 && (
        <div className="checks-passed">
          <Icon name="pass" className="tone-good-icon" />
          <span>{texts.t(others.length === 0 ? 'checks-all-passed' : 'checks-passed', { count: passed.length })}</span>
          <Button appearance="subtle" size="small" aria-expanded={showsPassed} aria-controls={passedId} onClick={() => setShowsPassed(!showsPassed)}>
            {texts.t(showsPassed ? 'hide' : 'show')}
          </Button>
        </div>
      )}
      <ul id={passedId} hidden={!showsPassed}>
        {passed.map((check) => (
          <CheckLine key={check.id} check={check} onOverride={null} />
        ))}
      </ul>
    </div>
  );
}

function CheckLine({ check, onOverride }: { readonly check: Check; readonly onOverride: CheckListProps['onOverride'] }): ReactElement {
  const texts = useTexts();
  const textId = useId();
  return (
    <li className={`check check-${check.result}${check.overridden ? ' check-overridden' : ''}`}>
      <Icon name={ICONS[check.result]} />
      <div>
        <span id={textId} className="check-text">
          <span className="visually-hidden">{texts.words.checkResults[check.result]}: </span>
          {texts.message(check.message)}
        </span>
        {check.override !== null && onOverride !== null && (
          <Checkbox
            className="check-override"
            label={texts.t(`override-${check.override}`)}
            aria-describedby={textId}
            checked={check.overridden}
            onChange={(_, data) => onOverride(check.id, data.checked === true)}
          />
        )}
      </div>
    </li>
  );
}
