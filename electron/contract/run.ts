import type { Computer, Instant, Source } from './computer.js';
import type { Problem } from './problem.js';
import type { ServiceState, ShownState, StartSetting } from './service.js';
import type { UnknownSessionReason } from './sessions.js';
import type { StartHold } from './settings.js';
import { SECOND_MS } from './time-units.js';

/** Version of the record's format; a record with a higher one is refused. One with a lower one takes the new kinds of entry too. */
export const RECORD_SCHEMA = 2;

/** The machine as the opening of a record has it. */
export interface RecordedComputer extends Pick<Computer, 'name' | 'bootedAt' | 'source'> {
  /** Left out where Windows does not tell, and by earlier versions. */
  readonly bootId?: string;
}

export const FACES = ['cli', 'tray'] as const;

/** Who gave an order, and through which face. */
export interface Actor {
  /** `DOMAIN\user`. */
  readonly user: string;
  readonly face: (typeof FACES)[number];
  readonly processId: number;
}

/**
 * What a service was before this run touched it. Never replaced, but for a start type that is changed from outside before the
 * run sets one.
 */
export interface Original {
  readonly displayName: string;
  readonly state: ServiceState;
  readonly start: StartSetting;
}

/** How a service came back. `start-type-only`: of earlier versions, started by a later order. */
export const RETURNS = ['restored', 'kept', 'was-as-before', 'start-type-only'] as const;
export type Returned = (typeof RETURNS)[number];

/** Differences from the original that an administrator chose to keep; null for what is not among them. */
export interface Kept {
  readonly state: ShownState | null;
  readonly start: StartSetting | null;
}

/** One change of the server. */
export type Change =
  | { readonly kind: 'pause' }
  | { readonly kind: 'set-start'; readonly from: StartSetting; readonly to: StartSetting }
  | { readonly kind: 'continue' }
  | { readonly kind: 'start' }
  | { readonly kind: 'restore-start'; readonly from: StartSetting; readonly to: StartSetting };

export const ORDER_COMMANDS = ['pause', 'drain', 'resume'] as const;

/** What the administrator ordered last; the next process that takes over goes on with it. */
export interface Order {
  readonly command: (typeof ORDER_COMMANDS)[number];
  /** The services it is about, as Windows writes them. */
  readonly services: readonly string[];
  /** Milliseconds every planned service must stay at zero. */
  readonly holdTimeMs: number;
  /** What start types are set to; null leaves them alone. */
  readonly hold: StartHold;
  /** UTC, ISO 8601: when a quick pause ends by itself; null never. */
  readonly until: string | null;
  /** Way back only: restore start types without starting anything. */
  readonly stayStopped: boolean;
  readonly reason: string | null;
  /** Name of the scheduled task that ends the quick pause too; left out without one, and by earlier versions. */
  readonly endTask?: string;
}

/** What a service that carries sessions was found in. */
export interface ObservedService {
  readonly state: ServiceState;
  /** 0 while it has no process. */
  readonly processId: number;
}

/** How far a number of sessions is known. */
export const CERTAINTIES = ['exact', 'at-least', 'unknown'] as const;
export type Certainty = (typeof CERTAINTIES)[number];

/** How the process that carried sessions went: it ended, another one took its place, or Windows was restarted. */
export const LOSS_KINDS = ['ended', 'replaced', 'restarted'] as const;
export type LossKind = (typeof LOSS_KINDS)[number];

/** What ended an acceptance. */
export const ACCEPTANCE_ENDS = ['new-connection', 'more-sessions', 'counted', 'awake', 'other-process'] as const;
export type AcceptanceEnd = (typeof ACCEPTANCE_ENDS)[number];

/** Whether a sign-off is for the whole server or for the planned services alone. */
export const SIGN_OFF_SCOPES = ['server', 'services'] as const;
export type SignOffScope = (typeof SIGN_OFF_SCOPES)[number];

/** What to do about a difference from the original that the run did not make. */
export const CONFLICT_ANSWERS = ['keep', 'original'] as const;
export type ConflictAnswer = (typeof CONFLICT_ANSWERS)[number];

/** Whether another server of the pool takes calls. */
export const STANDINGS = ['in-service', 'in-maintenance', 'unknown'] as const;

/** Another server of the pool as it was seen. */
export interface SeenServer {
  readonly fqdn: string;
  readonly standing: (typeof STANDINGS)[number];
}

/** How a run that lost its tail is taken to hold a service. */
export interface HeldService {
  /** The start type that it is held with; null if it is not. */
  readonly start: StartSetting | null;
  /** True if it was paused by the run. */
  readonly isPaused: boolean;
}

/** What a closing says of its whole run. Records of earlier versions lack it. */
export interface ClosedSummary {
  readonly openedAt: string;
  readonly openedBy: string;
  readonly reason: string | null;
  /** How many services the record holds. */
  readonly services: number;
  /** What the sign-off that stood was for, null if none did; missing in a closing of earlier versions. */
  readonly signOff?: SignOffScope | null;
  /** Null if no session was lost; missing in a closing of earlier versions. */
  readonly losses?: LossSummary | null;
}

/** All losses of one run in one. */
export interface LossSummary {
  /** How many services lost sessions. */
  readonly services: number;
  /** How many sessions that is at most; at least so many with another certainty. 0 if nothing is known. */
  readonly sessions: number;
  readonly certainty: Certainty;
}

/**
 * Content of each record entry, by type. Field order is the order on disk; schema 1 lacks the optional fields and the types
 * marked with 2.
 */
export interface EntryContents {
  'run-opened': { schema: number; runId: string; computer: RecordedComputer; by: Actor; product: string };
  ordered: { by: Actor; order: Order };
  /** `movedFrom`: the start type that the record had before; another person changed it while this run did not hold it. */
  original: { serviceName: string; original: Original; movedFrom?: StartSetting };
  overridden: { by: Actor; checkId: string; note: string | null };
  /** Schema 1 only: accepted without a word of what could be seen. */
  'accepted-by-hand': { by: Actor; serviceName: string; note: string | null };
  /**
   * 2. What an administrator accepted, with what could be seen then: `count` at least, `ends` as `address:port`. `cut` is null
   * for "it is empty".
   */
  accepted: {
    by: Actor;
    serviceName: string;
    note: string;
    processId: number;
    count: number;
    ends: string[];
    cut: number | null;
    inAdvance: boolean;
    mediaPorts?: number;
  };
  /**
   * 2. What the other servers of the pool said before the first pause, and again when that was seen done: that this server is the only one
   * that goes down.
   */
  'pool-looked': { when: 'before-pause' | 'after-pause'; servers: SeenServer[] };
  /** 2. Others went down at the same moment, or do not answer any more: this server goes back. */
  yielded: { by: Actor; to: SeenServer[] };
  /** 2. */
  'acceptance-ended': { serviceName: string; because: AcceptanceEnd; detail: string | null };
  'left-out': { serviceName: string; because: string };
  intended: { serviceName: string; change: Change };
  /** Also by a further order, of what an earlier one did and it finds still done. */
  changed: { serviceName: string; change: Change['kind'] };
  failed: { serviceName: string; change: Change['kind']; problem: Problem };
  /**
   * 2. Written when the state or the process of a service that carries sessions is another one, planned or not. `bootedAt`: the
   * clock was set, so that the time of the same boot reads so from now on.
   */
  observed: { services: Record<string, ObservedService>; bootedAt?: string };
  /** 2. A planned service was seen awake after it had been paused or stopped, or has another process since: it may have taken calls. */
  awake: { serviceName: string; by: 'state' | 'process' };
  /** 2. The process that carried sessions is gone, and its last reading was not proved zero. `count` is 0 if it is unknown. */
  lost: { serviceName: string; how: LossKind; count: number; certainty: Certainty };
  /** Sessions by service: a count, or why it is unknown. `atLeast`: what was seen of the unknown ones. */
  sampled: { sessions: Record<string, number | UnknownSessionReason>; atLeast?: Record<string, number> };
  leaked: { serviceName: string; before: number; after: number; from: string | null };
  stalled: { serviceName: string; count: number; sinceMs: number };
  /** `safeToRestart`: also the whole server was proved or accepted then. Earlier versions do not say it. */
  quiet: { heldMs: number; samples: number; safeToRestart?: true };
  /** 2. All services that can be known, these, have held zero for the hold time; the other planned ones need an acceptance. */
  'held-zero': { services: string[]; heldMs: number; samples: number };
  /** A sign-off of schema 1 names no scope; it is one of the planned services. `cut`: sessions that a restart cuts, accepted. */
  confirmed: { by: Actor; note: string | null; scope?: SignOffScope; cut?: number };
  /**
   * 2. The last lines of the record were lost. `anchored`: how many there were at least. `held`: what counts as changed by this run
   * from here on; `unrecorded`: held services whose originals were lost.
   */
  'tail-lost': { by: Actor; entries: number; anchored: number | null; held: Record<string, HeldService>; unrecorded: string[] };
  /** `proofStands`: the planned services are still proved; what ended is what was said of the server. */
  withdrawn: { problem: Problem; proofStands?: true };
  'outside-change': { serviceName: string; problem: Problem };
  restarted: { bootedAt: string; bootId?: string; running: string[] };
  /** `kept`: what an administrator saw and chose to keep. */
  choice: { by: Actor; serviceName: string; choice: ConflictAnswer; kept?: Kept };
  returned: { serviceName: string; how: Returned };
  /** `returned-stopped`: of earlier versions, which closed a run without starting what it had stopped. */
  closed: { by: Actor; outcome: 'returned' | 'returned-stopped'; summary?: ClosedSummary };
}
export type EntryType = keyof EntryContents;

/** An entry before it has its place in the chain. */
export type EntryDraft = { [T in EntryType]: { readonly type: T } & Readonly<EntryContents[T]> }[EntryType];

/** An entry as it stands on disk: place, time, content; `hash` chains it to the entry before. */
export type Entry = EntryDraft & Instant & { readonly seq: number; readonly hash: string };

/** Where one change of one service stands, worked out from the record alone. */
export type ChangeStatus =
  | { readonly kind: 'none' }
  | { readonly kind: 'intended' }
  /** `stale`: done under an earlier order, so the present order may do it again where it no longer holds. */
  | { readonly kind: 'done'; readonly stale: boolean }
  /** `stale`: it failed under an earlier order, so the present order may try again. */
  | { readonly kind: 'failed'; readonly problem: Problem; readonly stale: boolean };

/** What the record says of one service. */
export interface RecordedService {
  readonly serviceName: string;
  readonly original: Original;
  /** The start type that the record had first; another than the original's if another person changed it since. */
  readonly firstStart: StartSetting;
  readonly pause: ChangeStatus;
  readonly setStart: ChangeStatus;
  /** The setting we last meant to write, null when we never meant to. */
  readonly ourStart: StartSetting | null;
  readonly restart: ChangeStatus;
  /** What `restart` is about; null while it is `none`. */
  readonly restartBy: 'continue' | 'start' | null;
  readonly restoreStart: ChangeStatus;
  /** Excluded by an override; stays as it is and no longer counts for ready. */
  readonly leftOut: boolean;
  /**
   * When a pause was ordered whose effect was never seen: it has no outcome, or Windows gave up waiting for the answer (1053). It
   * may still come. Null once it was seen, and after a restart of Windows. Monotonic milliseconds.
   */
  readonly unseenPauseUpMs: number | null;
  /** What the present order says of a difference. */
  readonly choice: ConflictAnswer | null;
  /** Differences that stay, whatever order follows. */
  readonly kept: Kept | null;
  readonly returned: Returned | null;
  /** What was seen changing from outside under the present order, the latest. */
  readonly outsideChange: Problem | null;
  /** When its sessions were last said to be stalled. UTC, ISO 8601. */
  readonly stalledAt: string | null;
  readonly leak: { readonly before: number; readonly after: number; readonly from: string | null; readonly at: string } | null;
}

/** True while the start type is this run's: it meant to set one, and has not restored the original since. */
export function isStartHeld({ ourStart, restoreStart }: Pick<RecordedService, 'ourStart' | 'restoreStart'>): boolean {
  return ourStart !== null && restoreStart.kind !== 'done';
}

/** What an administrator accepted of one service. */
export interface Acceptance {
  readonly at: string;
  readonly by: Actor;
  readonly note: string | null;
  /** Null in a record of schema 1: any process. */
  readonly processId: number | null;
  /** What was seen at least when it was accepted. 0 in a record of schema 1: only what shows nothing is covered. */
  readonly count: number;
  /** `address:port` of the connections that were seen then. */
  readonly ends: readonly string[];
  /** UDP endpoints in the media ranges that were seen then; null if they could not be read. */
  readonly mediaPorts: number | null;
  /** The most sessions that may be cut; null: accepted as empty. */
  readonly cut: number | null;
}

/** Sessions that may have been cut. */
export interface Loss extends Instant {
  readonly serviceName: string;
  readonly how: LossKind;
  readonly count: number;
  readonly certainty: Certainty;
}

/** The latest that the record knows of one service that carries sessions. */
export interface LastSeen extends ObservedService {
  /** The place in the record since when it takes no new work in this process; null while it is awake. */
  readonly asleepFromSeq: number | null;
  /** True if this process took the place of one that took no new work any more. */
  readonly isOtherProcess: boolean;
  /** True once this process is on record as a loss, until the next word of what is there: it is lost once. */
  readonly isLost: boolean;
}

/** A run, folded from its record. */
export interface Run {
  readonly id: string;
  readonly source: Source;
  readonly computerName: string;
  /** The latest boot the record knows of. */
  readonly bootedAtLast: string;
  /** `Computer.bootId` of that boot; null in records that were opened before it was recorded, and where Windows did not tell. */
  readonly bootIdLast: string | null;
  /** The latest entry of that boot: whether there was another one since shows by comparing both of its clocks. */
  readonly lastEntryAt: Instant;
  readonly openedAt: string;
  readonly openedBy: Actor;
  readonly order: Order;
  readonly orderedBy: Actor;
  readonly orderedAt: Instant;
  readonly reason: string | null;
  /** By service name, in plan order. */
  readonly services: ReadonlyMap<string, RecordedService>;
  /**
   * Given once it was told that the record lost its tail. `unrecorded`: services whose originals went with it, but for those
   * chosen to stay as they are.
   */
  readonly tailLost?: { readonly at: string; readonly unrecorded: readonly string[] };
  readonly overrides: readonly string[];
  /**
   * The claim of this run to be the only server of the pool that goes down: what the others said before its first pause, and whether they
   * were looked at again after it. Null before that, on the way back, and where there is no other server to ask.
   */
  readonly claim: { readonly before: readonly SeenServer[]; readonly isVerified: boolean } | null;
  /** Oldest first; thinned where there are very many. Only the first lacks nothing, so that a curve keeps its start. */
  readonly samples: readonly RecordedSample[];
  /**
   * Samples with a lower `seq` prove nothing, because a planned service was paused, seen awake, changed from outside, found
   * not ready or on its way back after them: the place of the latest new `changed` (pause), `awake`, `outside-change`,
   * `withdrawn`, or `ordered` that ends a way back. 0 before the first.
   */
  readonly holdFromSeq: number;
  /** The quiet proof that still stands: null before it, and again after any sample that contradicts it. */
  readonly quiet: QuietProof | null;
  /** What held zero when only acceptances were missing. It stands on the terms of `quiet`, but ends with a restart of Windows. */
  readonly heldZero: HeldZero | null;
  readonly confirmed:
    (Instant & { readonly by: Actor; readonly note: string | null; readonly scope: SignOffScope; readonly cut: number }) | null;
  /** What stands accepted, by service name. */
  readonly acceptances: ReadonlyMap<string, Acceptance>;
  /** Who accepted a service in advance, with the note: it is accepted when it has shown nothing above zero for the hold time. */
  readonly acceptedInAdvance: ReadonlyMap<string, { readonly by: Actor; readonly note: string }>;
  /** Oldest first. */
  readonly losses: readonly Loss[];
  /** By service name, planned or not. */
  readonly lastSeen: ReadonlyMap<string, LastSeen>;
  readonly restart: { readonly bootedAt: string; readonly running: readonly string[] } | null;
  readonly closed: (Instant & { readonly outcome: EntryContents['closed']['outcome'] }) | null;
}

/** A proof of quiet, and how it has grown. Its own instant is that of the entry. */
export interface QuietProof extends Instant {
  /** How long all had been at zero when it was written, in milliseconds. */
  readonly heldMs: number;
  /** Recorded readings that say so, those since included. */
  readonly samples: number;
  /** The latest of them. */
  readonly last: Instant;
  /** The longest time between two of them since the proof was written, in milliseconds: nothing was read in it. */
  readonly longestGapMs: number;
}

/** The same of the services that could be known, while others needed an acceptance. */
export interface HeldZero extends QuietProof {
  readonly services: readonly string[];
}

/** Samples further apart than this do not hold together: nothing was read in between. Longer than the slowest heartbeat of a record. */
export const MAX_SAMPLE_GAP_MS = 15 * SECOND_MS;

/** A sample as the record keeps it. */
export interface RecordedSample extends Instant {
  /** Its place in the record. */
  readonly seq: number;
  readonly sessions: EntryContents['sampled']['sessions'];
  /** What was seen of services whose count is unknown. */
  readonly atLeast: Readonly<Record<string, number>>;
  /** Given if nothing was read for so long before it that sessions may have come and gone. */
  readonly isAfterGap?: true;
}
