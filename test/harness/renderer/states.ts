import type { AppSnapshot } from '../../../electron/contract/app-snapshot.js';
import { message } from '../../../electron/contract/message.js';
import { problem, type Problem } from '../../../electron/contract/problem.js';
import type { SignedIn } from '../../../electron/contract/signed-in.js';
import type { Script } from '../fakes/window-double.js';
import { HISTORY, REPORT_HTML } from './history.js';
import { IN_SERVICE, ODDLY_NAMED, counted, paused, withRows, withSteps } from './services.js';
import {
  ANN,
  CHECKLIST,
  EVIDENCE_UNKNOWN,
  NOT_PAUSABLE,
  PASSED,
  POOL_BLOCKS,
  RUN,
  SNAPSHOT,
  SOME_START,
  TOKEN,
  WEB_TRAFFIC,
  curve,
  event,
  minutesAgo,
  snapshotOf,
} from './snapshots.js';
import { ACCEPTED, AFTER_LOSS, CUTS, LOSSES, NEEDS_WORD, PARTIAL, READY, STARTS_AGAIN, unread } from './verdicts.js';

/** Something an administrator can see: what the main process says, and the buttons pressed before the picture. */
export interface WindowState {
  readonly name: string;
  readonly script: Script;
  /** Text ids of buttons, pressed one after another; `row:` presses the details of a service. */
  readonly press: readonly string[];
}

/** New calls are paused; start types are as before. */
const PAUSE = { ...RUN, command: 'pause' } as const;
const LEFT = { RTCMEDSRV: 2, RTCAVMCU: 6, RTCIMMCU: 11, RTCSRV: 4 };
const BUSY = { kind: 'busy', sessions: 23, unknown: [] } as const;
const draining = { run: RUN, services: paused(LEFT), quiet: BUSY, blockers: [message('blocks-sessions', { count: 23 })] };
const ready = READY;
const confirmedRun = {
  ...RUN,
  phase: 'confirmed',
  confirmed: { at: minutesAgo(1), by: ANN, note: 'Checked with the service desk.', scope: 'server', cut: 0 },
} as const;
const confirmed = { ...ready, run: confirmedRun, services: unread(withSteps(paused(), { wait: 'done', confirm: 'done' })) } as const;
const stopped = confirmed.services.map((row) => ({
  ...row,
  state: 'stopped' as const,
  processId: 0,
  controlsAccepted: [],
  sessions: counted(0, 'stopped'),
}));
/** Two other people, one of whom left her programs running. */
const OTHERS: SignedIn = {
  others: [
    { sessionId: 3, user: 'CONTOSO\\bob', station: '', isDisconnected: true },
    { sessionId: 7, user: 'CONTOSO\\carol', station: 'RDP-Tcp#4', isDisconnected: false },
  ],
  consent: 'c'.repeat(32),
};
const returning = { ...confirmedRun, phase: 'returning', command: 'resume', restart: { bootedAt: minutesAgo(9), running: [] } } as const;
const half = confirmed.services.map((row, index) =>
  index < 5
    ? { ...row, wayBack: 'todo' as const }
    : { ...row, state: 'running' as const, startType: row.originalStartType, wayBack: 'done' as const },
);

function state(name: string, snapshot: AppSnapshot, ...press: readonly string[]): WindowState {
  const checklist = snapshot.checklist ?? CHECKLIST;
  return {
    name,
    press,
    script: {
      snapshot,
      answers: {
        plan: { ok: true, value: { checklist, steps: [] } },
        history: { ok: true, value: [...HISTORY] },
        report: { ok: true, value: { html: REPORT_HTML } },
        saveReport: { ok: true, value: { saved: true } },
        signedIn: { ok: true, value: { others: [], consent: TOKEN.token } },
      },
    },
  };
}

function withAnswers(before: WindowState, answers: Script['answers']): WindowState {
  return { ...before, script: { ...before.script, answers: { ...before.script.answers, ...answers } } };
}

function refused(before: WindowState, call: 'pause' | 'confirm', name: string): WindowState {
  const answer = {
    ok: false,
    problem: problem('lock-held', {
      path: 'lock',
      user: 'CONTOSO\\bob',
      face: 'cli',
      processId: 812,
      computer: 'FE01',
      command: 'drain',
      since: minutesAgo(3),
    }),
  } as const;
  return { ...withAnswers(before, { [call]: answer }), name };
}

const RECORD = 'C:\\ProgramData\\Lync Drain\\runs\\20261123-014005-FE01.jsonl';
const CARD = {
  path: 'C:\\ProgramData\\Lync Drain\\runs\\20261123-014005-FE01.undo.txt',
  text: 'sc config RTCSRV start= auto\nsc continue RTCSRV\nsc config RTCMEDSRV start= delayed-auto\nsc continue RTCMEDSRV\n',
};

/** The services are as they are; what the maintenance did to them is in a record that cannot be gone on with. */
function brokenRecord(name: string, readingProblem: Problem): WindowState {
  const services = paused(LEFT).map((row) => ({ ...row, originalStartType: null }));
  return state(name, snapshotOf({ services }, { readingProblem, brokenRecord: { runId: RUN.id, undoCard: CARD } }));
}

export const STATES: readonly WindowState[] = [
  state('reading-first', { ...SNAPSHOT, checklist: null }),
  state('reading-failed', {
    ...SNAPSHOT,
    checklist: null,
    readingProblem: problem('access-denied', { win32: 5, operation: 'OpenSCManagerW' }),
  }),
  state('reading-old', {
    ...snapshotOf(draining),
    readingProblem: problem('rpc-unavailable', { win32: 1722, operation: 'EnumServicesStatusExW' }),
  }),
  brokenRecord('record-damaged', problem('record-damaged', { path: RECORD, line: 4 })),
  brokenRecord('record-tail-lost', problem('record-tail-lost', { path: RECORD, entries: 12, anchored: 40, undoCard: CARD.path })),
  state(
    'not-elevated',
    snapshotOf({
      computer: { ...CHECKLIST.computer, elevated: false },
      checks: [{ ...PASSED[0]!, result: 'block', message: message('check-elevated-block', { user: ANN.user }) }, ...PASSED.slice(1)],
    }),
  ),
  state('preflight', SNAPSHOT),
  state('preflight-all-passed', snapshotOf({ checks: PASSED }), 'show'),
  state(
    'preflight-blocked',
    snapshotOf({ checks: [...PASSED.filter(({ id }) => id !== 'pool-members'), POOL_BLOCKS, NOT_PAUSABLE, EVIDENCE_UNKNOWN, WEB_TRAFFIC] }),
  ),
  state(
    'preflight-overridden',
    snapshotOf({
      checks: [
        ...PASSED.slice(0, 4),
        { ...POOL_BLOCKS, overridden: true },
        { ...NOT_PAUSABLE, overridden: true },
        { ...EVIDENCE_UNKNOWN, overridden: true },
      ],
    }),
  ),
  state('quick-pause-dialog', SNAPSHOT, 'quick-pause'),
  state(
    'quick-pause',
    snapshotOf(
      { run: { ...PAUSE, until: minutesAgo(-12) }, services: paused(LEFT, 'skipped'), quiet: BUSY, curve: curve(3, 1_581, 23) },
      { quickPause: { until: minutesAgo(-12), leftMs: 754_000 } },
    ),
  ),
  state(
    'quick-pause-unknown',
    snapshotOf(
      {
        run: { ...PAUSE, until: minutesAgo(-12) },
        services: withRows(paused({}, 'skipped'), { RTCSRV: { sessions: { kind: 'unknown', reason: 'cmdlet-missing', raw: null } } }),
        quiet: { kind: 'busy', sessions: 0, unknown: ['RTCSRV'] },
      },
      { quickPause: { until: minutesAgo(-12), leftMs: 754_000 } },
    ),
  ),
  state('pause', SNAPSHOT, 'go-on-to-pause'),
  refused(state('', SNAPSHOT, 'go-on-to-pause', 'pause-services'), 'pause', 'pause-refused'),
  state(
    'pausing',
    snapshotOf(
      { run: PAUSE, services: withRows(IN_SERVICE, pausingRows()) },
      {
        activity: {
          kind: 'working',
          command: 'pause',
          startedAt: minutesAgo(0),
          services: [{ serviceName: 'RTCCAA', step: 'pause', state: 'doing', problem: null }],
        },
      },
    ),
  ),
  state(
    'pause-failed',
    snapshotOf(
      {
        run: PAUSE,
        services: withRows(paused(LEFT, 'skipped'), {
          RTCCAA: {
            state: 'running',
            steps: { pause: 'failed', manual: 'skipped', wait: 'todo', confirm: 'todo' },
            problem: problem('request-timeout', { win32: 1053, operation: 'ControlService', serviceName: 'RTCCAA' }),
          },
        }),
      },
      { lastResult: { command: 'pause', at: minutesAgo(0), outcome: 'partly', problem: problem('partly-done') } },
    ),
  ),
  state('manual', snapshotOf({ run: PAUSE, services: paused(LEFT, 'skipped'), quiet: BUSY })),
  state(
    'manual-reverted',
    snapshotOf({
      run: RUN,
      services: withRows(paused(LEFT), {
        RTCSRV: {
          startType: 'auto',
          steps: { pause: 'done', manual: 'failed', wait: 'todo', confirm: 'todo' },
          problem: problem('start-type-reverted', { serviceName: 'RTCSRV', wanted: 'demand', now: 'auto' }),
        },
      }),
      quiet: BUSY,
      rebootPreview: SOME_START,
    }),
  ),
  state(
    'manual-held-already',
    snapshotOf({ run: PAUSE, services: paused({}, 'skipped').map((row) => ({ ...row, startType: 'demand' as const })), quiet: BUSY }),
  ),
  state(
    'manual-left',
    snapshotOf({ run: PAUSE, services: paused(LEFT, 'skipped'), quiet: BUSY, curve: curve(3, 1_581, 23) }),
    'leave-start-types',
  ),
  state('wait-first-reading', snapshotOf({ ...draining, curve: curve(30, 1_581, 23).slice(-1) })),
  state('looking-elsewhere', snapshotOf({ ...draining, curve: curve(30, 1_581, 23) }), 'step-manual'),
  state('wait', snapshotOf({ ...draining, curve: curve(30, 1_581, 23), estimate: { kind: 'range', lowMs: 900_000, highMs: 3_300_000 } })),
  state('wait-details', snapshotOf({ ...draining, curve: curve(30, 1_581, 23) }), 'row:RTCIMMCU', 'css:.samples button'),
  state(
    'wait-unknown',
    snapshotOf({
      ...draining,
      services: withRows(paused(LEFT), {
        RTCCPS: {
          sessions: { kind: 'unknown', reason: 'cmdlet-missing', raw: null },
          steps: { pause: 'done', manual: 'done', wait: 'doing', confirm: 'todo' },
        },
        RTCAVMCU: {
          sessions: { kind: 'unknown', reason: 'counter-broken', raw: '-1' },
          steps: { pause: 'done', manual: 'done', wait: 'doing', confirm: 'todo' },
        },
      }),
      quiet: { kind: 'busy', sessions: 17, unknown: ['RTCCPS', 'RTCAVMCU'] },
      blockers: [
        message('blocks-sessions', { count: 17 }),
        message('blocks-unknown-sessions', { serviceName: 'RTCCPS', reason: 'cmdlet-missing' }),
        message('blocks-unknown-sessions', { serviceName: 'RTCAVMCU', reason: 'counter-broken' }),
      ],
      curve: curve(30, 1_581, null),
    }),
  ),
  state(
    'wait-all-unknown',
    snapshotOf({
      ...draining,
      services: withRows(paused(), {
        RTCCPS: {
          sessions: { kind: 'unknown', reason: 'no-evidence', raw: null },
          steps: { pause: 'done', manual: 'done', wait: 'doing', confirm: 'todo' },
        },
      }),
      quiet: { kind: 'busy', sessions: 0, unknown: ['RTCCPS'] },
      blockers: [message('blocks-unknown-sessions', { serviceName: 'RTCCPS', reason: 'no-evidence' })],
    }),
    'look-at-services#1',
  ),
  state(
    'wait-stalled-and-leaking',
    snapshotOf(
      { ...draining, curve: curve(30, 1_581, 23), stalled: [{ serviceName: 'RTCIMMCU', count: 11, sinceMs: 1_260_000 }] },
      {
        events: [event('leak', 'attention', { serviceName: 'RTCSRV', before: 3, after: 4, from: '10.0.0.17' })],
      },
    ),
  ),
  state(
    'wait-holding',
    snapshotOf({
      ...draining,
      services: withSteps(paused(), { wait: 'doing' }),
      quiet: { kind: 'holding', heldMs: 34_000, holdTimeMs: 60_000 },
      blockers: [message('blocks-hold-time', { heldSeconds: 34, holdSeconds: 60 })],
      curve: curve(30, 1_581, 0),
    }),
  ),
  state('wait-needs-word', snapshotOf(NEEDS_WORD)),
  state('accept', snapshotOf(NEEDS_WORD), 'look-at-services#2'),
  state(
    'accept-cut',
    snapshotOf({ ...draining, curve: curve(30, 1_581, 23), stalled: [{ serviceName: 'RTCIMMCU', count: 11, sinceMs: 1_260_000 }] }),
    'css:.service-offer button',
  ),
  state(
    'wait-loss',
    snapshotOf({
      ...draining,
      losses: LOSSES,
      services: withRows(paused(LEFT), {
        RTCMEDSRV: { state: 'stopped', processId: 0, controlsAccepted: [], sessions: counted(0, 'stopped') },
      }),
      curve: curve(30, 1_581, 23),
    }),
  ),
  state(
    'wait-partial',
    snapshotOf({ ...PARTIAL, run: RUN, ready: false, proof: null, quiet: { kind: 'holding', heldMs: 34_000, holdTimeMs: 60_000 } }),
  ),
  state('confirm', snapshotOf(ready)),
  state('confirm-partial', snapshotOf(PARTIAL)),
  state('confirm-starts-again', snapshotOf(STARTS_AGAIN)),
  state('confirm-accepted', snapshotOf(ACCEPTED)),
  state('confirm-cuts', snapshotOf(CUTS)),
  state('confirm-loss', snapshotOf(AFTER_LOSS)),
  refused(state('', snapshotOf(ready), 'sign-off-server'), 'confirm', 'confirm-refused'),
  state(
    'withdrawn',
    snapshotOf(
      {
        ...draining,
        services: withRows(paused(LEFT), {
          RTCSRV: {
            state: 'running',
            problem: problem('resumed-from-outside', { serviceName: 'RTCSRV' }),
            steps: { pause: 'failed', manual: 'done', wait: 'todo', confirm: 'todo' },
          },
        }),
      },
      {
        lastResult: {
          command: 'drain',
          at: minutesAgo(0),
          outcome: 'changed-outside',
          problem: problem('resumed-from-outside', { serviceName: 'RTCSRV' }),
        },
      },
    ),
  ),
  state(
    'recovered-after-crash',
    snapshotOf(
      {
        ...draining,
        losses: LOSSES,
        services: withRows(paused(LEFT), {
          RTCMEDSRV: {
            state: 'running',
            processId: 912,
            problem: problem('restarted-after-crash', { serviceName: 'RTCMEDSRV' }),
            steps: { pause: 'failed', manual: 'done', wait: 'todo', confirm: 'todo' },
          },
        }),
      },
      {
        lastResult: {
          command: 'drain',
          at: minutesAgo(0),
          outcome: 'lost',
          problem: problem('restarted-after-crash', { serviceName: 'RTCMEDSRV' }),
        },
      },
    ),
  ),
  state('restart', snapshotOf(confirmed, { power: TOKEN })),
  state(
    'restart-services-only',
    snapshotOf({ ...PARTIAL, run: { ...confirmedRun, confirmed: { ...confirmedRun.confirmed, scope: 'services' } } }),
  ),
  state(
    'restart-cuts',
    snapshotOf({ ...CUTS, run: { ...confirmedRun, confirmed: { ...confirmedRun.confirmed, cut: 3 } } }, { power: TOKEN }),
    'css:.step-actions button:last-child',
  ),
  state(
    'sign-off-withdrawn',
    snapshotOf(PARTIAL, {
      events: [{ ...event('withdrawn', 'attention'), problem: problem('outside-plan', { serviceName: 'RTCSRV', count: 1_486 }) }],
    }),
  ),
  state('restart-some-start', snapshotOf({ ...confirmed, rebootPreview: SOME_START }, { power: TOKEN }), 'restart'),
  state('shut-down-dialog', snapshotOf(confirmed, { power: TOKEN }), 'shut-down'),
  withAnswers(state('restart-others', snapshotOf(confirmed, { power: TOKEN }), 'restart'), { signedIn: { ok: true, value: OTHERS } }),
  withAnswers(state('restart-others-unknown', snapshotOf(confirmed, { power: TOKEN }), 'restart'), {
    signedIn: { ok: true, value: { ...OTHERS, others: null } },
  }),
  state(
    'restarted-quiet',
    snapshotOf(
      { ...confirmed, run: { ...confirmedRun, restart: { bootedAt: minutesAgo(4), running: [] } }, services: stopped },
      { power: TOKEN },
    ),
  ),
  state(
    'restarted-started',
    snapshotOf({
      ...confirmed,
      rebootPreview: SOME_START,
      run: { ...RUN, restart: { bootedAt: minutesAgo(4), running: ['RTCRGS', 'RTCCAA'] } },
      services: withRows(stopped, {
        RTCRGS: {
          state: 'running',
          processId: 812,
          problem: problem('started-by-itself', { serviceName: 'RTCRGS' }),
          steps: { pause: 'failed', manual: 'done', wait: 'todo', confirm: 'todo' },
          sessions: counted(2, 'tcp'),
        },
        RTCCAA: {
          state: 'running',
          processId: 816,
          problem: problem('started-by-itself', { serviceName: 'RTCCAA' }),
          steps: { pause: 'failed', manual: 'done', wait: 'todo', confirm: 'todo' },
          sessions: counted(0, 'cmdlet'),
        },
      }),
      ready: false,
      quiet: BUSY,
    }),
    'step-restart',
  ),
  state(
    'way-back',
    snapshotOf(
      { ...confirmed, run: { ...confirmedRun, restart: { bootedAt: minutesAgo(4), running: [] } }, services: stopped },
      { power: TOKEN },
    ),
    'step-way-back',
  ),
  state(
    'way-back-working',
    snapshotOf(
      { ...confirmed, run: returning, services: half },
      {
        activity: {
          kind: 'working',
          command: 'resume',
          startedAt: minutesAgo(0),
          services: [{ serviceName: 'RTCCAS', step: 'continue', state: 'doing', problem: null }],
        },
      },
    ),
  ),
  state('way-back-stopped', snapshotOf({ ...confirmed, run: returning, services: half })),
  state(
    'another-at-work',
    snapshotOf(
      { ...draining, curve: curve(30, 1_581, 23) },
      { worker: { user: 'CONTOSO\\bob', face: 'cli', command: 'drain', since: minutesAgo(4) } },
    ),
  ),
  state('partly-paused', snapshotOf({ run: RUN, services: withRows(IN_SERVICE, pausingRows()), quiet: { kind: 'not-draining' } })),
  state(
    'manual-moved',
    snapshotOf({
      run: RUN,
      services: withRows(paused(LEFT), { RTCRGS: { firstStartType: 'auto', originalStartType: 'auto-delayed' } }),
      quiet: BUSY,
    }),
    'step-manual',
  ),
  state(
    'way-back-conflict',
    snapshotOf(
      {
        ...confirmed,
        run: returning,
        services: withRows(half, {
          RTCMEDSRV: { startType: 'disabled', conflict: { original: 'auto-delayed', ours: 'demand', now: 'disabled' } },
        }),
      },
      {
        lastResult: {
          command: 'resume',
          at: minutesAgo(0),
          outcome: 'changed-outside',
          problem: problem('conflict', { serviceName: 'RTCMEDSRV', original: 'auto-delayed', ours: 'demand', now: 'disabled' }),
        },
      },
    ),
  ),
  state('returned', { ...SNAPSHOT, lastResult: { command: 'resume', at: minutesAgo(0), outcome: 'returned', problem: null } }),
  state(
    'rehearsal',
    snapshotOf(
      { ...draining, computer: { ...CHECKLIST.computer, source: 'simulated' }, curve: curve(10, 400, 23) },
      { rehearsal: { speed: 10, mishaps: [] } },
    ),
  ),
  state(
    'events',
    snapshotOf(draining, {
      events: [
        event('run-opened', 'info', {}, 34),
        event('step-done', 'info', { serviceName: 'RTCMEDSRV', step: 'pause' }, 33),
        event('leak', 'attention', { serviceName: 'RTCSRV', before: 3, after: 4, from: '10.0.0.17' }, 12),
        {
          ...event('outside-change', 'failure', { serviceName: 'RTCSRV' }, 2),
          problem: problem('resumed-from-outside', { serviceName: 'RTCSRV' }),
        },
      ].map((each, index) => ({ ...each, id: index + 1 })),
    }),
    'page-events',
  ),
  state('many-services', snapshotOf({ services: [...IN_SERVICE, ...ODDLY_NAMED] })),
  state('many-services-working', snapshotOf({ run: RUN, services: withSteps([...ODDLY_NAMED, ...IN_SERVICE], { pause: 'failed' }) })),
  state('events-none', SNAPSHOT, 'page-events'),
  state('history', snapshotOf({}), 'page-history'),
  withAnswers(state('history-none', SNAPSHOT, 'page-history'), { history: { ok: true, value: [] } }),
  withAnswers(state('history-failed', SNAPSHOT, 'page-history'), {
    history: { ok: false, problem: problem('data-folder-unreadable', { path: 'C:\\ProgramData\\Lync Drain', code: 'EACCES' }) },
  }),
  state('report', snapshotOf({}), 'page-history', 'show-report-of'),
  state('settings', SNAPSHOT, 'page-settings'),
  state(
    'settings-chosen',
    { ...SNAPSHOT, settings: { ...SNAPSHOT.settings, services: ['RTCMEDSRV', 'RTCSRV'], hold: 'disabled' } },
    'page-settings',
  ),
];

function pausingRows(): Parameters<typeof withRows>[1] {
  const done = { state: 'paused', steps: { pause: 'done', manual: 'skipped', wait: 'todo', confirm: 'todo' } } as const;
  return { RTCMEDSRV: done, RTCRGS: done, RTCCPS: done, RTCCAA: { state: 'pause-pending', steps: { ...done.steps, pause: 'doing' } } };
}
