import type {
  AcceptedService,
  Checklist,
  LostSessions,
  Proof,
  RestartReason,
  RestartVerdict,
} from '../../../electron/contract/checklist.js';
import { message } from '../../../electron/contract/message.js';
import { problem } from '../../../electron/contract/problem.js';
import type { SessionReading } from '../../../electron/contract/sessions.js';
import { IN_SERVICE, paused, withRows, withSteps } from './services.js';
import { ANN, RUN, curve, minutesAgo } from './snapshots.js';

/** Verdicts, proofs and words of administrators that the states of the window are put together from. */

export const PROOF: Proof = {
  since: minutesAgo(1),
  heldMs: 64_000,
  readings: 74,
  longestGapMs: 6_000,
  lastAt: minutesAgo(0),
  services: 9,
  sources: ['counter', 'cmdlet'],
};
const SAFE: RestartVerdict = { kind: 'safe', reasons: [], caveats: [], accepted: [], cut: 0 };

function accepted(serviceName: string, note: string | null, cut: number | null = null): AcceptedService {
  return { serviceName, at: minutesAgo(2), by: ANN, note, cut };
}

/** Without a source that proves it empty, and with everything that can be seen all the same. */
function unknown(count: number | null): SessionReading {
  const ends = ['10.0.0.7', '10.0.0.8', '192.168.20.114', '2001:db8::17', '10.0.0.11'].map((address, index) => ({
    address,
    port: 51_122 + index,
    localPort: 5_071,
  }));
  return {
    kind: 'unknown',
    reason: 'cmdlet-denied',
    raw: null,
    ...(count !== null && { atLeast: { count, evidence: 'tcp', ageMs: 46_000 } }),
    arrivals: [],
    signs: {
      connections: count ?? 0,
      ends: ends.slice(0, count ?? 0),
      mediaPorts: 2,
      activity: 'Concurrent Calls=3,Average Wait=12.5',
      drainingFlag: 1,
    },
  };
}

const quietRows = withSteps(paused(), { wait: 'done' });

/** The plan is quiet, and nothing stands against a restart. */
export const READY: Partial<Checklist> = {
  run: { ...RUN, phase: 'ready' },
  ready: true,
  services: quietRows,
  quiet: { kind: 'quiet', heldMs: 64_000, samples: 74 },
  proof: PROOF,
  restart: SAFE,
  curve: curve(30, 1_581, 0),
};

const reason = (id: string, serviceName: string, why: RestartReason['problem']): RestartReason => ({
  id: `${id}:${serviceName}`,
  serviceName,
  problem: why,
});

/** Only two services were chosen: the others take calls. */
export const PARTIAL: Partial<Checklist> = {
  ...READY,
  services: withRows(
    IN_SERVICE.map((row) => ({ ...row, planned: false })),
    Object.fromEntries(
      quietRows.filter(({ serviceName }) => ['RTCCPS', 'RTCRGS'].includes(serviceName)).map((row) => [row.serviceName, row]),
    ),
  ),
  proof: { ...PROOF, services: 2, sources: ['cmdlet'] },
  restart: {
    ...SAFE,
    kind: 'not-safe',
    reasons: [
      reason('outside-plan', 'RTCMEDSRV', problem('outside-plan', { serviceName: 'RTCMEDSRV', count: 12 })),
      reason('outside-plan', 'RTCSRV', problem('outside-plan', { serviceName: 'RTCSRV', count: 1_486 })),
    ],
    caveats: [message('caveat-pool-unknown')],
  },
};

/** All are quiet, and a restart would start some. */
export const STARTS_AGAIN: Partial<Checklist> = {
  ...READY,
  restart: {
    ...SAFE,
    kind: 'not-safe',
    reasons: [
      reason('dependent', 'RTCRGS', problem('started-by-dependent', { serviceName: 'RTCRGS', dependent: 'RTCQMS' })),
      reason('trigger', 'RTCCAA', problem('may-start-by-trigger', { serviceName: 'RTCCAA' })),
    ],
  },
};

const words = [
  accepted('RTCRGS', 'Queues are closed, asked the service desk.'),
  accepted('RTCCPS', 'Queues are closed, asked the service desk.'),
];
export const ACCEPTED: Partial<Checklist> = {
  ...READY,
  services: withRows(quietRows, {
    RTCRGS: { sessions: unknown(2), steps: { pause: 'done', manual: 'done', wait: 'by-hand', confirm: 'todo' } },
    RTCCPS: { sessions: unknown(null), steps: { pause: 'done', manual: 'done', wait: 'by-hand', confirm: 'todo' } },
  }),
  proof: { ...PROOF, services: 7 },
  accepted: words,
  restart: { ...SAFE, kind: 'accepted', accepted: words },
};

const cut = [accepted('RTCIMMCU', 'A chat window left open; its owner knows.', 3)];
export const CUTS: Partial<Checklist> = {
  ...READY,
  services: withRows(quietRows, {
    RTCIMMCU: {
      sessions: { kind: 'count', count: 3, evidence: 'counter', arrivals: [] },
      steps: { pause: 'done', manual: 'done', wait: 'by-hand', confirm: 'todo' },
    },
  }),
  proof: { ...PROOF, services: 8 },
  accepted: cut,
  restart: { ...SAFE, kind: 'cuts', accepted: cut, cut: 3 },
};

export const LOSSES: readonly LostSessions[] = [
  { serviceName: 'RTCMEDSRV', at: minutesAgo(8), how: 'ended', count: 9, certainty: 'exact' },
  { serviceName: 'RTCRGS', at: minutesAgo(6), how: 'replaced', count: 0, certainty: 'unknown' },
];
export const AFTER_LOSS: Partial<Checklist> = {
  ...READY,
  losses: LOSSES,
  services: withRows(quietRows, {
    RTCMEDSRV: {
      state: 'stopped',
      processId: 0,
      controlsAccepted: [],
      sessions: { kind: 'count', count: 0, evidence: 'stopped', arrivals: [] },
    },
  }),
};

/** All that can be counted is at zero; two services need an administrator's word. */
export const NEEDS_WORD: Partial<Checklist> = {
  run: RUN,
  services: withRows(paused(), { RTCRGS: { sessions: unknown(5) }, RTCCPS: { sessions: unknown(null) } }),
  quiet: { kind: 'needs-acceptance', heldMs: 64_000, sessions: 5, unknown: ['RTCRGS', 'RTCCPS'] },
  curve: curve(30, 1_581, 5).map((point, index) => (index > 60 ? { ...point, isAtLeast: true as const } : point)),
};

/** After a sign-off nothing is counted. */
export function unread(rows: Checklist['services']): Checklist['services'] {
  return rows.map((row) => ({
    ...row,
    sessions: { kind: 'unknown', reason: 'not-read-yet', raw: null },
    lastCount: { count: 0, at: minutesAgo(1) },
  }));
}
