import type { Computer, Instant } from '../../../electron/contract/computer.js';
import type { Facts } from '../../../electron/contract/facts.js';
import type {
  Acceptance,
  Actor,
  ChangeStatus,
  Loss,
  Order,
  QuietProof,
  RecordedSample,
  RecordedService,
  Run,
  SignOffScope,
} from '../../../electron/contract/run.js';
import { ServiceMap } from '../../../electron/contract/service-names.js';
import type { ServiceConfiguration, ServiceState, ServiceStatus, StartSetting } from '../../../electron/contract/service.js';
import type { SessionReading } from '../../../electron/contract/sessions.js';

/** Facts and runs made by hand, for tests of what is decided from them. */

const EPOCH = Date.parse('2026-11-23T02:00:00.000Z');

/** An instant so many seconds into the test; both clocks agree. */
export function second(seconds: number): Instant {
  return { at: new Date(EPOCH + seconds * 1000).toISOString(), upMs: 1_000_000 + seconds * 1000 };
}

const ANN: Actor = { user: 'CONTOSO\\ann', face: 'cli', processId: 4312 };

export const FE01: Computer = {
  name: 'FE01',
  bootedAt: new Date(EPOCH - 1_000_000).toISOString(),
  bootId: null,
  source: 'simulated',
  elevated: true,
  user: 'CONTOSO\\ann',
};

export const AUTO: StartSetting = { startType: 'auto', delayed: false };
export const AUTO_DELAYED: StartSetting = { startType: 'auto', delayed: true };
export const MANUAL: StartSetting = { startType: 'demand', delayed: false };
export const DISABLED: StartSetting = { startType: 'disabled', delayed: false };

/** One service as a test sees it. */
export interface Given {
  readonly state?: ServiceState;
  readonly start?: StartSetting;
  readonly sessions?: number | 'unknown';
  readonly accepts?: boolean;
  readonly dependents?: readonly string[];
  readonly status?: Partial<ServiceStatus>;
  readonly configuration?: Partial<ServiceConfiguration>;
}

export function statusOf(serviceName: string, given: Given = {}): ServiceStatus {
  const state = given.state ?? 'running';
  return {
    serviceName,
    displayName: `Display of ${serviceName}`,
    state,
    controlsAccepted: (given.accepts ?? state !== 'stopped') ? ['stop', 'pause-continue'] : [],
    processId: state === 'stopped' ? 0 : 1000,
    sharesProcess: false,
    checkpoint: 0,
    waitHintMs: 0,
    win32ExitCode: 0,
    serviceSpecificExitCode: 0,
    ...given.status,
  };
}

export function configurationOf(serviceName: string, given: Given = {}): ServiceConfiguration {
  return {
    serviceName,
    start: given.start ?? AUTO,
    account: 'NT AUTHORITY\\NetworkService',
    dependencies: [],
    dependents: { known: true, value: given.dependents ?? [] },
    failureActions: { known: true, value: [] },
    hasStartTrigger: { known: true, value: false },
    ...given.configuration,
  };
}

export function readingOf(sessions: number | 'unknown'): SessionReading {
  if (sessions === 'unknown') return { kind: 'unknown', reason: 'counter-missing', raw: null };
  return { kind: 'count', count: sessions, evidence: 'counter', arrivals: [] };
}

/** A reading of a server that has just these services. */
export function factsOf(services: Readonly<Record<string, Given>>, now: Instant = second(0), computer: Partial<Computer> = {}): Facts {
  const names = Object.entries(services);
  return {
    now,
    computer: { ...FE01, ...computer },
    statuses: new ServiceMap(names.map(([name, given]) => [name, statusOf(name, given)])),
    configurations: new ServiceMap(names.map(([name, given]) => [name, configurationOf(name, given)])),
    sessions: new ServiceMap(names.map(([name, given]) => [name, readingOf(given.sessions ?? 0)])),
    evidence: 'read',
    pool: { known: true, value: { fqdn: 'pool01.contoso.com', members: 4, othersInService: 3, addresses: 4 } },
    product: { known: true, version: '5.0.8308.0', majorVersion: 5 },
  };
}

const NONE: ChangeStatus = { kind: 'none' };
export const INTENDED: ChangeStatus = { kind: 'intended' };
export const DONE: ChangeStatus = { kind: 'done', stale: false };
export const DONE_EARLIER: ChangeStatus = { kind: 'done', stale: true };

export function recordedOf(serviceName: string, more: Partial<RecordedService> = {}): RecordedService {
  return {
    serviceName,
    original: { displayName: `Display of ${serviceName}`, state: 'running', start: AUTO },
    pause: NONE,
    setStart: NONE,
    ourStart: null,
    firstStart: more.original?.start ?? AUTO,
    restart: NONE,
    restartBy: null,
    unseenPauseUpMs: null,
    kept: null,
    restoreStart: NONE,
    leftOut: false,
    choice: null,
    returned: null,
    outsideChange: null,
    stalledAt: null,
    leak: null,
    ...more,
  };
}

/** A service that this run paused and set to Manual. */
export function drainedOf(serviceName: string, more: Partial<RecordedService> = {}): RecordedService {
  return recordedOf(serviceName, { pause: DONE, setStart: DONE, ourStart: MANUAL, ...more });
}

export function runOf(services: readonly RecordedService[], order: Partial<Order> = {}, more: Partial<Run> = {}): Run {
  return {
    id: '20261123-020000-abcd',
    source: 'simulated',
    computerName: 'FE01',
    bootedAtLast: FE01.bootedAt,
    bootIdLast: FE01.bootId,
    lastEntryAt: second(0),
    openedAt: second(0).at,
    openedBy: ANN,
    order: {
      command: 'drain',
      services: services.map((service) => service.serviceName),
      holdTimeMs: 60_000,
      hold: 'demand',
      until: null,
      stayStopped: false,
      reason: null,
      ...order,
    },
    orderedBy: ANN,
    orderedAt: second(0),
    reason: null,
    services: new Map(services.map((service) => [service.serviceName, service])),
    overrides: [],
    claim: null,
    samples: [],
    holdFromSeq: 0,
    quiet: null,
    heldZero: null,
    confirmed: null,
    acceptances: new ServiceMap(),
    acceptedInAdvance: new ServiceMap(),
    losses: [],
    lastSeen: new ServiceMap(),
    restart: null,
    closed: null,
    ...more,
  };
}

/** Samples of one or more services, one each `stepSeconds`, the last one at `untilSeconds`. */
export function samplesOf(counts: readonly RecordedSample['sessions'][], untilSeconds: number, stepSeconds = 1): readonly RecordedSample[] {
  const start = untilSeconds - (counts.length - 1) * stepSeconds;
  return counts.map((sessions, index) => ({ seq: 10 + index, sessions, atLeast: {}, ...second(start + index * stepSeconds) }));
}

/** An acceptance by hand of a service that showed nothing when it was accepted. */
export function acceptanceOf(more: Partial<Acceptance> = {}): Acceptance {
  return { at: second(0).at, by: ANN, note: 'looked at it', processId: null, count: 0, ends: [], mediaPorts: null, cut: null, ...more };
}

/** A proof of quiet that was written at `at`. */
export function proofOf(at: Instant, heldMs: number, samples: number): QuietProof {
  return { ...at, heldMs, samples, last: at, longestGapMs: 0 };
}

/** Sessions of a service that went with its process, at the beginning of the test. */
export function lossOf(serviceName: string): Loss {
  return { ...second(0), serviceName, how: 'ended', count: 9, certainty: 'exact' };
}

/** A sign-off at the beginning of the test. */
export function signOffOf(scope: SignOffScope): NonNullable<Run['confirmed']> {
  return { ...second(0), by: ANN, note: null, scope, cut: 0 };
}
