import type { Checklist, RestartReason, ServiceRow } from '../../../electron/contract/checklist.js';
import type { ProblemId } from '../../../electron/contract/problem.js';
import { isSameService } from '../../../electron/contract/service-names.js';
import { takesCalls } from '../../../electron/core/maintenance/allowed-orders.js';

/** What the window offers against one reason, beside it. */
export type Remedy =
  /** Takes the service into this maintenance. */
  | { readonly kind: 'add'; readonly serviceName: string }
  /** Sets the start types as the settings say. */
  | { readonly kind: 'hold' }
  /** Sets them to Disabled, which nothing but an administrator can start. */
  | { readonly kind: 'disable' }
  /** Shows what can be seen of it, to be accepted. */
  | { readonly kind: 'look'; readonly serviceName: string; readonly isCut: boolean }
  | { readonly kind: 'wait' }
  /** Nothing that this window can do: the problem's own next step says what. */
  | { readonly kind: 'by-hand' };

/** What helps against each problem that a service may stand against a restart with; whatever is not here is not the window's to mend. */
const REMEDIES: Partial<Record<ProblemId, (row: ServiceRow) => Remedy>> = {
  // One that cannot be paused is not added.
  'outside-plan': (row) => (takesCalls(row) ? add(row) : BY_HAND),
  'starts-with-windows': (row) => (row.planned ? { kind: 'hold' } : add(row)),
  'started-by-dependent': disable,
  'may-start-by-trigger': disable,
  'start-not-known': disable,
  'sessions-left': ({ serviceName }) => ({ kind: 'look', serviceName, isCut: true }),
  'sessions-unknown': ({ serviceName }) => ({ kind: 'look', serviceName, isCut: false }),
  'not-proved-yet': (row) => (row.planned ? { kind: 'wait' } : add(row)),
};

const BY_HAND: Remedy = { kind: 'by-hand' };

function add({ serviceName }: ServiceRow): Remedy {
  return { kind: 'add', serviceName };
}

function disable(row: ServiceRow): Remedy {
  return row.planned ? { kind: 'disable' } : add(row);
}

/** @param checklist tells what the service is now */
export function remedyFor({ serviceName, problem }: RestartReason, { services }: Pick<Checklist, 'services'>): Remedy {
  const row = services.find((one) => serviceName !== null && isSameService(one.serviceName, serviceName));
  return row === undefined ? BY_HAND : (REMEDIES[problem.id]?.(row) ?? BY_HAND);
}
