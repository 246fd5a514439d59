import type { AppEvent, AppSnapshot } from '../../../electron/contract/app-snapshot.js';
import type { Check, Checklist, CurvePoint, RebootPreviewRow, RunSummary } from '../../../electron/contract/checklist.js';
import { message } from '../../../electron/contract/message.js';
import { DEFAULT_SETTINGS } from '../../../electron/contract/settings.js';
import { IN_SERVICE, SERVICE_NAMES } from './services.js';

/** Pieces that the states of the window are put together from. */

const { holdTimeMs, timeoutMs, hold, startWithWindows, pool } = DEFAULT_SETTINGS;

const NOW = '2026-11-23T02:14:05.123Z';
const UP_MS = 5_000_000;
const MINUTE_MS = 60_000;

export function minutesAgo(minutes: number): string {
  return new Date(Date.parse(NOW) - minutes * MINUTE_MS).toISOString();
}

export const ANN = { user: 'CONTOSO\\ann', face: 'tray', processId: 4_711 } as const;

export const PASSED: readonly Check[] = [
  { id: 'elevated', result: 'pass', message: message('check-elevated-pass', { user: ANN.user }), override: null, overridden: false },
  { id: 'failed-over', result: 'pass', message: message('check-failover-pass'), override: null, overridden: false },
  ...SERVICE_NAMES.map((serviceName): Check => ({
    id: `pausable:${serviceName}`,
    result: 'pass',
    message: message('check-pausable-pass', { serviceName }),
    override: null,
    overridden: false,
  })),
  {
    id: 'pool-members',
    result: 'pass',
    message: message('check-pool-pass', { pool: 'pool01.contoso.com', members: 4, others: 3, required: 2 }),
    override: null,
    overridden: false,
  },
  { id: 'reboot', result: 'pass', message: message('check-reboot-pass'), override: null, overridden: false },
];

export const WEB_TRAFFIC: Check = {
  id: 'web-traffic',
  result: 'warn',
  message: message('check-web-traffic-warn'),
  override: null,
  overridden: false,
};
export const EVIDENCE_UNKNOWN: Check = {
  id: 'evidence:RTCCPS',
  result: 'unknown',
  message: message('check-evidence-unknown', { serviceName: 'RTCCPS', reason: 'cmdlet-missing' }),
  override: 'accept-by-hand',
  overridden: false,
};
export const POOL_BLOCKS: Check = {
  id: 'pool-members',
  result: 'block',
  message: message('check-pool-block', { pool: 'pool01.contoso.com', members: 3, others: 1, required: 2 }),
  override: 'go-on',
  overridden: false,
};
export const NOT_PAUSABLE: Check = {
  id: 'pausable:RTCXMPPTGW',
  result: 'block',
  message: message('check-pausable-block', { serviceName: 'RTCXMPPTGW' }),
  override: 'leave-out',
  overridden: false,
};

const STAYS_STOPPED: readonly RebootPreviewRow[] = SERVICE_NAMES.map((serviceName) => ({
  serviceName,
  wouldRun: false,
  because: message('reboot-stays-manual', { serviceName }),
}));

export const SOME_START: readonly RebootPreviewRow[] = STAYS_STOPPED.map((row) => {
  if (row.serviceName === 'RTCRGS') {
    return { ...row, wouldRun: true, because: message('reboot-started-by-dependent', { serviceName: 'RTCRGS', dependent: 'RTCQMS' }) };
  }
  if (row.serviceName === 'RTCCAA') {
    return { ...row, wouldRun: null, because: message('reboot-may-start-by-trigger', { serviceName: 'RTCCAA' }) };
  }
  return row;
});

/** A drain that begins with many sessions and ends at `left`; every tenth of it a reading. */
export function curve(minutes: number, begin: number, left: number | null): readonly CurvePoint[] {
  const points = minutes * 4;
  return Array.from({ length: points + 1 }, (_, index) => {
    const share = index / points;
    const level = Math.round((begin - (left ?? 0)) * Math.exp(-4 * share) * (1 - share) + (left ?? 0));
    const isUnknown = left === null && index > points * 0.6 && index < points * 0.7;
    return { at: minutesAgo(minutes * (1 - share)), upMs: UP_MS - minutes * MINUTE_MS * (1 - share), sessions: isUnknown ? null : level };
  });
}

export const RUN: RunSummary = {
  id: '20261123-014005-FE01',
  phase: 'draining',
  openedAt: minutesAgo(34),
  openedBy: ANN,
  reason: 'CHG-1234',
  command: 'drain',
  until: null,
  confirmed: null,
  restart: null,
};

export const CHECKLIST: Checklist = {
  now: { at: NOW, upMs: UP_MS },
  computer: { name: 'FE01', bootedAt: minutesAgo(50_000), bootId: null, source: 'windows', elevated: true, user: ANN.user },
  installed: { role: 'front-end', edition: 'enterprise', product: { known: true, version: '5.0.8308.1149', majorVersion: 5 } },
  run: null,
  ready: false,
  restart: { kind: 'not-safe', reasons: [], caveats: [], accepted: [], cut: 0 },
  proof: null,
  accepted: [],
  acceptedInAdvance: [],
  losses: [],
  blockers: [],
  services: IN_SERVICE,
  checks: [...PASSED, WEB_TRAFFIC],
  rebootPreview: STAYS_STOPPED,
  quiet: { kind: 'not-draining' },
  estimate: { kind: 'cannot-say' },
  curve: [],
  stalled: [],
};

export const SNAPSHOT: AppSnapshot = {
  revision: 1,
  language: 'en',
  checklist: CHECKLIST,
  readingProblem: null,
  activity: { kind: 'idle' },
  worker: null,
  brokenRecord: null,
  lastResult: null,
  cutOff: null,
  events: [],
  settings: { language: 'system', services: null, holdTimeMs, waitTimeoutMs: timeoutMs, hold, startWithWindows, pool },
  quickPause: null,
  rehearsal: null,
  power: null,
};

export const TOKEN = { token: '0123456789abcdef0123456789abcdef' };

export function event(kind: AppEvent['kind'], level: AppEvent['level'], params: AppEvent['params'] = {}, minutes = 1): AppEvent {
  return { id: 1_000 - minutes, at: minutesAgo(minutes), level, kind, params, problem: null };
}

/** A snapshot whose checklist differs from the one in service. */
export function snapshotOf(checklist: Partial<Checklist>, app: Partial<AppSnapshot> = {}): AppSnapshot {
  return { ...SNAPSHOT, checklist: { ...CHECKLIST, ...checklist }, ...app };
}
