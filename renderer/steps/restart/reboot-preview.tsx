import type { ReactElement } from 'react';

import type { RebootPreviewRow } from '../../../electron/contract/checklist.js';
import { Icon, type IconName } from '../../chrome/icons.js';
import { useTexts } from '../../store/window-context.js';

interface Verdict {
  readonly icon: IconName;
  readonly className: string;
  readonly text: 'reboot-runs' | 'reboot-stays' | 'reboot-unsure';
}

function judge(wouldRun: boolean | null): Verdict {
  if (wouldRun === null) return { icon: 'unknown', className: 'reboot-unsure', text: 'reboot-unsure' };
  if (wouldRun) return { icon: 'warning', className: 'reboot-runs', text: 'reboot-runs' };
  return { icon: 'square', className: 'reboot-stays', text: 'reboot-stays' };
}

/** What would run if the server were restarted now, and why; what would surprise comes first. */
export function RebootPreview({ rows }: { readonly rows: readonly RebootPreviewRow[] }): ReactElement {
  const texts = useTexts();
  const weight = ({ wouldRun }: RebootPreviewRow): number => (wouldRun === true ? 0 : wouldRun === null ? 1 : 2);
  const sorted = [...rows].sort((one, other) => weight(one) - weight(other));
  return (
    <ul className="card reboot-preview" aria-label={texts.t('reboot-preview')}>
      {sorted.map((row) => {
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
    </ul>
  );
}
