import { Button } from '@fluentui/react-components';
import { Component, type ErrorInfo, type ReactElement, type ReactNode } from 'react';

import type { AppClient } from '../../electron/contract/ipc-client.js';
import { problem } from '../../electron/contract/problem.js';
import { ProblemLines } from '../components/banner.js';
import { Icon } from '../components/icons.js';
import { failureReport, summarize } from '../store/failure-reports.js';
import { useTexts } from '../store/window-context.js';

interface BoundaryProps {
  readonly client: Pick<AppClient, 'reportFailure'>;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly isBroken: boolean;
  /** What went wrong, in the words of the failure. */
  readonly detail: string;
  /** Null until the main process has kept it, and if it could not. */
  readonly logPath: string | null;
}

const WHOLE: BoundaryState = { isBroken: false, detail: '', logPath: null };

/** Shows what went wrong in place of what could not be drawn: without it React would leave an empty window. */
export class FailureBoundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = WHOLE;

  static getDerivedStateFromError(failure: unknown): BoundaryState {
    return { isBroken: true, detail: summarize(failure), logPath: null };
  }

  override componentDidCatch(failure: unknown, { componentStack }: ErrorInfo): void {
    void this.props.client.reportFailure({ text: failureReport(failure, componentStack ?? '') }).then(
      (answer) => answer.ok && this.setState({ logPath: answer.value.logPath }),
      () => undefined,
    );
  }

  override render(): ReactNode {
    return this.state.isBroken ? <BrokenPage {...this.state} onShowAgain={() => this.setState(WHOLE)} /> : this.props.children;
  }
}

function BrokenPage({ detail, logPath, onShowAgain }: BoundaryState & { readonly onShowAgain: () => void }): ReactElement {
  const texts = useTexts();
  return (
    <div className="window">
      <main className="page page-empty">
        <Icon name="stop" />
        <p role="alert">
          <ProblemLines problem={problem('window-failed', logPath === null ? { detail } : { detail, logPath })} />
        </p>
        <p>
          <Button appearance="primary" onClick={onShowAgain}>
            {texts.t('show-again')}
          </Button>
        </p>
      </main>
    </div>
  );
}
