import { Button } from '@fluentui/react-components';
import type { ReactElement, ReactNode } from 'react';

import type { RestartReason } from '../../../electron/contract/checklist.js';
import { activeRows } from '../../../electron/core/maintenance/allowed-orders.js';
import { leftToHold } from '../../../electron/core/maintenance/changes-left.js';
import { useReadWindow } from '../../store/window-context.js';
import { Icon } from '../icons.js';
import type { PlanOrders } from './plan-orders.js';
import { remedyFor, type Remedy } from './remedy.js';

interface ReasonsProps {
  readonly reasons: readonly RestartReason[];
  readonly orders: PlanOrders;
  /** Opens the dialog in which services are accepted. */
  readonly onLook: (serviceNames: readonly string[]) => void;
}

/** Each thing that stands against a restart, in the words of all faces, with what can be done about it beside it. */
export function Reasons({ reasons, orders, onLook }: ReasonsProps): ReactElement {
  const { checklist, texts } = useReadWindow();
  const remedies = reasons.map((reason) => ({ reason, remedy: remedyFor(reason, checklist) }));
  const toAdd = remedies.flatMap(({ remedy }) => (remedy.kind === 'add' ? [remedy.serviceName] : []));
  return (
    <>
      <ul className="reasons">
        {remedies.map(({ reason, remedy }) => (
          <li key={reason.id}>
            <Icon name="stop" />
            <span className="reason-text">
              <strong>{texts.problem(reason.problem).happened}</strong> <RemedyText reason={reason} remedy={remedy} />
            </span>
            <RemedyButton remedy={remedy} orders={orders} onLook={onLook} />
          </li>
        ))}
      </ul>
      {toAdd.length > 1 && (
        <Button className="reasons-all" disabledFocusable={!orders.isAllowed} onClick={() => orders.add(toAdd)}>
          {texts.t('remedy-add-all', { count: toAdd.length })}
        </Button>
      )}
    </>
  );
}

/** What to do, in one sentence; where the window can do it, its button says what. */
function RemedyText({ reason, remedy }: { readonly reason: RestartReason; readonly remedy: Remedy }): ReactNode {
  const { texts } = useReadWindow();
  switch (remedy.kind) {
    case 'add':
      return texts.t('remedy-add-hint');
    case 'hold':
      return texts.t('remedy-hold-hint');
    case 'disable':
      return texts.t('remedy-disable-hint');
    case 'look':
      return texts.t(remedy.isCut ? 'remedy-cut-hint' : 'remedy-look-hint');
    case 'wait':
      return texts.t('remedy-wait-hint');
    case 'by-hand':
      return texts.problem(reason.problem).next;
  }
}

function RemedyButton({ remedy, orders, onLook }: { readonly remedy: Remedy } & Omit<ReasonsProps, 'reasons'>): ReactElement | null {
  const { checklist, snapshot, texts } = useReadWindow();
  const { hold } = snapshot.settings;
  const offer = (words: string, onClick: () => void, isAllowed = orders.isAllowed): ReactElement => (
    <Button size="small" disabledFocusable={!isAllowed} onClick={onClick}>
      {words}
    </Button>
  );
  switch (remedy.kind) {
    case 'add':
      return offer(texts.t('remedy-add', { serviceName: remedy.serviceName }), () => orders.add([remedy.serviceName]));
    case 'hold':
      return offer(
        texts.t('remedy-hold', { count: leftToHold(activeRows(checklist), hold).length, hold: texts.words.startTypes[hold] }),
        () => orders.hold(hold),
      );
    case 'disable':
      return offer(texts.t('remedy-disable'), () => orders.hold('disabled'));
    case 'look':
      return offer(texts.t('remedy-look', { serviceName: remedy.serviceName }), () => onLook([remedy.serviceName]), true);
    case 'wait':
    case 'by-hand':
      return null;
  }
}
