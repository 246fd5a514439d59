import type { ReactElement } from 'react';

import type { RebootPreviewRow } from '../../../electron/contract/checklist.js';
import { Icon, type IconName } from '../../components/icons.js';
import { useTexts } from '../../store/window-context.js';

interface Verdict {
  readonly icon: IconName;
  readonly className: string;
  readonly text: 'reboot-runs' | 'reboot-unsure';
}

function judge(wouldRun: boolean | null): Verdict {
  return wouldRun === null
    ? { icon: 'unknown', className: 'reboot-unsure', text: 'reboot-unsure' }
    : { icon: 'warning', className: 'reboot-runs', text: 'reboot-runs' };
}

/** What would run if the server were restarted now, and why; what stays out of service is one line. */
export function RebootPreview({ rows }: { readonly rows: readonly RebootPreviewRow[] }): ReactElement {
  const texts = useTexts();
  const weight = ({ wouldRun }: RebootPreviewRow): number => (wouldRun === true ? 0 : 1);
  const surprising = rows.filter(({ wouldRun }) => wouldRun !== false).sort((one, other) => weight(one) - weight(other));
  const staying = rows.filter(({ wouldRun }) => wouldRun === false).map(({ serviceName }) => serviceName);
  return (
    <ul className="card reboot-preview" aria-label={texts.t('reboot-preview')}>
      {surprising.map((row) => {
        const verdict = judge(row.wouldRun);
        return (
          <li key={row.serviceName} className={verdict.className}>
            <Icon name={verdict.icon} />
            <span className="reboot-service">{row.serviceName}</span>
            <strong>{texts.t(verdict.text)}</strong>
            <span className="reboot-because">{texts.message(row.because)}</span>
          </li>
        );
      })}
      {staying.length > 0 && (
        <li className="reboot-stays">
          <Icon name="square" />
          <span className="reboot-all">{texts.t('reboot-stay', { count: staying.length, services: texts.list(staying) })}</span>
        </li>
      )}
    </ul>
  );
}
