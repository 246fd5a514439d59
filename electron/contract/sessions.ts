/** Where a session count came from. `none-needed`: the service carries no sessions; `stopped`: a stopped service carries none. */
export type EvidenceSource = 'counter' | 'tcp' | 'cmdlet' | 'by-hand' | 'none-needed' | 'stopped';

/** Why a count is unknown. Each has a sentence in both languages. */
export const UNKNOWN_SESSION_REASONS = [
  'no-evidence',
  'counter-missing',
  'counter-denied',
  'counter-broken',
  'counter-failed',
  'tcp-failed',
  'cmdlet-missing',
  'cmdlet-failed',
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

/** How many sessions a service carries: a count with its evidence, or unknown with the reason. Unknown is never zero. */
export type SessionReading =
  | {
      readonly kind: 'count';
      /** 0 to 1,000,000. */
      readonly count: number;
      readonly evidence: EvidenceSource;
      /** Connections that were not there at this reader's reading before; at most 20, empty at its first reading. */
      readonly arrivals: readonly RemoteEnd[];
    }
  | {
      readonly kind: 'unknown';
      readonly reason: UnknownSessionReason;
      /** What the source really said, where that helps: a broken counter's raw value, an error number. */
      readonly raw: string | null;
    };

/** A count above this, or below zero, is a broken source and not a number of sessions. */
export const MAX_PLAUSIBLE_SESSIONS = 1_000_000;
