/** Where a session count came from. `none-needed`: the service carries no sessions; `stopped`: a stopped service carries none. */
export const EVIDENCE_SOURCES = ['counter', 'tcp', 'udp', 'cmdlet', 'by-hand', 'none-needed', 'stopped'] as const;
export type EvidenceSource = (typeof EVIDENCE_SOURCES)[number];

/** Why a count is unknown. Each has a sentence in both languages. */
export const UNKNOWN_SESSION_REASONS = [
  'no-evidence',
  'busy-only',
  'did-not-answer',
  'activity-unreadable',
  'counter-missing',
  'counter-denied',
  'counter-broken',
  'counter-failed',
  'tcp-failed',
  'cmdlet-missing',
  'cmdlet-not-asked',
  'cmdlet-failed',
  'cmdlet-denied',
  'powershell-restricted',
  'activity-missing',
  'too-old',
  'sources-disagree',
  'not-read-yet',
] as const;
export type UnknownSessionReason = (typeof UNKNOWN_SESSION_REASONS)[number];

/** The far end of a connection. */
export interface RemoteEnd {
  /** IPv4 or IPv6 in text form, without a zone. */
  readonly address: string;
  readonly port: number;
  /** Our own port that it reaches. */
  readonly localPort: number;
}

/** What was seen of a service although its whole count is not known: never fewer than this. */
export interface AtLeast {
  /** 1 to 1,000,000. */
  readonly count: number;
  readonly evidence: EvidenceSource;
  /** Milliseconds since it was seen; 0 for a source that answered in this reading. */
  readonly ageMs: number;
}

/**
 * What an administrator looks at before accepting a service by hand. None of it proves a service empty; null is "not
 * known", never zero.
 */
export interface SessionSigns {
  /** Connections that are not the server's own. */
  readonly connections: number | null;
  /** Their remote ends, at most `MAX_SHOWN_ENDS`. */
  readonly ends: readonly RemoteEnd[];
  /** UDP endpoints of its process in the media ranges; UDP names no remote ends. */
  readonly mediaPorts: number | null;
  /** ActivityLevel of Get-CsWindowsService, as it was written. */
  readonly activity: string | null;
  /** MCU Draining State: 0 not asked, 1 asked, 2 draining. */
  readonly drainingFlag: 0 | 1 | 2 | null;
}

/** Remote ends that a reading carries at most. */
export const MAX_SHOWN_ENDS = 200;

export const NO_SIGNS: SessionSigns = { connections: null, ends: [], mediaPorts: null, activity: null, drainingFlag: null };

/**
 * How many sessions a service carries. `count`: a source that sees every kind of session of this service said so now.
 * `unknown`: no such source could be believed; `atLeast` is what was seen all the same. Unknown is never zero.
 */
export type SessionReading =
  | {
      readonly kind: 'count';
      /** 0 to 1,000,000. */
      readonly count: number;
      readonly evidence: EvidenceSource;
      /** Connections that were not there at this reader's reading before; at most 20, empty at its first reading. */
      readonly arrivals: readonly RemoteEnd[];
      readonly signs?: SessionSigns;
    }
  | {
      readonly kind: 'unknown';
      readonly reason: UnknownSessionReason;
      /** What the source really said, if that helps: a broken counter's raw value, an error number. */
      readonly raw: string | null;
      readonly atLeast?: AtLeast;
      readonly arrivals?: readonly RemoteEnd[];
      readonly signs?: SessionSigns;
    };

/** What is known to be there: the count, or the part of it that was seen. 0 if nothing was. */
export function leastSessions(reading: SessionReading | undefined): number {
  if (reading === undefined) return 0;
  return reading.kind === 'count' ? reading.count : (reading.atLeast?.count ?? 0);
}

/** A count above this, or below zero, is a broken source and not a number of sessions. */
export const MAX_PLAUSIBLE_SESSIONS = 1_000_000;
