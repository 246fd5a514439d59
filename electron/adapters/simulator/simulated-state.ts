import type { PoolReading } from '../../contract/facts.js';
import type { FailureAction, ServiceState, StartSetting } from '../../contract/service.js';
import type { EvidenceSource, UnknownSessionReason } from '../../contract/sessions.js';
import type { Control } from '../../ports/service-control.js';

/**
 * The simulated server as it is stored. Everything that happens between two orders follows from it and the time, so all
 * processes that look see the same. Times are milliseconds of simulated UTC.
 */
export interface SimulatedState {
  readonly scenario: string;
  readonly seed: number;
  readonly clock: SimulatedClock;
  readonly createdAtMs: number;
  readonly bootedAtMs: number;
  readonly nextProcessId: number;
  readonly elevated: boolean;
  /** False on a Windows that lacks the levels of `QueryServiceConfig2W`: delayed flag, failure actions, triggers. */
  readonly knowsDetails: boolean;
  /** In the order Windows keeps its keys in: by name. */
  readonly services: readonly SimulatedService[];
  /** The control handler that Windows waits for now; left out: none. */
  readonly busyHandler?: BusyHandler;
  /** Digest of the inventory that this server is a copy of; left out: of none. */
  readonly copyOf?: string;
  /** Left out: FE01, and a user of the domain. */
  readonly computer?: { readonly name: string; readonly user: string };
  /** Left out: a pool of four Front Ends. */
  readonly pool?: PoolReading;
  /** The other servers of the pool; left out: their names are not known. */
  readonly others?: readonly SimulatedOther[];
  /** The version in the registry; left out: the first one of its major version. */
  readonly version?: string;
  /** What can be asked of sessions; left out: everything answers, on Lync Server 2013. */
  readonly sources?: Partial<SimulatedSources>;
}

/**
 * Another Front End of the pool, and what it answers if it is asked for its services:
 * - `paused`: its drain has made its first pause; `front-end-stopped`: its Front-End does not run
 * - `unreachable`: Windows finds no way to it
 * - `pauses-with-us`: it is in service until a service of this server is paused, and paused from then on; `silent-with-us`: it does not
 *   answer from then on
 */
export interface SimulatedOther {
  readonly fqdn: string;
  readonly condition: 'in-service' | 'paused' | 'front-end-stopped' | 'unreachable' | 'pauses-with-us' | 'silent-with-us';
}

/** How the sources of evidence behave on this server. */
export interface SimulatedSources {
  readonly counters: 'answer' | 'missing' | 'denied' | 'hang';
  /** `slow`: it takes longer than an answer may be old. */
  readonly cmdlet: 'answers' | 'slow' | 'cmdlet-missing' | 'cmdlet-denied' | 'powershell-restricted' | 'did-not-answer';
  readonly connections: 'answer' | 'fail';
  /** Whether it says which product is installed. */
  readonly registry: 'answers' | 'silent';
  /** Major version of the installed product: 5 is Lync Server 2013. */
  readonly majorVersion: number;
}

/** A service's control handler that has not returned yet. It ends with its process at the latest. */
export interface BusyHandler {
  readonly serviceName: string;
  readonly processId: number;
  /** Null: it never returns. */
  readonly untilMs: number | null;
}

/** Ties simulated to real time: at `realMs` it was `simulatedMs`, and from then on time runs `speed` times as fast. */
export interface SimulatedClock {
  readonly realMs: number;
  readonly simulatedMs: number;
  readonly speed: number;
}

export interface SimulatedService {
  readonly serviceName: string;
  readonly displayName: string;
  readonly account: string;
  readonly dependencies: readonly string[];
  readonly failureActions: { readonly actions: readonly { readonly kind: FailureAction }[] };
  readonly hasStartTrigger: boolean;
  readonly sharesProcess: boolean;
  readonly acceptsPause: boolean;
  /** How long it takes while healthy, milliseconds. */
  readonly pace: { readonly pause: number; readonly continue: number; readonly start: number; readonly stop: number };
  readonly sessions: SessionProfile | null;
  /** Of a copy: what the sources said of its sessions; left out: they are asked. */
  readonly told?: ToldSessions;
  /** Of a copy: the services that need it; left out: those that name it. */
  readonly dependents?: readonly string[];
  /** Of a copy: its configuration could not be read. */
  readonly hidesConfiguration?: boolean;
  /** Of a copy: what of its configuration was not known. */
  readonly hidesDetails?: readonly HiddenDetail[];
  /** What it does instead of obeying, by order. */
  readonly reactions: Readonly<Partial<Record<SimulatedOrder, Reaction>>>;
  /** Oldest first, never empty: the latest one that is due is what the service is now. */
  readonly moments: readonly Moment[];
  /** Oldest first, never empty, likewise. */
  readonly starts: readonly StartMoment[];
  /** From then on the service no longer exists; null: it stays. */
  readonly goneAtMs: number | null;
  /** Windows reports states so much too late. */
  readonly lagMs: number;
  /** Windows goes on reporting the state of this time until the service is interrogated; null: it is up to date. */
  readonly staleSinceMs: number | null;
}

export type HiddenDetail = 'delayed' | 'failureActions' | 'hasStartTrigger';

/** What the sources of a copied server said of one service's sessions. */
export type ToldSessions =
  | { readonly evidence: EvidenceSource }
  | {
      readonly unknown: UnknownSessionReason;
      /** Age of what was seen at least, milliseconds. */
      readonly ageMs: number;
      /** False: the reason was of the moment, and holds until the service is paused. */
      readonly isLasting: boolean;
    };

/** What a service is from `atMs` until its next moment. */
export interface Moment {
  readonly atMs: number;
  readonly state: ServiceState;
  readonly processId: number;
  /** Whether pause and continue are accepted while it runs or is paused. */
  readonly acceptsPause: boolean;
  /** Pending only: how often the checkpoint moves, null never. */
  readonly checkpointEveryMs: number | null;
  readonly waitHintMs: number;
  readonly win32ExitCode: number;
  readonly serviceSpecificExitCode: number;
}

export interface StartMoment {
  readonly atMs: number;
  readonly start: StoredStart;
}

/** A start setting whose delayed flag is known: Windows stores it for every service. */
export interface StoredStart extends StartSetting {
  readonly delayed: boolean;
}

/** Orders that a service can react to in its own way. Writing the start type counts as two: holding and restoring. */
export type SimulatedOrder = Control | 'start' | 'stop' | 'set-held' | 'set-auto';

/** How a service misbehaves at one order. What is left out is as a healthy service does it. */
export interface Reaction {
  readonly refusal?: Refusal;
  /** Pause and continue: the handler works for so long before it does anything; null: it never returns. A healthy one returns at once. */
  readonly handlerMs?: number | null;
  /** Accepted, yet the state stays as it was for so long. */
  readonly unmovedMs?: number;
  /** How long it is pending; null for ever. */
  readonly pendingMs?: number | null;
  readonly checkpointEveryMs?: number | null;
  readonly waitHintMs?: number;
  /** What it becomes instead of what was ordered. */
  readonly becomes?: FollowUp;
  /** What happens by itself after that, one after another. */
  readonly then?: readonly FollowUp[];
  /** Another program writes the start type so long after this order. */
  readonly laterStart?: { readonly afterMs: number; readonly start: StoredStart };
  /** The service is removed so long after this order. */
  readonly vanishesAfterMs?: number;
  readonly staysStale?: boolean;
}

export interface Refusal {
  readonly win32: number;
  /** So many times, then it obeys; null always. */
  readonly times: number | null;
  /** The caller waits so long for the answer. */
  readonly answerAfterMs: number;
  /** The answer is a refusal, and yet the order is carried out. */
  readonly obeysAllTheSame: boolean;
}

export interface FollowUp {
  readonly afterMs: number;
  readonly state: ServiceState;
  readonly acceptsPause?: boolean;
  readonly win32ExitCode?: number;
  readonly serviceSpecificExitCode?: number;
}

/** The sessions that a service attracts. */
export interface SessionProfile {
  /** Sessions at one time while it runs, on average. */
  readonly usual: number;
  readonly shortestMs: number;
  readonly longestMs: number;
  /** Sessions that last as long as the process does. */
  readonly endless: number;
  /** New sessions that arrive while it is paused: one every so often, for so long after the pause; null: none. */
  readonly leak: { readonly everyMs: number; readonly forMs: number } | null;
  /** Of a copy: so many were there when it was made, and for some seconds none comes or goes; left out: drawn like all others. */
  readonly present?: number;
  /** The only kinds of session that come, by id; left out: all that are usual. */
  readonly only?: readonly string[];
  /** What its own source says instead of their number. */
  readonly brokenNumber?: number;
}

/** The latest entry of a timeline that is due. The first one counts as always due; a timeline is never empty. */
export function latestDue<T extends { readonly atMs: number }>(timeline: readonly T[], nowMs: number): T {
  const [first, ...later] = timeline;
  if (first === undefined) throw new RangeError('A timeline is never empty.');
  return later.reduce((latest, entry) => (entry.atMs <= nowMs ? entry : latest), first);
}

export function momentAt(service: SimulatedService, nowMs: number): Moment {
  return latestDue(service.moments, nowMs);
}

export function startAt(service: SimulatedService, nowMs: number): StoredStart {
  return latestDue(service.starts, nowMs).start;
}

/** When a service next becomes, or is reported to have become, what was laid down for it; infinity where nothing is to come. */
export function nextDueMs({ services }: SimulatedState, nowMs: number): number {
  const times = services.flatMap(({ moments, starts, goneAtMs, lagMs }) => [
    ...moments.map(({ atMs }) => atMs + lagMs),
    ...starts.map(({ atMs }) => atMs),
    goneAtMs ?? Number.POSITIVE_INFINITY,
  ]);
  return Math.min(...times.filter((atMs) => atMs > nowMs));
}

/** Replaces one service, found by its name in any case. */
export function withService(state: SimulatedState, changed: SimulatedService): SimulatedState {
  return { ...state, services: state.services.map((service) => (isNamed(service, changed.serviceName) ? changed : service)) };
}

/** The service of that name, in any case, or undefined where there is none now. */
export function findService(state: SimulatedState, serviceName: string, nowMs: number): SimulatedService | undefined {
  return state.services.find((service) => isNamed(service, serviceName) && exists(service, nowMs));
}

export function exists(service: SimulatedService, nowMs: number): boolean {
  return service.goneAtMs === null || nowMs < service.goneAtMs;
}

function isNamed(service: SimulatedService, serviceName: string): boolean {
  return service.serviceName.toUpperCase() === serviceName.toUpperCase();
}
