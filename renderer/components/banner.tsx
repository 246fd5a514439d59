import { Button } from '@fluentui/react-components';
import type { ReactElement, ReactNode } from 'react';

import type { Problem } from '../../electron/contract/problem.js';
import { useTexts } from '../store/window-context.js';
import { Icon, type IconName } from './icons.js';
import type { Tone } from './tone.js';

interface BannerProps {
  readonly tone: Tone;
  readonly icon: IconName;
  /** Only stalls and failures interrupt a screen reader. */
  readonly role: 'alert' | 'status' | 'note';
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  readonly onDismiss?: () => void;
}

/** One line across the window, or inside a step, that must be seen. */
export function Banner({ tone, icon, role, children, actions, onDismiss }: BannerProps): ReactElement {
  const texts = useTexts();
  return (
    <div className={`banner tone-${tone}`} role={role}>
      <Icon name={icon} />
      <div className="banner-text">{children}</div>
      {actions !== undefined && <div className="banner-actions">{actions}</div>}
      {onDismiss !== undefined && (
        <Button appearance="subtle" icon={<Icon name="cross" />} aria-label={texts.t('dismiss')} onClick={onDismiss} />
      )}
    </div>
  );
}

/** What happened, what to do next, and the code to ask about. */
export function ProblemLines({ problem }: { readonly problem: Problem }): ReactElement {
  const texts = useTexts();
  const { code, happened, next } = texts.problem(problem);
  return (
    <>
      <strong className="problem-happened">{happened}</strong> {next} <span className="problem-code">{code}</span>
    </>
  );
}

/** An order that was refused, where it was given. */
export function RefusalBanner({
  problem,
  onDismiss,
}: {
  readonly problem: Problem | null;
  readonly onDismiss: () => void;
}): ReactElement | null {
  if (problem === null) return null;
  return (
    <Banner tone="bad" icon="stop" role="alert" onDismiss={onDismiss}>
      <ProblemLines problem={problem} />
    </Banner>
  );
}
