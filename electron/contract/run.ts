import type { Computer, Instant, Source } from './computer.js';
import type { Problem } from './problem.js';
import type { ServiceState, StartSetting } from './service.js';
import type { UnknownSessionReason } from './sessions.js';

/** Version of the record's format; a record with a higher one is refused. */
export const RECORD_SCHEMA = 1;

/** Who gave an order, and through which face. */
export interface Actor {
  /** `DOMAIN\user`. */
  readonly user: string;
  readonly face: 'cli' | 'tray';
  readonly processId: number;
}

/**
 * What a service was before this run touched it. Never replaced, but for a start type that somebody else changes before the
 * run sets one.
 */
export interface Original {
  readonly displayName: string;
  readonly state: ServiceState;
  readonly start: StartSetting;
}

/** How a service came back. `start-type-only`: of earlier versions, started by a later order. */
export type Returned = 'restored' | 'kept' | 'was-as-before' | 'start-type-only';

/** Differences from the original that an administrator chose to keep; null for what is not among them. */
export interface Kept {
  readonly state: ServiceState | 'missing' | null;
  readonly start: StartSetting | null;
}

/** One change of the server. */
export type Change =
  | { readonly kind: 'pause' }
  | { readonly kind: 'set-start'; readonly from: StartSetting; readonly to: StartSetting }
  | { readonly kind: 'continue' }
  | { readonly kind: 'start' }
  | { readonly kind: 'restore-start'; readonly from: StartSetting; readonly to: StartSetting };

/** What the administrator ordered last; the engine goes on with it whoever takes over. */
export interface Order {
  readonly command: 'pause' | 'drain' | 'resume';
  /** The services it is about, as Windows writes them. */
  readonly services: readonly string[];
  /** Milliseconds every planned service must stay at zero. */
  readonly holdTimeMs: number;
  /** What start types are set to; null leaves them alone. */
  readonly hold: 'demand' | 'disabled' | null;
  /** UTC, ISO 8601: when a quick pause ends by itself; null never. */
  readonly until: string | null;
  /** Way back only: restore start types without starting anything. */
  readonly stayStopped: boolean;
  readonly reason: string | null;
}

/** Content of each record entry, by type. Field order is the order on disk. */
export interface EntryContents {
  'run-opened': { schema: number; runId: string; computer: Pick<Computer, 'name' | 'bootedAt' | 'source'>; by: Actor; product: string };
  'ordered': { by: Actor; order: Order };
  /** `movedFrom`: the start type that the record had before; another person changed it while this run did not hold it. */
  'original': { serviceName: string; original: Original; movedFrom?: StartSetting };
  'overridden': { by: Actor; checkId: string; note: string | null };
  'accepted-by-hand': { by: Actor; serviceName: string; note: string | null };
  'left-out': { serviceName: string; because: string };
  'intended': { serviceName: string; change: Change };
  /** Also by a further order, of what an earlier one did and it finds still done. */
  'changed': { serviceName: string; change: Change['kind'] };
  'failed': { serviceName: string; change: Change['kind']; problem: Problem };
  /** Sessions by service: a count, or why it is unknown. */
  'sampled': { sessions: Record<string, number | UnknownSessionReason> };
  'leaked': { serviceName: string; before: number; after: number; from: string | null };
  'stalled': { serviceName: string; count: number; sinceMs: number };
  'quiet': { heldMs: number; samples: number };
  'confirmed': { by: Actor; note: string | null };
  'withdrawn': { problem: Problem };
  'outside-change': { serviceName: string; problem: Problem };
  'restarted': { bootedAt: string; running: string[] };
  /** `kept`: what an administrator saw and chose to keep. */
  'choice': { by: Actor; serviceName: string; choice: 'keep' | 'original'; kept?: Kept };
  'returned': { serviceName: string; how: Returned };
  /** `returned-stopped`: of earlier versions, which closed a run without starting what it had stopped. */
  'closed': { by: Actor; outcome: 'returned' | 'returned-stopped' };
}
export type EntryType = keyof EntryContents;

/** An entry before it has its place in the chain. */
export type EntryDraft = { [T in EntryType]: { readonly type: T } & Readonly<EntryContents[T]> }[EntryType];

/** An entry as it stands on disk: place, time, content; `hash` chains it to the entry before. */
export type Entry = EntryDraft & Instant & { readonly seq: number; readonly hash: string };

/** Where one change of one service stands, worked out from the record alone. */
export type ChangeStanding =
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
  readonly pause: ChangeStanding;
  readonly setStart: ChangeStanding;
  /** The setting we last meant to write, null when we never meant to. */
  readonly ourStart: StartSetting | null;
  readonly restart: ChangeStanding;
  /** What `restart` is about; null while it is `none`. */
  readonly restartBy: 'continue' | 'start' | null;
  readonly restoreStart: ChangeStanding;
  readonly acceptedByHand: boolean;
  /** Excluded by an override; stays as it is and no longer counts for ready. */
  readonly leftOut: boolean;
  /**
   * A pause that was ordered and whose effect was never seen: without an outcome, or answered with 1053 (`timedOut`). It may
   * still come. Null once it was seen, and after a restart of Windows.
   */
  readonly unseenPause: { readonly upMs: number; readonly timedOut: boolean } | null;
  /** What the present order says of a difference. */
  readonly choice: 'keep' | 'original' | null;
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

/** A run, folded from its record. */
export interface Run {
  readonly id: string;
  readonly source: Source;
  readonly computerName: string;
  readonly bootedAtOpening: string;
  /** The latest boot the record knows of. */
  readonly bootedAtLast: string;
  readonly openedAt: string;
  readonly openedBy: Actor;
  readonly order: Order;
  readonly orderedBy: Actor;
  readonly orderedAt: Instant;
  readonly reason: string | null;
  /** By service name, in plan order. */
  readonly services: ReadonlyMap<string, RecordedService>;
  readonly overrides: readonly string[];
  /** Oldest first; thinned where there are very many. Only the first lacks nothing, so that a curve keeps its start. */
  readonly samples: readonly RecordedSample[];
  /**
   * Samples with a lower `seq` prove nothing, because a planned service was paused, changed from outside, found not
   * ready or on its way back after them: the place of the latest new `changed` (pause), `outside-change`, `withdrawn`, or
   * `ordered` that ends a way back. 0 before the first.
   */
  readonly holdFromSeq: number;
  /** The quiet proof that still stands: null before it, and again after any sample that contradicts it. */
  readonly quiet: (Instant & { readonly heldMs: number; readonly samples: number }) | null;
  readonly confirmed: (Instant & { readonly by: Actor; readonly note: string | null }) | null;
  readonly restart: { readonly bootedAt: string; readonly running: readonly string[] } | null;
  readonly closed: (Instant & { readonly outcome: EntryContents['closed']['outcome'] }) | null;
}

/** A sample as the record keeps it. */
export interface RecordedSample extends Instant {
  /** Its place in the record. */
  readonly seq: number;
  readonly sessions: EntryContents['sampled']['sessions'];
}
