import { Button } from '@fluentui/react-components';
import { useEffect, useState, type ReactElement } from 'react';

import type { HistoryRow } from '../../../electron/contract/app-snapshot.js';
import type { Problem } from '../../../electron/contract/problem.js';
import { Banner, ProblemLines } from '../../components/banner.js';
import { useWindow } from '../../store/window-context.js';
import { ReportPage } from './report-page.js';

/** Every maintenance this server had, newest first, and the report of each. */
export function HistoryPage(): ReactElement {
  const { client, snapshot, texts } = useWindow();
  const [rows, setRows] = useState<readonly HistoryRow[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [shownRun, setShownRun] = useState<string | null>(null);
  const phase = snapshot.checklist?.run?.phase;
  useEffect(() => {
    void client.history(null).then((answer) => {
      if (answer.ok) setRows(answer.value);
      setProblem(answer.ok ? null : answer.problem);
    });
    // A run that was opened, or moved on, changes its line.
  }, [client, phase]);
  if (shownRun !== null) return <ReportPage runId={shownRun} onClose={() => setShownRun(null)} />;
  return (
    <main className="page">
      <h2>{texts.t('page-history')}</h2>
      <p className="lead">{texts.t('history-lead')}</p>
      {problem !== null && (
        <Banner tone="bad" icon="stop" role="alert">
          <ProblemLines problem={problem} />
        </Banner>
      )}
      {rows?.length === 0 && <p className="empty">{texts.t('history-none')}</p>}
      {rows !== null && rows.length > 0 && (
        <ul className="card history">
          {rows.map((row) => (
            <HistoryLine key={row.runId} row={row} onShow={() => setShownRun(row.runId)} />
          ))}
        </ul>
      )}
    </main>
  );
}

function HistoryLine({ row, onShow }: { readonly row: HistoryRow; readonly onShow: () => void }): ReactElement {
  const { texts } = useWindow();
  const opened = row.openedAt === null ? texts.t('history-unreadable') : texts.time(row.openedAt, null);
  return (
    <li>
      <div className="history-run">
        <strong>{opened}</strong>
        <span className="history-reason">{row.reason ?? texts.t('history-no-reason')}</span>
        <span className="history-facts">
          {row.phase !== 'unreadable' &&
            `${texts.t('history-facts', { count: row.services, user: row.openedBy ?? '?' })} · ${texts.words.phases[row.phase]}`}
        </span>
        {row.damage !== null && (
          <span className="history-damage">
            <ProblemLines problem={row.damage} />
          </span>
        )}
      </div>
      <Button onClick={onShow} aria-label={texts.t('show-report-of', { opened })}>
        {texts.t('show-report')}
      </Button>
    </li>
  );
}
