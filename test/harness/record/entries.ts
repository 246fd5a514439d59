import type { Instant } from '../../../electron/contract/computer.js';
import type { Actor, Entry, EntryDraft, Order, Original, Run } from '../../../electron/contract/run.js';
import { foldOnto, runOf, startFold } from '../../../electron/core/record/fold.js';

export const ANN: Actor = { user: 'CONTOSO\\ann', face: 'cli', processId: 4711 };

export const RUN_ID = '20261123-021405-7f3a';

export const OPENING = {
  type: 'run-opened',
  schema: 1,
  runId: RUN_ID,
  computer: { name: 'FE01', bootedAt: '2026-11-20T01:00:00.000Z', source: 'simulated' },
  by: ANN,
  product: '0.1.0',
} as const satisfies EntryDraft;

export const AUTO_DELAYED = { startType: 'auto', delayed: true } as const;
export const MANUAL = { startType: 'demand', delayed: false } as const;

export function ordered(change: Partial<Order> = {}): Extract<EntryDraft, { type: 'ordered' }> {
  const order: Order = {
    command: 'drain',
    services: ['RTCMEDSRV', 'RTCSRV'],
    holdTimeMs: 60_000,
    hold: 'demand',
    until: null,
    stayStopped: false,
    reason: null,
    ...change,
  };
  return { type: 'ordered', by: ANN, order };
}

export function original(serviceName: string, change: Partial<Original> = {}): EntryDraft {
  return {
    type: 'original',
    serviceName,
    original: { displayName: `Lync ${serviceName}`, state: 'running', start: AUTO_DELAYED, ...change },
  };
}

export function sampled(sessions: Extract<EntryDraft, { type: 'sampled' }>['sessions']): EntryDraft {
  return { type: 'sampled', sessions };
}

/** Five seconds between entries. */
export function instant(seq: number): Instant {
  return { at: new Date(Date.UTC(2026, 10, 23, 2, 14) + seq * 5_000).toISOString(), upMs: seq * 5_000 };
}

/** Drafts in their places; the hashes are empty, because a fold does not look at them. */
export function placed(...drafts: readonly EntryDraft[]): Entry[] {
  return drafts.map((draft, index) => ({ ...draft, ...instant(index + 1), seq: index + 1, hash: '' }));
}

/** One entry of every type, as a whole run would have them. */
export const WHOLE_RUN: readonly EntryDraft[] = [
  OPENING,
  ordered({ reason: 'CHG-1234' }),
  original('RTCMEDSRV'),
  original('RTCSRV', { start: { startType: 'auto', delayed: null } }),
  { type: 'overridden', by: ANN, checkId: 'pool-members', note: 'checked by phone' },
  { type: 'left-out', serviceName: 'RTCATS', because: 'not pausable' },
  { type: 'intended', serviceName: 'RTCMEDSRV', change: { kind: 'pause' } },
  { type: 'changed', serviceName: 'RTCMEDSRV', change: 'pause' },
  { type: 'intended', serviceName: 'RTCMEDSRV', change: { kind: 'set-start', from: AUTO_DELAYED, to: MANUAL } },
  {
    type: 'failed',
    serviceName: 'RTCMEDSRV',
    change: 'set-start',
    problem: { id: 'access-denied', params: { win32: 5, operation: 'ChangeServiceConfigW', serviceName: 'RTCMEDSRV' } },
  },
  { type: 'outside-change', serviceName: 'RTCSRV', problem: { id: 'resumed-from-outside', params: { serviceName: 'RTCSRV' } } },
  sampled({ RTCMEDSRV: 3, RTCSRV: 'counter-missing' }),
  { type: 'leaked', serviceName: 'RTCMEDSRV', before: 3, after: 4, from: '10.0.0.7' },
  { type: 'stalled', serviceName: 'RTCMEDSRV', count: 4, sinceMs: 600_000 },
  { type: 'accepted-by-hand', by: ANN, serviceName: 'RTCSRV', note: null },
  sampled({ RTCMEDSRV: 0, RTCSRV: 'counter-missing' }),
  { type: 'quiet', heldMs: 60_000, samples: 13 },
  { type: 'confirmed', by: ANN, note: '一切就绪' },
  { type: 'tail-lost', by: ANN, entries: 18, anchored: 40, held: { RTCSRV: { start: MANUAL, isPaused: true } }, unrecorded: ['RTCATS'] },
  { type: 'withdrawn', problem: { id: 'not-ready', params: { serviceName: 'RTCMEDSRV' } } },
  { type: 'restarted', bootedAt: '2026-11-23T03:07:00.000Z', running: ['RTCSRV'] },
  { type: 'pool-looked', when: 'before-pause', servers: [{ fqdn: 'fe02.contoso.com', standing: 'in-service' }] },
  { type: 'pool-looked', when: 'after-pause', servers: [{ fqdn: 'fe02.contoso.com', standing: 'in-maintenance' }] },
  { type: 'yielded', by: ANN, to: [{ fqdn: 'fe02.contoso.com', standing: 'in-maintenance' }] },
  ordered({ command: 'resume' }),
  { type: 'choice', by: ANN, serviceName: 'RTCSRV', choice: 'original' },
  { type: 'intended', serviceName: 'RTCMEDSRV', change: { kind: 'restore-start', from: MANUAL, to: AUTO_DELAYED } },
  { type: 'intended', serviceName: 'RTCMEDSRV', change: { kind: 'start' } },
  { type: 'returned', serviceName: 'RTCMEDSRV', how: 'restored' },
  { type: 'closed', by: ANN, outcome: 'returned' },
];

/** Folds a whole record, as the product folds it entry by entry. */
export function fold(entries: Iterable<Entry>): Run | null {
  const state = startFold();
  for (const entry of entries) foldOnto(state, entry);
  return runOf(state);
}
