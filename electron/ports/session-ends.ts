import type { PoolTrouble } from '../contract/facts.js';
import type { ServiceStatus } from '../contract/service.js';
import type { EndRules, EndsList, KindFinding, ListedEnds, AddressName } from '../contract/session-ends.js';
import type { OwnServices, TcpWatch } from './evidence-sources.js';

/** The port to who is connected. Apart from the evidence of how many sessions there are: nothing is decided by it. */
export interface SessionEnds {
  /**
   * Lists the connections of services now, with what is known of Lync's servers by now. Never rejects; answers within a deadline.
   * @param allServices every service of the computer, to leave out connections among the server's own
   * @param most so many remote ends of each service; null: all
   */
  list(services: readonly ServiceStatus[], allServices: readonly ServiceStatus[], most: number | null): Promise<EndsList>;

  /** Resolves when Lync was asked for its servers; takes at most its own deadline. Never rejects. */
  settle(): Promise<void>;

  /** What DNS calls each address. Never rejects; answers within one deadline for all of them. */
  findNames(addresses: readonly string[]): Promise<ReadonlyMap<string, AddressName>>;

  /** Ends what runs beside our own process. */
  end(): void;
}

/** What is known of Lync's servers. */
export interface KnownServers {
  /** By address as text. */
  readonly byAddress: ReadonlyMap<string, KindFinding>;
  /** Why not all are known; null: an IPv4 address that is not here belongs to none of them. */
  readonly trouble: PoolTrouble | null;
}

/** The port to Lync's servers and their addresses. */
export interface ServerDirectory {
  /** What is known by now. */
  read(): KnownServers;
  /** Asks if it is time to. Resolves when that is answered, or after a deadline. Never rejects. */
  settle(): Promise<void>;
  /** Ends what runs beside our own process. */
  end(): void;
}

/** A service whose connections are listed. */
export interface EndsWatch extends TcpWatch {
  readonly rules: EndRules;
}

/** What connections are listed for. */
export interface EndsQuestion {
  readonly watches: readonly EndsWatch[];
  readonly own: OwnServices;
  readonly servers: KnownServers;
  /** So many remote ends of each service; null: all. */
  readonly most: number | null;
}

/** The port to the computer's connections, one by one. */
export interface ConnectionSource {
  /** @returns null for a service whose connections cannot be told from those of others. Rejects when the table cannot be read */
  list(question: EndsQuestion): Promise<ReadonlyMap<string, ListedEnds | null>>;
}
