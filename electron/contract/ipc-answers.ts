import * as v from 'valibot';

import {
  APP_EVENT_KINDS,
  APP_COMMANDS,
  LANGUAGE_SETTINGS,
  QUICK_PAUSES_MS,
  REHEARSAL_MISHAPS,
  REHEARSAL_SPEEDS,
  type AppEvent,
  type AppSettings,
  type AppSnapshot,
  type HistoryRow,
  type PlanPreview,
  type QuickPauseMs,
  type RefusedPause,
  type RehearsalChoice,
  EVENT_LEVELS,
} from './app-snapshot.js';
import {
  type AcceptedService,
  type Check,
  type Checklist,
  type LostSessions,
  type Proof,
  type RestartVerdict,
  type RunSummary,
  type ServiceRow,
  CHECK_RESULTS,
  OVERRIDES,
  PHASES,
  RESTART_KINDS,
} from './checklist.js';
import { SOURCES } from './computer.js';
import { EDITIONS, PRODUCT_TROUBLES, SERVER_ROLES, type InstalledServer } from './installed-server.js';
import { MESSAGE_IDS } from './message-places.js';
import type { Message } from './message.js';
import { EXIT_CODES, type OutcomeKind } from './outcome.js';
import { PROBLEM_IDS, type Problem } from './problem.js';
import { type Actor, FACES, RETURNS, ORDER_COMMANDS, SIGN_OFF_SCOPES, LOSS_KINDS, CERTAINTIES } from './run.js';
import { ACCEPTED_CONTROLS, SERVICE_STATES, SHOWN_STATES, START_TYPES, type ServiceState, type StartType } from './service.js';
import {
  EVIDENCE_SOURCES,
  MAX_PLAUSIBLE_SESSIONS,
  UNKNOWN_SESSION_REASONS,
  type RemoteEnd,
  type SessionReading,
  type SessionSigns,
} from './sessions.js';
import { SETTING } from './settings-schema.js';
import { LANGUAGES } from './settings.js';
import type { SignedIn } from './signed-in.js';
import { CHANGE_STATES, CHANGE_STEPS, PLAN_STEPS, STEP_STATES } from './steps.js';

/** Parsers of the contract's answers: each is held to its noun by the compiler. */

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const duration = v.pipe(v.number(), v.minValue(0));
const instantText = v.pipe(v.string(), v.isoTimestamp());
const params = v.record(v.string(), v.union([v.string(), v.number()]));
const stepState = v.picklist(STEP_STATES);

const problem: v.GenericSchema<unknown, Problem> = v.strictObject({
  id: v.picklist(PROBLEM_IDS),
  params,
});
const message: v.GenericSchema<unknown, Message> = v.strictObject({ id: v.picklist(MESSAGE_IDS), params });
const actor: v.GenericSchema<unknown, Actor> = v.strictObject({ user: v.string(), face: v.picklist(FACES), processId: count });
const serviceState: v.GenericSchema<unknown, ServiceState> = v.picklist(SERVICE_STATES);
const startType: v.GenericSchema<unknown, StartType> = v.picklist(START_TYPES);
const remoteEnd: v.GenericSchema<unknown, RemoteEnd> = v.strictObject({ address: v.string(), port: count, localPort: count });

const evidenceSource = v.picklist(EVIDENCE_SOURCES);
const sessionSigns: v.GenericSchema<unknown, SessionSigns> = v.strictObject({
  connections: v.nullable(count),
  ends: v.array(remoteEnd),
  mediaPorts: v.nullable(count),
  activity: v.nullable(v.string()),
  drainingFlag: v.nullable(v.picklist([0, 1, 2])),
});

const sessionReading: v.GenericSchema<unknown, SessionReading> = v.variant('kind', [
  v.strictObject({
    kind: v.literal('count'),
    count: v.pipe(count, v.maxValue(MAX_PLAUSIBLE_SESSIONS)),
    evidence: evidenceSource,
    arrivals: v.array(remoteEnd),
    signs: v.exactOptional(sessionSigns),
  }),
  v.strictObject({
    kind: v.literal('unknown'),
    reason: v.picklist(UNKNOWN_SESSION_REASONS),
    raw: v.nullable(v.string()),
    atLeast: v.exactOptional(v.strictObject({ count, evidence: evidenceSource, ageMs: duration })),
    arrivals: v.exactOptional(v.array(remoteEnd)),
    signs: v.exactOptional(sessionSigns),
  }),
]);

const serviceRow: v.GenericSchema<unknown, ServiceRow> = v.strictObject({
  serviceName: v.string(),
  displayName: v.string(),
  planned: v.boolean(),
  state: v.picklist(SHOWN_STATES),
  startType: v.nullable(startType),
  originalStartType: v.nullable(startType),
  firstStartType: v.nullable(startType),
  originalState: v.nullable(serviceState),
  controlsAccepted: v.array(v.picklist(ACCEPTED_CONTROLS)),
  processId: count,
  sessions: sessionReading,
  lastCount: v.nullable(v.strictObject({ count: v.nullable(count), at: instantText })),
  steps: v.strictObject({ pause: stepState, manual: stepState, wait: stepState, confirm: stepState }),
  wayBack: stepState,
  returned: v.nullable(v.picklist(RETURNS)),
  conflict: v.nullable(v.strictObject({ original: startType, ours: v.nullable(startType), now: startType })),
  stateConflict: v.nullable(v.strictObject({ original: serviceState, now: serviceState })),
  problem: v.nullable(problem),
});

const check: v.GenericSchema<unknown, Check> = v.strictObject({
  id: v.string(),
  result: v.picklist(CHECK_RESULTS),
  message,
  override: v.nullable(v.picklist(OVERRIDES)),
  overridden: v.boolean(),
});

const runSummary: v.GenericSchema<unknown, RunSummary> = v.strictObject({
  id: v.string(),
  phase: v.picklist(PHASES),
  command: v.picklist(ORDER_COMMANDS),
  openedAt: instantText,
  openedBy: actor,
  reason: v.nullable(v.string()),
  until: v.nullable(instantText),
  endTask: v.exactOptional(v.string()),
  confirmed: v.nullable(
    v.strictObject({ at: instantText, by: actor, note: v.nullable(v.string()), scope: v.picklist(SIGN_OFF_SCOPES), cut: count }),
  ),
  restart: v.nullable(v.strictObject({ bootedAt: instantText, running: v.array(v.string()) })),
});

const quiet = v.variant('kind', [
  v.strictObject({ kind: v.literal('not-draining') }),
  v.strictObject({ kind: v.literal('busy'), sessions: count, unknown: v.array(v.string()) }),
  v.strictObject({ kind: v.literal('needs-acceptance'), heldMs: duration, sessions: count, unknown: v.array(v.string()) }),
  v.strictObject({ kind: v.literal('holding'), heldMs: duration, holdTimeMs: duration }),
  v.strictObject({ kind: v.literal('quiet'), heldMs: duration, samples: count }),
]);

const proof: v.GenericSchema<unknown, Proof> = v.strictObject({
  since: instantText,
  heldMs: duration,
  readings: count,
  longestGapMs: duration,
  lastAt: instantText,
  services: count,
  sources: v.array(evidenceSource),
});

const acceptedService: v.GenericSchema<unknown, AcceptedService> = v.strictObject({
  serviceName: v.string(),
  at: instantText,
  by: actor,
  note: v.nullable(v.string()),
  cut: v.nullable(count),
});

const lostSessions: v.GenericSchema<unknown, LostSessions> = v.strictObject({
  serviceName: v.string(),
  at: instantText,
  how: v.picklist(LOSS_KINDS),
  count,
  certainty: v.picklist(CERTAINTIES),
});

const restartVerdict: v.GenericSchema<unknown, RestartVerdict> = v.strictObject({
  kind: v.picklist(RESTART_KINDS),
  reasons: v.array(v.strictObject({ id: v.string(), serviceName: v.nullable(v.string()), problem })),
  caveats: v.array(message),
  accepted: v.array(acceptedService),
  cut: count,
});

const installed: v.GenericSchema<unknown, InstalledServer> = v.strictObject({
  role: v.nullable(v.picklist(SERVER_ROLES)),
  edition: v.nullable(v.picklist(EDITIONS)),
  product: v.variant('known', [
    v.strictObject({ known: v.literal(true), version: v.string(), majorVersion: count }),
    v.strictObject({ known: v.literal(false), reason: v.picklist(PRODUCT_TROUBLES) }),
  ]),
});

const checklist: v.GenericSchema<unknown, Checklist> = v.strictObject({
  now: v.strictObject({ at: instantText, upMs: duration }),
  computer: v.strictObject({
    name: v.string(),
    bootedAt: instantText,
    bootId: v.nullable(v.string()),
    source: v.picklist(SOURCES),
    elevated: v.boolean(),
    user: v.string(),
  }),
  installed,
  run: v.nullable(runSummary),
  ready: v.boolean(),
  restart: restartVerdict,
  proof: v.nullable(proof),
  accepted: v.array(acceptedService),
  acceptedInAdvance: v.array(v.string()),
  losses: v.array(lostSessions),
  blockers: v.array(message),
  services: v.array(serviceRow),
  checks: v.array(check),
  rebootPreview: v.array(v.strictObject({ serviceName: v.string(), wouldRun: v.nullable(v.boolean()), because: message })),
  quiet,
  estimate: v.variant('kind', [
    v.strictObject({ kind: v.literal('range'), lowMs: duration, highMs: duration }),
    v.strictObject({ kind: v.literal('cannot-say') }),
  ]),
  curve: v.array(
    v.strictObject({ at: instantText, upMs: duration, sessions: v.nullable(count), isAtLeast: v.exactOptional(v.literal(true)) }),
  ),
  stalled: v.array(v.strictObject({ serviceName: v.string(), count, sinceMs: duration })),
});

const appEvent: v.GenericSchema<unknown, AppEvent> = v.strictObject({
  id: count,
  at: instantText,
  level: v.picklist(EVENT_LEVELS),
  kind: v.picklist(APP_EVENT_KINDS),
  params,
  problem: v.nullable(problem),
});

const serviceProgress = v.strictObject({
  serviceName: v.string(),
  step: v.picklist(CHANGE_STEPS),
  state: v.picklist(CHANGE_STATES),
  problem: v.nullable(problem),
});

export const appSettings = v.strictObject({
  language: v.picklist(LANGUAGE_SETTINGS),
  services: SETTING.services,
  holdTimeMs: SETTING.holdTimeMs,
  waitTimeoutMs: SETTING.timeoutMs,
  hold: SETTING.hold,
  startWithWindows: SETTING.startWithWindows,
  pool: SETTING.pool,
}) satisfies v.GenericSchema<unknown, AppSettings>;

export const quickPauseLength = v.custom<QuickPauseMs>((value) => QUICK_PAUSES_MS.some((known) => known === value));

const refusedPause: v.GenericSchema<unknown, RefusedPause> = v.strictObject({
  services: v.nullable(v.array(v.string())),
  forMs: quickPauseLength,
  reason: v.nullable(v.string()),
  overrides: v.array(v.string()),
});

export const rehearsalChoice = v.strictObject({
  speed: v.picklist(REHEARSAL_SPEEDS),
  mishaps: v.pipe(v.array(v.picklist(REHEARSAL_MISHAPS)), v.maxLength(REHEARSAL_MISHAPS.length), v.readonly()),
}) satisfies v.GenericSchema<unknown, RehearsalChoice>;

export const appSnapshot: v.GenericSchema<unknown, AppSnapshot> = v.strictObject({
  revision: count,
  language: v.picklist(LANGUAGES),
  checklist: v.nullable(checklist),
  readingProblem: v.nullable(problem),
  activity: v.variant('kind', [
    v.strictObject({ kind: v.literal('idle') }),
    v.strictObject({
      kind: v.literal('working'),
      command: v.picklist(APP_COMMANDS),
      startedAt: instantText,
      services: v.array(serviceProgress),
    }),
  ]),
  brokenRecord: v.nullable(
    v.strictObject({ runId: v.nullable(v.string()), undoCard: v.nullable(v.strictObject({ path: v.string(), text: v.string() })) }),
  ),
  worker: v.nullable(v.strictObject({ user: v.string(), face: v.picklist(FACES), command: v.string(), since: instantText })),
  lastResult: v.nullable(
    v.strictObject({
      command: v.picklist(APP_COMMANDS),
      at: instantText,
      outcome: v.picklist(Object.keys(EXIT_CODES) as OutcomeKind[]),
      problem: v.nullable(problem),
      refusedPause: v.exactOptional(refusedPause),
    }),
  ),
  cutOff: v.nullable(v.picklist(ORDER_COMMANDS)),
  events: v.array(appEvent),
  settings: appSettings,
  quickPause: v.nullable(v.strictObject({ until: instantText, leftMs: duration })),
  rehearsal: v.nullable(rehearsalChoice),
  power: v.nullable(v.strictObject({ token: v.string() })),
});

export const planPreview: v.GenericSchema<unknown, PlanPreview> = v.strictObject({
  checklist,
  steps: v.array(v.strictObject({ serviceName: v.string(), step: v.picklist(PLAN_STEPS), from: v.string(), to: v.string() })),
});

export const historyRow: v.GenericSchema<unknown, HistoryRow> = v.strictObject({
  runId: v.string(),
  openedAt: v.nullable(instantText),
  openedBy: v.nullable(v.string()),
  closedAt: v.nullable(instantText),
  phase: v.picklist([...PHASES, 'unreadable']),
  services: count,
  reason: v.nullable(v.string()),
  damage: v.nullable(problem),
});

export const signedIn: v.GenericSchema<unknown, SignedIn> = v.strictObject({
  others: v.nullable(v.array(v.strictObject({ sessionId: count, user: v.string(), station: v.string(), isDisconnected: v.boolean() }))),
  consent: v.string(),
});
