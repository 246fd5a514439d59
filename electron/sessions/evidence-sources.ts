import type { ServiceStatus } from '../contract/service.js';
import type { RemoteEnd, UnknownSessionReason } from '../contract/sessions.js';

/** What one counter says. `raw` is what Windows answered, for people who look into it. */
export type CounterAnswer =
  | { readonly kind: 'value'; readonly value: number }
  | {
      readonly kind: 'unreadable';
      readonly reason: Extract<UnknownSessionReason, 'counter-missing' | 'counter-denied' | 'counter-broken' | 'counter-failed'>;
      readonly raw: string;
    };

/** The port to performance counters. */
export interface CounterSource {
  /**
   * Reads all counters in one collection. Handles are opened by the first reading and stay open.
   * @param paths English counter paths; without any, nothing is opened
   * @returns one answer for each path. Rejects when counters cannot be read at all
   */
  read(paths: readonly string[]): Promise<ReadonlyMap<string, CounterAnswer>>;

  /** Closes every handle. Reading again opens them anew. */
  release(): Promise<void>;
}

/** A service whose connections are counted. */
export interface TcpWatch {
  readonly serviceName: string;
  /** 0 while Windows names no process for it; then only its ports can tell its connections. */
  readonly processId: number;
  /** Local ports that carry its sessions; empty: any port of its process. */
  readonly ports: readonly number[];
}

/** How the server's own services are told from clients at the far end of a connection that stays on this computer. */
export interface OwnServices {
  readonly processIds: readonly number[];
  /** Ports on which they are known to listen, for rows without an owner. */
  readonly ports: readonly number[];
}

export interface TcpCount {
  readonly count: number;
  /** Connections that were not there at the reading before; at most 20, empty at the service's first reading. */
  readonly arrivals: readonly RemoteEnd[];
}

/** The port to the computer's TCP connections. */
export interface TcpSource {
  /**
   * Counts established connections by service, from one reading of the table.
   * @returns one count for each service; null where its connections cannot be told from those of others. Rejects when
   *   the table cannot be read
   */
  count(watches: readonly TcpWatch[], own: OwnServices): Promise<ReadonlyMap<string, TcpCount | null>>;
}

/** What the cmdlet says of all services. */
export type CmdletAnswer =
  | {
      readonly kind: 'activities';
      /** Activities with their numbers, by service name in upper case. */
      readonly activities: ReadonlyMap<string, ReadonlyMap<string, number>>;
    }
  | {
      readonly kind: 'unavailable';
      readonly reason: Extract<UnknownSessionReason, 'cmdlet-missing' | 'cmdlet-failed' | 'too-old' | 'not-read-yet'>;
      /** What PowerShell or the cmdlet really said or did. */
      readonly raw: string;
    };

/** The port to `Get-CsWindowsService`, for the ActivityLevel that Lync itself reports. */
export interface CmdletSource {
  /**
   * Answers at once, with what is known by now: the cmdlet itself may take minutes.
   * @param services the services whose sessions are being read
   */
  readActivities(services: readonly ServiceStatus[]): CmdletAnswer;
}
