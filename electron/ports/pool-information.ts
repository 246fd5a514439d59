import type { KnownReadiness, PoolReading, PoolTrouble, RemoteServices } from '../contract/facts.js';
import type { Problem } from '../contract/problem.js';
import type { EndKind } from '../contract/session-ends.js';

/** The port to what is known of the pool. The program does its whole main job without it. */
export interface PoolInformation {
  /** Answers at once with what is known by now. Never rejects; what could not be learnt is unknown with the reason. */
  read(): Promise<PoolReading>;

  /**
   * Looks at the services of every other server of the pool, begun now, and waits for that: no longer than its own deadline. Asks no
   * cmdlet: while they have not told the names of the others, those that they told earlier are looked at, and without any it answers as
   * `read` does. Never rejects.
   */
  readNow(): Promise<PoolReading>;
}

/** The port to the services of another computer. */
export interface RemoteServiceControl {
  /**
   * Reads the states of Lync's services there, and changes nothing. The answer is of the computer that was named, or unknown with the
   * reason. Never rejects, and answers within a deadline of its own, whatever Windows does.
   */
  readServices(computer: string): Promise<RemoteServices>;
}

/** The pool of this server, for whoever may wait for it or name it. */
export interface ServerPool extends PoolInformation {
  /** Resolves when everything that can be known was asked once; takes at most its own deadline. Never rejects. */
  settle(): Promise<void>;

  /**
   * Takes a name that an administrator says, until the program ends.
   * @returns what is wrong with it, and then the name is not taken; null also if DNS does not answer, so that nothing was checked
   */
  nameIt(fqdn: string): Promise<Problem | null>;

  /** What Get-CsPoolFabricState prints, for people who ask for it; takes minutes at worst. Never rejects. */
  readFabricState(): Promise<CmdletsSay<string>>;

  /** Ends what runs beside our own process. */
  end(): void;
}

/** What Lync's cmdlets say, or why they do not. `raw` is what PowerShell or the cmdlet really said. */
export type CmdletsSay<T> =
  { readonly kind: 'read'; readonly value: T } | { readonly kind: 'unavailable'; readonly trouble: PoolTrouble; readonly raw: string };

/** The pool that holds this computer. */
export interface PoolMembers {
  readonly fqdn: string;
  /** Full names of its servers, this one included. */
  readonly members: readonly string[];
  /** Full name of this computer, as it calls itself. */
  readonly own: string;
}

/** What the cmdlets told of the pool, and when: UTC, ISO 8601. */
export interface ToldMembers extends PoolMembers {
  readonly toldAt: string;
}

/**
 * Keeps the members of the pool between programs: a pause in the terminal does not wait for the cmdlets. No method throws; what cannot be
 * read, or is not what was written, is null.
 */
export interface MembersMemory {
  read(): ToldMembers | null;
  write(members: ToldMembers): void;
}

/** One pool of Lync's topology: its own servers, or a gateway, an Exchange server or another one that Lync trusts. */
export interface TopologyPool {
  readonly fqdn: string;
  /** Full names of its computers. */
  readonly members: readonly string[];
  /** What it is to this server. */
  readonly kind: Exclude<EndKind, 'client' | 'unknown'>;
}

export interface Topology {
  readonly pools: readonly TopologyPool[];
  /** False for a copy that may leave out servers which Lync only trusts, and does not say what a server is. */
  readonly isWhole: boolean;
}

/** What the readiness cmdlet answered, whatever its properties are called: their names are not public. */
export interface ReadinessAnswer {
  /** The worst state found; null if none was. */
  readonly state: 'ready' | 'busy' | 'insufficient' | null;
  /** Front Ends that are active now, this one included; null if no property says it without doubt. */
  readonly active: number | null;
}

/** Keeps what the pool said of its readiness between programs: the wait of 20 minutes is longer than a command. No method throws. */
export interface ReadinessMemory {
  /** Null if nothing is kept, or not of this pool. */
  read(poolFqdn: string): KnownReadiness | null;
  write(poolFqdn: string, readiness: KnownReadiness): void;
}

/** The port to Lync's cmdlets about the pool. No method rejects; each answers within a deadline of its own. */
export interface PoolCmdlets {
  readMembers(): Promise<CmdletsSay<PoolMembers>>;
  readReadiness(): Promise<CmdletsSay<ReadinessAnswer>>;
  /** What Get-CsPoolFabricState prints, for people. */
  readFabricState(poolFqdn: string): Promise<CmdletsSay<string>>;
  readTopology(): Promise<CmdletsSay<Topology>>;
  /** Ends PowerShell; asking starts it again. */
  end(): void;
}
