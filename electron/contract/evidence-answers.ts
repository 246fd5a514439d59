import type { RemoteEnd, UnknownSessionReason } from './sessions.js';

/** What a source said in time, or why it said nothing. */
export type Answered<T> =
  | { readonly kind: 'answer'; readonly value: T }
  | { readonly kind: 'failed'; readonly reason: UnknownSessionReason; readonly raw: string | null };

/** What one counter says. `raw` is what Windows answered, for people who look into it. */
export type CounterAnswer =
  | { readonly kind: 'value'; readonly value: number }
  | {
      readonly kind: 'unreadable';
      readonly reason: Extract<
        UnknownSessionReason,
        'counter-missing' | 'counter-denied' | 'counter-broken' | 'counter-failed' | 'did-not-answer'
      >;
      readonly raw: string;
    };

export interface TcpCount {
  readonly count: number;
  /** Connections that were not there at the reading before; at most 20, empty at the service's first reading. */
  readonly arrivals: readonly RemoteEnd[];
  /** The far ends of what was counted: sorted, each once, at most `MAX_SHOWN_ENDS`. Empty unless asked for. */
  readonly ends: readonly RemoteEnd[];
}

export interface UdpCount {
  /** Each pair of an address and a port counts once. UDP has no connections: this is no number of sessions, and zero proves nothing. */
  readonly endpoints: number;
}

/** ActivityLevel of one service. */
export interface ServiceActivity {
  /** As Lync wrote it. */
  readonly text: string;
  /** Its numbers by name, as far as they could be read. Names may be translated. */
  readonly values: ReadonlyMap<string, number>;
  /** False if a part of the text could not be read: it may hide sessions. */
  readonly isWhole: boolean;
}

/** Why the cmdlet says nothing. */
export type CmdletTrouble = Extract<
  UnknownSessionReason,
  'cmdlet-missing' | 'cmdlet-failed' | 'cmdlet-denied' | 'powershell-restricted' | 'did-not-answer' | 'not-read-yet'
>;

/** What the cmdlet says of all services. */
export type CmdletAnswer =
  | {
      readonly kind: 'activities';
      /** By service name in upper case. */
      readonly activities: ReadonlyMap<string, ServiceActivity>;
      /** Milliseconds since the cmdlet was started for this answer. */
      readonly ageMs: number;
    }
  | {
      readonly kind: 'unavailable';
      readonly reason: CmdletTrouble;
      /** What PowerShell or the cmdlet really said or did. */
      readonly raw: string;
    };
