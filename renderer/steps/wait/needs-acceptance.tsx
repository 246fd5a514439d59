import { Button, useRestoreFocusTarget } from '@fluentui/react-components';
import type { ReactElement } from 'react';

import type { ServiceRow } from '../../../electron/contract/checklist.js';
import type { UnknownSessionReason } from '../../../electron/contract/sessions.js';
import { Icon } from '../../components/icons.js';
import { useReadWindow } from '../../store/window-context.js';

interface NeedsAcceptanceProps {
  /** Those whose sessions no source can count. */
  readonly services: readonly ServiceRow[];
  /** True if nothing else is waited for. */
  readonly isOnly: boolean;
  /** Null where the step's own button does it. */
  readonly onLook: (() => void) | null;
}

/**
 * Services that no source proves empty, why, and what would make them known: one card for all of them. Draws nothing where
 * there are none.
 */
export function NeedsAcceptance({ services, isOnly, onLook }: NeedsAcceptanceProps): ReactElement | null {
  const { texts } = useReadWindow();
  const opener = useRestoreFocusTarget();
  if (services.length === 0) return null;
  const count = services.length;
  return (
    <section className="card result needs-word">
      <Icon name="question" />
      <div>
        <h3>{texts.t(isOnly ? 'needs-word' : 'needs-word-later', { count })}</h3>
        <p>{texts.t(isOnly ? 'needs-word-lead' : 'needs-word-lead-later')}</p>
        <ul>
          {byReason(services).map(([reason, names]) => (
            <li key={reason}>
              <strong>{texts.list(names)}</strong>: {texts.words.unknownSessions[reason]}.{' '}
              <span className="remedy">{texts.words.sessionRemedies[reason]}</span>
            </li>
          ))}
        </ul>
        {onLook !== null && (
          <Button {...opener} onClick={onLook}>
            {texts.t('look-at-services', { count })}
          </Button>
        )}
      </div>
    </section>
  );
}

/** The same reason is said once, with all services that it holds for. */
function byReason(services: readonly ServiceRow[]): readonly (readonly [UnknownSessionReason, readonly string[]])[] {
  const found = new Map<UnknownSessionReason, string[]>();
  for (const { serviceName, sessions } of services) {
    if (sessions.kind === 'unknown') found.set(sessions.reason, [...(found.get(sessions.reason) ?? []), serviceName]);
  }
  return [...found];
}
