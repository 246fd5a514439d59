import type { ReactElement } from 'react';

import type { Checklist, Estimate, Quiet } from '../../../electron/contract/checklist.js';
import type { Texts } from '../../store/texts.js';
import { useTexts } from '../../store/window-context.js';
import { DrainCurve } from './drain-curve.js';

/** How many sessions are left, when the last one may end, and how it went so far. */
export function DrainView({ checklist }: { readonly checklist: Checklist }): ReactElement {
  const texts = useTexts();
  const { quiet, estimate, curve, now } = checklist;
  return (
    <section className="card drain-view" aria-label={texts.t('sessions-left')}>
      <div className="drain-now">
        <BigNumber quiet={quiet} isReady={checklist.ready} />
        <p className="drain-estimate">{sayEstimate(quiet, estimate, now.at, texts)}</p>
        {quiet.kind === 'holding' && <HoldBar heldMs={quiet.heldMs} holdTimeMs={quiet.holdTimeMs} />}
      </div>
      <DrainCurve curve={curve} />
    </section>
  );
}

function BigNumber({ quiet, isReady }: { readonly quiet: Quiet; readonly isReady: boolean }): ReactElement {
  const texts = useTexts();
  const isUnknown = quiet.kind === 'busy' && quiet.unknown.length > 0;
  const left = quiet.kind === 'busy' ? quiet.sessions : 0;
  const isWord = quiet.kind === 'not-draining' || (isUnknown && left === 0);
  return (
    <p className="big-number">
      {isWord ? (
        <span className="big-word">{texts.t('sessions-unknown')}</span>
      ) : (
        <span className="big-count">
          {isUnknown && <span className="at-least">{texts.t('at-least')}</span>}
          {texts.number(left)}
        </span>
      )}
      <span className="big-label">
        {isReady ? texts.t('sessions-left-ready') : texts.t('sessions-left-label', { count: left })}
        {isUnknown && <span className="big-unknown">{texts.t('services-unknown', { count: quiet.unknown.length })}</span>}
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

function sayEstimate(quiet: Quiet, estimate: Estimate, now: string, texts: Texts): string {
  if (quiet.kind === 'holding') return texts.t('estimate-holding');
  if (quiet.kind === 'quiet') return texts.t('estimate-quiet', { held: texts.duration(quiet.heldMs), samples: quiet.samples });
  if (estimate.kind === 'cannot-say') return texts.t('estimate-cannot-say');
  const at = (laterMs: number): string => texts.clock(new Date(Date.parse(now) + laterMs).toISOString());
  const [from, to] = [at(estimate.lowMs), at(estimate.highMs)];
  return from === to ? texts.t('estimate-minute', { time: from }) : texts.t('estimate-range', { from, to });
}
