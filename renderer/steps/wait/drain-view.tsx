import type { ReactElement } from 'react';

import type { Checklist, Quiet } from '../../../electron/contract/checklist.js';
import { acceptedParam } from '../../../electron/core/maintenance/acceptance.js';
import { missingAcceptances } from '../../../electron/core/maintenance/missing-acceptances.js';
import { proofLine } from '../../components/verdict/proof-line.js';
import type { WindowMessages } from '../../store/texts.js';
import { useTexts } from '../../store/window-context.js';
import { DrainCurve } from './drain-curve.js';

/** How many sessions are left, when the last one may end, and how it went so far. */
export function DrainView({ checklist }: { readonly checklist: Checklist }): ReactElement {
  const texts = useTexts();
  const { quiet, curve } = checklist;
  return (
    <section className="card drain-view" aria-label={texts.t('sessions-left')}>
      <div className="drain-now">
        <BigNumber quiet={quiet} />
        <p className="drain-estimate">{formatEstimate(checklist, texts)}</p>
        {quiet.kind === 'holding' && <HoldBar heldMs={quiet.heldMs} holdTimeMs={quiet.holdTimeMs} />}
      </div>
      <DrainCurve curve={curve} />
    </section>
  );
}

/** What is left, as far as it is known: the sessions that are seen, and the services whose sessions are not. */
function leftOf(quiet: Quiet): { readonly sessions: number; readonly unknown: number } {
  switch (quiet.kind) {
    case 'busy':
    case 'needs-acceptance':
      return { sessions: quiet.sessions, unknown: quiet.unknown.length };
    case 'holding':
    case 'quiet':
    case 'not-draining':
      return { sessions: 0, unknown: 0 };
  }
}

function BigNumber({ quiet }: { readonly quiet: Quiet }): ReactElement {
  const texts = useTexts();
  const { sessions, unknown } = leftOf(quiet);
  const isWord = quiet.kind === 'not-draining' || (unknown > 0 && sessions === 0);
  return (
    <p className="big-number">
      {isWord ? (
        <span className="big-word">{texts.t('sessions-unknown')}</span>
      ) : (
        <span className="big-count">
          {unknown > 0 && <span className="at-least">{texts.t('at-least')}</span>}
          {texts.number(sessions)}
        </span>
      )}
      <span className="big-label">
        {texts.t('sessions-left-label', { count: sessions })}
        {unknown > 0 && <span className="big-unknown">{texts.t('services-unknown', { count: unknown })}</span>}
      </span>
    </p>
  );
}

function HoldBar({ heldMs, holdTimeMs }: { readonly heldMs: number; readonly holdTimeMs: number }): ReactElement {
  const texts = useTexts();
  const params = { held: texts.duration(heldMs), holdTime: texts.duration(holdTimeMs) };
  return (
    <div className="hold">
      <progress value={Math.min(heldMs, holdTimeMs)} max={holdTimeMs} aria-label={texts.t('hold-progress', params)} />
      <span>{texts.t('hold-progress', params)}</span>
    </div>
  );
}

function formatEstimate(checklist: Checklist, texts: WindowMessages): string {
  const { quiet, estimate, stalled, now } = checklist;
  if (quiet.kind === 'not-draining') return texts.t('estimate-not-paused');
  if (quiet.kind === 'holding') return texts.t('estimate-holding', acceptedParam(checklist));
  if (quiet.kind === 'needs-acceptance' && missingAcceptances(checklist).length > 0) {
    return texts.t('estimate-needs-word', { held: texts.duration(quiet.heldMs) });
  }
  if (quiet.kind === 'quiet') return proofLine(checklist, texts) ?? texts.t('estimate-quiet', { held: texts.duration(quiet.heldMs) });
  if (stalled.length > 0) return texts.t('estimate-stalled');
  if (estimate.kind === 'cannot-say') return texts.t('estimate-cannot-say');
  const at = (laterMs: number): string => texts.clock(new Date(Date.parse(now.at) + laterMs).toISOString());
  const [from, to] = [at(estimate.lowMs), at(estimate.highMs)];
  return from === to ? texts.t('estimate-minute', { time: from }) : texts.t('estimate-range', { from, to });
}
