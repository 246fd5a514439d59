import type { CmdletAnswer, CounterAnswer, TcpCount, UdpCount } from '../contract/evidence-answers.js';
import type { ServiceStatus } from '../contract/service.js';

/** The port to performance counters. */
export interface CounterSource {
  /**
   * Reads all counters in one collection, within a deadline of its own. Handles are opened by the first reading and stay open.
   *
   * A path is the English name of one counter (`\object(instance)\counter`) or a pattern for counters whose names are not
   * public: `\BEGINNING*\*END` stands for every counter whose name ends in END, of every object whose name begins with
   * BEGINNING. Its answer is the sum of those that were found: `counter-missing` if there is none, unreadable if one of them is.
   * @param paths without any, nothing is opened
   * @returns one answer for each path, whatever happens; never rejects because counters cannot be read
   */
  read(paths: readonly string[]): Promise<ReadonlyMap<string, CounterAnswer>>;

  /** Closes every handle. The next reading opens them again. */
  release(): Promise<void>;
}

/** A service whose connections are counted. */
export interface TcpWatch {
  readonly serviceName: string;
  /** 0 while Windows names no process for it; then only its ports can tell its connections. */
  readonly processId: number;
  /** Local ports that carry its sessions; empty: any port of its process. */
  readonly ports: readonly number[];
  /**
   * Ports at the far end of connections that the service opens itself and that carry its sessions too. The addresses that
   * are left out do not apply to these: Web Conferencing reaches people outside through an Edge's port 8057.
   */
  readonly remotePorts: readonly number[];
}

/** How the server's own services are told from clients at the far end of a connection that stays on this computer. */
export interface OwnServices {
  readonly processIds: readonly number[];
  /** Ports on which they are known to listen, for rows without an owner. */
  readonly ports: readonly number[];
}

/** The port to the computer's TCP connections. */
export interface TcpSource {
  /**
   * Counts established connections by service, from one reading of the table.
   * @param withEnds the services whose far ends are wanted too, by service name
   * @returns one count for each service; null where its connections cannot be told from those of others. Rejects when
   *   the table cannot be read
   */
  count(watches: readonly TcpWatch[], own: OwnServices, withEnds?: ReadonlySet<string>): Promise<ReadonlyMap<string, TcpCount | null>>;
}

/** A range of ports, both ends included. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** A service whose UDP endpoints are counted: sockets that wait for media. */
export interface UdpWatch {
  readonly serviceName: string;
  /** 0 while Windows names no process for it: its endpoints cannot be told then. */
  readonly processId: number;
  /** Local ports that carry its media; other endpoints of its process are not counted. */
  readonly ports: readonly PortRange[];
}

/** The port to the computer's UDP endpoints. */
export interface UdpSource {
  /**
   * Counts local UDP endpoints by process, from one reading of the tables.
   * @returns one count for each service; null if its endpoints cannot be told from those of others. Rejects if the tables
   *   cannot be read
   */
  count(watches: readonly UdpWatch[]): Promise<ReadonlyMap<string, UdpCount | null>>;
}

/** The port to `Get-CsWindowsService`, for the ActivityLevel that Lync itself reports. */
export interface CmdletSource {
  /**
   * Answers at once, with the last answer however old it is: the cmdlet itself may take minutes.
   * @param services the services whose sessions are being read
   */
  readActivities(services: readonly ServiceStatus[]): CmdletAnswer;
}

/** The port to what is installed, as the registry says, for evidence that differs between versions. */
export interface ProductSource {
  /** Major version of the installed product: 5 is Lync Server 2013. Null if nothing says it. */
  readMajorVersion(): Promise<number | null>;
}
