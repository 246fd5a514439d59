import { Button } from '@fluentui/react-components';
import { useId, useState, type ReactElement } from 'react';

import type { CurvePoint } from '../../../electron/contract/checklist.js';
import type { WindowMessages } from '../../store/texts.js';
import { useTexts } from '../../store/window-context.js';

/** As many as a person reads; the report has all of them. */
const SHOWN_SAMPLES = 50;

/** The samples behind the curve as a table, newest first: proof, and the curve for those who do not see it. */
export function SampleTable({ curve }: { readonly curve: readonly CurvePoint[] }): ReactElement | null {
  const texts = useTexts();
  const [isOpen, setOpen] = useState(false);
  const tableId = useId();
  if (curve.length === 0) return null;
  return (
    <div className="samples">
      <Button
        appearance="subtle"
        size="small"
        aria-expanded={isOpen}
        aria-controls={isOpen ? tableId : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        {texts.t(isOpen ? 'hide-samples' : 'show-samples', { count: curve.length })}
      </Button>
      {isOpen && (
        <table id={tableId} className="card">
          <caption className="visually-hidden">{texts.t('samples')}</caption>
          <thead>
            <tr>
              <th scope="col">{texts.t('column-time')}</th>
              <th scope="col">{texts.t('sessions-left')}</th>
            </tr>
          </thead>
          <tbody>
            {curve
              .slice(-SHOWN_SAMPLES)
              .reverse()
              .map((point) => (
                <tr key={`${point.at} ${point.sessions}`}>
                  <td>{texts.time(point.at, curve.at(-1)?.at ?? null)}</td>
                  <td>{formatSessions(point, texts)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function formatSessions({ sessions, isAtLeast }: CurvePoint, texts: WindowMessages): string {
  if (sessions === null) return texts.t('sample-gap');
  return isAtLeast === true ? texts.t('sessions-at-least', { count: texts.number(sessions) }) : texts.number(sessions);
}
