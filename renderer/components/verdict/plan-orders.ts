import type { Problem } from '../../../electron/contract/problem.js';
import type { Hold } from '../../../electron/contract/settings.js';
import { activeRows } from '../../../electron/core/maintenance/allowed-orders.js';
import { requestOfDraft, type Draft } from '../../store/draft.js';
import { useOrder } from '../../store/use-order.js';
import { useAllowed, useReadWindow } from '../../store/window-context.js';

/** Orders that change what the open maintenance holds. */
export interface PlanOrders {
  /** False while none of them is taken. */
  readonly isAllowed: boolean;
  readonly refusal: Problem | null;
  readonly forget: () => void;
  /** Takes further services in. */
  readonly add: (serviceNames: readonly string[]) => void;
  /** Sets the start types of all planned services. */
  readonly hold: (hold: Hold) => void;
}

export function usePlanOrders(draft: Draft): PlanOrders {
  const { client, checklist, snapshot } = useReadWindow();
  const { give, isSending, refusal, forget } = useOrder();
  const allowed = useAllowed();
  const { settings } = snapshot;
  const planned = activeRows(checklist).map(({ serviceName }) => serviceName);
  const drain = (serviceNames: readonly string[], hold: Hold): void =>
    void give(() => client.drain({ ...requestOfDraft(draft, settings, serviceNames), hold }));
  return {
    isAllowed: allowed.drain && !isSending,
    refusal,
    forget,
    add: (serviceNames) => drain([...planned, ...serviceNames], settings.hold),
    hold: (hold) => drain(planned, hold),
  };
}
