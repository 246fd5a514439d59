import { useState, type ReactElement } from 'react';

import type { Checklist, RestartKind } from '../../../electron/contract/checklist.js';
import { leastSessions } from '../../../electron/contract/sessions.js';
import type { Draft } from '../../store/draft.js';
import type { WindowMessages } from '../../store/texts.js';
import { useReadWindow } from '../../store/window-context.js';
import { AcceptDialog } from '../accept/accept-dialog.js';
import { RefusalBanner } from '../banner.js';
import { Icon, type IconName } from '../icons.js';
import { AcceptedList } from './accepted-list.js';
import { usePlanOrders } from './plan-orders.js';
import { Reasons } from './reasons.js';

const STYLES: Readonly<Record<RestartKind, { readonly icon: IconName; readonly className: string }>> = {
  safe: { icon: 'pass', className: 'result-good' },
  accepted: { icon: 'pass', className: 'result-good' },
  cuts: { icon: 'warning', className: 'result-attention' },
  'not-safe': { icon: 'stop', className: 'result-bad' },
};

/** Whether the server may be restarted, with everything that speaks against it and what to do about each. */
export function VerdictCard({ draft }: { readonly draft: Draft }): ReactElement {
  const { checklist, texts } = useReadWindow();
  const [releasingEvidence, setLooking] = useState<readonly string[] | null>(null);
  const orders = usePlanOrders(draft);
  const { kind, reasons, caveats, accepted } = checklist.restart;
  // After a loss nothing is as it should be: no tick.
  const { icon, className } = STYLES[kind === 'not-safe' || checklist.losses.length === 0 ? kind : 'cuts'];
  return (
    <section className={`card result verdict ${className}`} aria-label={texts.t('verdict')}>
      <Icon name={icon} />
      <div>
        <h3>{texts.restart(checklist)}</h3>
        {kind === 'not-safe' && <p>{formatAtStake(checklist, texts)}</p>}
        <RefusalBanner problem={orders.refusal} onDismiss={orders.forget} />
        {reasons.length > 0 && <Reasons reasons={reasons} orders={orders} onLook={setLooking} />}
        <AcceptedList accepted={accepted} />
        {caveats.length > 0 && (
          <ul className="caveats" aria-label={texts.t('caveats')}>
            {caveats.map((caveat) => (
              <li key={caveat.id}>
                <Icon name="information" /> {texts.message(caveat)}
              </li>
            ))}
          </ul>
        )}
      </div>
      {releasingEvidence !== null && <AcceptDialog serviceNames={releasingEvidence} onClose={() => setLooking(null)} />}
    </section>
  );
}

/** What a restart now would cut, as far as it is known. */
function formatAtStake({ services }: Pick<Checklist, 'services'>, texts: WindowMessages): string {
  const running = services.filter(({ state }) => state !== 'stopped' && state !== 'missing');
  const count = running.reduce((sum, { sessions }) => sum + leastSessions(sessions), 0);
  if (count > 0) return texts.t('verdict-at-stake', { count });
  return running.some(({ sessions }) => sessions.kind === 'unknown')
    ? texts.t('verdict-at-stake-unknown')
    : texts.t('verdict-at-stake-none');
}
