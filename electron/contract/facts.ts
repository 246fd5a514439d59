import type { Computer, Instant } from './computer.js';
import type { ProductReading } from './installed-server.js';
import type { ServiceConfiguration, ServiceState, ServiceStatus, UnknownReason } from './service.js';
import type { SessionReading } from './sessions.js';

/** The pool this server belongs to, as far as it is known. */
export interface PoolFacts {
  readonly fqdn: string;
  /** Front End servers in the pool, this one included; null if only its name is known. */
  readonly members: number | null;
  /** How many of the others take calls now; null if it is not known. */
  readonly othersInService: number | null;
  /** Why the members, or how many are in service, are not known; left out if they are. */
  readonly membersTrouble?: PoolTrouble;
  /** Addresses the pool's name resolves to; one means a hardware load balancer or a single server. Null where DNS did not say. */
  readonly addresses: number | null;
  /** Why DNS did not say; left out if it did. */
  readonly dnsTrouble?: PoolTrouble;
  /** Left out if nobody asks for it: a simulated server, a pool of one. */
  readonly readiness?: PoolReadiness;
  /** What each of the others said of its services; left out while their names are not known. */
  readonly others?: readonly OtherServer[];
}

/** Another Front End server of the pool. */
export interface OtherServer {
  readonly fqdn: string;
  readonly services: RemoteServices;
}

/** The services of Lync on another computer, by name; or why they are not known, with what Windows really said. */
export type RemoteServices =
  | { readonly kind: 'read'; readonly states: Readonly<Record<string, ServiceState>> }
  | { readonly kind: 'unknown'; readonly reason: RemoteTrouble; readonly raw: string | null };

/** Why the services of another computer are not known. `unreachable`: Windows found no way to its service control manager. */
export const REMOTE_TROUBLES = ['not-read-yet', 'did-not-answer', 'unreachable', 'access-denied', 'failed'] as const;
export type RemoteTrouble = (typeof REMOTE_TROUBLES)[number];

/**
 * What Get-CsPoolUpgradeReadinessState or its successor said last. `since`: the first of the answers in a row that said so; `times`: how
 * many there were, at least ten minutes apart.
 */
export interface KnownReadiness {
  readonly state: 'ready' | 'busy' | 'insufficient';
  readonly since: Instant;
  readonly askedAt: Instant;
  readonly times: number;
}
export type PoolReadiness = KnownReadiness | { readonly state: 'unknown'; readonly trouble: PoolTrouble };

/**
 * Why something of the pool is not known. `dns-not-found`: DNS has no address for its name; `not-told`: the source answered, and this
 * was not in it.
 */
export const POOL_TROUBLES = [
  'dns-not-found',
  'dns-did-not-answer',
  'dns-refused',
  'no-pool-name',
  'name-not-ours',
  'not-read-yet',
  'cmdlet-missing',
  'cmdlet-denied',
  'cmdlet-failed',
  'powershell-restricted',
  'did-not-answer',
  'not-told',
] as const;
export type PoolTrouble = (typeof POOL_TROUBLES)[number];

/**
 * The servers of the pool as Lync's cmdlets told them at an earlier time, while nobody tells them now. They are looked at, and that is all:
 * how many servers the pool has stays unknown.
 */
export interface KeptServers {
  /** Name of the pool. */
  readonly fqdn: string;
  /** UTC, ISO 8601: when the cmdlets told it. */
  readonly toldAt: string;
  /** What each of them, but this one, says of its services now. */
  readonly others: readonly OtherServer[];
}

/** `not-supported`: a server that stands in no pool of Front Ends. `kept` is left out as soon as the members are told. */
export type PoolReading = (
  { readonly known: true; readonly value: PoolFacts } | { readonly known: false; readonly reason: PoolTrouble | UnknownReason }
) & { readonly kept?: KeptServers };

/** One reading of the server. */
export interface Facts {
  readonly now: Instant;
  readonly computer: Computer;
  /** Every Win32 service, by name as Windows writes it. */
  readonly statuses: ReadonlyMap<string, ServiceStatus>;
  /** Configuration of the services that matter: the planned ones and whatever depends on them. */
  readonly configurations: ReadonlyMap<string, ServiceConfiguration>;
  /** Sessions of the services that matter; empty if the evidence was not asked. */
  readonly sessions: ReadonlyMap<string, SessionReading>;
  /** After a sign-off the evidence is not asked: open counters disturb the updates that run just then. */
  readonly evidence: 'read' | 'not-asked';
  readonly pool: PoolReading;
  readonly product: ProductReading;
}
