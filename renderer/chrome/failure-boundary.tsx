import { Button } from '@fluentui/react-components';
import { Component, useEffect, useState, type ErrorInfo, type ReactElement, type ReactNode } from 'react';

import { problem } from '../../electron/contract/problem.js';
import { describeFailure } from '../store/failure-reports.js';
import { useWindow } from '../store/window-context.js';
import { ProblemText } from './banner.js';
import { Icon } from './icons.js';

interface BoundaryState {
  readonly failure: unknown;
  /** React's component stack; null until it is known. */
  readonly place: string | null;
  readonly isBroken: boolean;
}

const WHOLE: BoundaryState = { failure: null, place: null, isBroken: false };

/** Shows what went wrong in place of what could not be drawn: without it React would leave an empty window. */
export class FailureBoundary extends Component<{ readonly children: ReactNode }, BoundaryState> {
  override state: BoundaryState = WHOLE;

  static getDerivedStateFromError(failure: unknown): BoundaryState {
    return { failure, place: null, isBroken: true };
  }

  override componentDidCatch(_failure: Error, { componentStack }: ErrorInfo): void {
    this.setState({ place: componentStack ?? '' });
  }

  override render(): ReactNode {
    const { failure, place, isBroken } = this.state;
    if (!isBroken) return this.props.children;
    return place === null ? null : <BrokenPage failure={failure} place={place} onShowAgain={() => this.setState(WHOLE)} />;
  }
}

interface BrokenPageProps {
  readonly failure: unknown;
  readonly place: string;
  readonly onShowAgain: () => void;
}

function BrokenPage({ failure, place, onShowAgain }: BrokenPageProps): ReactElement {
  const { client, texts } = useWindow();
  const [logPath, setLogPath] = useState<string | null>(null);
  useEffect(() => {
    void client.reportFailure({ text: describeFailure(failure, place) }).then(
      (answer) => setLogPath(answer.ok ? answer.value.logPath : null),
      () => undefined,
    );
  }, [client, failure, place]);
  const detail = failure instanceof Error ? failure.message : String(failure);
  return (
    <main className="page page-empty">
      <Icon name="stop" />
      <p role="alert">
        <ProblemText problem={problem('window-failed', logPath === null ? { detail } : { detail, logPath })} />
      </p>
      <Button appearance="primary" onClick={onShowAgain}>
        {texts.t('show-again')}
      </Button>
    </main>
  );
}
