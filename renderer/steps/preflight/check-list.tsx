import { Button, Checkbox } from '@fluentui/react-components';
import { useId, useState, type ReactElement } from 'react';

import type { Check, CheckResult } from '../../../electron/contract/checklist.js';
import { Icon, type IconName } from '../../components/icons.js';
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
  const uncounted = servicesByReason(checks);
  const others = ORDER.flatMap((result) => checks.filter((check) => check.result === result && !isUncounted(check)));
  return (
    <div className="card checks">
      {others.length + uncounted.size > 0 && (
        <ul>
          {others.map((check) => (
            <CheckLine key={check.id} check={check} onOverride={onOverride} />
          ))}
          {[...uncounted].map(([reason, services]) => (
            <EvidenceLine key={reason} reason={reason} services={services} isAhead={onOverride !== null} />
          ))}
        </ul>
      )}
      {passed.length > 0 && (
        <div className="checks-passed">
          <Icon name="pass" className="tone-good-icon" />
          <span>{texts.t(others.length + uncounted.size === 0 ? 'checks-all-passed' : 'checks-passed', { count: passed.length })}</span>
          <Button
            appearance="subtle"
            size="small"
            aria-expanded={showsPassed}
            aria-controls={passedId}
            onClick={() => setShowsPassed(!showsPassed)}
          >
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

/** A service whose sessions no source counts now. It does not prevent the start, and is accepted by hand when it is paused. */
function isUncounted({ result, override }: Check): boolean {
  return result === 'unknown' && override === 'accept-by-hand';
}

/** The same reason is said once, with all services that it holds for. */
function servicesByReason(checks: readonly Check[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const { message } of checks.filter(isUncounted)) {
    const reason = String(message.params['reason']);
    found.set(reason, [...(found.get(reason) ?? []), String(message.params['serviceName'])]);
  }
  return found;
}

function EvidenceLine({
  reason,
  services,
  isAhead,
}: {
  readonly reason: string;
  readonly services: readonly string[];
  readonly isAhead: boolean;
}): ReactElement {
  const texts = useTexts();
  return (
    <li className="check check-unknown">
      <Icon name={ICONS.unknown} />
      <div>
        <span className="check-text">
          <span className="visually-hidden">{texts.words.checkResults.unknown}: </span>
          {texts.t('checks-evidence-unknown', { services: texts.list(services), reason })}
        </span>
        {isAhead && <span className="check-later">{texts.t('checks-evidence-later')}</span>}
      </div>
    </li>
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
        {(check.override === 'go-on' || check.override === 'leave-out') && onOverride !== null && (
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
