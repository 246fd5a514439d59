import { Button } from '@fluentui/react-components';
import { useEffect, useState, type ReactElement } from 'react';

import type { Problem } from '../../../electron/contract/problem.js';
import { Banner, ProblemLines, RefusalBanner } from '../../components/banner.js';
import { useOrder } from '../../store/use-order.js';
import { useWindow } from '../../store/window-context.js';

/**
 * One run as a document for the change ticket. It is drawn in a frame that may run nothing; its style sheet is let
 * through the window's content security policy by the window's own nonce.
 */
export function ReportPage({ runId, onClose }: { readonly runId: string; readonly onClose: () => void }): ReactElement {
  const { client, texts } = useWindow();
  const [html, setHtml] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { give, isSending, refusal, forget } = useOrder();
  useEffect(() => {
    void client.report({ runId }).then((answer) => {
      if (answer.ok) setHtml(answer.value.html);
      setProblem(answer.ok ? null : answer.problem);
    });
  }, [client, runId]);
  return (
    <main className="page report-page" aria-label={texts.t('report')}>
      <div className="report-actions">
        <Button onClick={onClose}>{texts.t('back-to-history')}</Button>
        <span className="spacer" />
        <Button disabledFocusable={isSending || html === null} onClick={() => void give(() => client.printReport({ runId }))}>
          {texts.t('print-report')}
        </Button>
        <Button
          appearance="primary"
          disabledFocusable={isSending || html === null}
          onClick={() => void give(() => client.saveReport({ runId }))}
        >
          {texts.t('save-report')}
        </Button>
      </div>
      <RefusalBanner problem={refusal} onDismiss={forget} />
      {problem !== null && (
        <Banner tone="bad" icon="stop" role="alert">
          <ProblemLines problem={problem} />
        </Banner>
      )}
      {html !== null && <iframe className="report-frame" sandbox="" title={texts.t('report')} srcDoc={withNonce(html)} />}
    </main>
  );
}

function withNonce(html: string): string {
  const nonce = document.querySelector('meta[name="style-nonce"]')?.getAttribute('content') ?? '';
  return html.replace('<style>', `<style nonce="${nonce}">`);
}
