import type { PoolTrouble } from './facts.js';
import type { ServiceStatus } from './service.js';
import type { RemoteEnd } from './sessions.js';

/**
 * What stands at the far end of a connection. `server`: another server of Lync's topology (a Director, an Exchange or application
 * server). `unknown`: nothing tells.
 */
export const END_KINDS = ['client', 'unknown', 'server', 'gateway', 'edge', 'pool-member'] as const;
export type EndKind = (typeof END_KINDS)[number];

/**
 * What tells the kind. `topology`: the address belongs to a server of Lync's topology; `dns`: the pool's name has this address too;
 * `port`: only they use this port; `no-server`: the whole topology is known, and the address belongs to none of its servers.
 */
export const END_SIGNS = ['topology', 'dns', 'port', 'no-server'] as const;
export type EndSign = (typeof END_SIGNS)[number];

/** A kind, and what tells it; null: nothing does. */
export interface KindFinding {
  readonly kind: EndKind;
  readonly sign: EndSign | null;
}

const UNKNOWN_END: KindFinding = { kind: 'unknown', sign: null };
const NO_SERVER: KindFinding = { kind: 'client', sign: 'no-server' };

/** The ports of one service that only one kind of far end uses. */
export interface PortRule {
  /** Which end of the connection has the port. */
  readonly end: 'local' | 'remote';
  readonly port: number;
  readonly finding: KindFinding;
}

/** What tells the far ends of one service. */
export interface EndRules {
  readonly ports: readonly PortRule[];
  /** True if clients connect to the service itself: what is no server is one. */
  readonly isForClients: boolean;
}

/**
 * The kind of a far end. The address comes first, because it was looked up; then the port; then what is left over.
 * @param server what the address is known for; undefined: for nothing
 * @param knowsAllServers whether every server would have been found by its address
 */
export function findEndKind(
  { ports, isForClients }: EndRules,
  { localPort, port }: Pick<RemoteEnd, 'localPort' | 'port'>,
  server: KindFinding | undefined,
  knowsAllServers: boolean,
): KindFinding {
  if (server !== undefined) return server;
  for (const rule of ports) if (rule.port === (rule.end === 'local' ? localPort : port)) return rule.finding;
  return isForClients && knowsAllServers ? NO_SERVER : UNKNOWN_END;
}

/** One connection, as it is shown. */
export interface SessionEnd extends RemoteEnd, KindFinding {
  /** Milliseconds since it began. */
  readonly ageMs: number;
  /** False: it is at least so old, because it was first seen then. */
  readonly isAgeExact: boolean;
}

/** Why the connections of a service are not known. `no-owner`: this Windows does not name the process of a connection. */
export const UNKNOWN_ENDS_REASONS = ['tcp-failed', 'did-not-answer', 'no-owner'] as const;
export type UnknownEndsReason = (typeof UNKNOWN_ENDS_REASONS)[number];

/** The connections of one service but for the server's own. */
export interface ListedEnds {
  readonly connections: number;
  readonly kinds: Readonly<Record<EndKind, number>>;
  /** People first, of each kind the oldest first; some of them if there are more than were asked for. */
  readonly ends: readonly SessionEnd[];
}
export type EndsReading = ({ readonly known: true } & ListedEnds) | { readonly known: false; readonly reason: UnknownEndsReason };

export interface ServiceEnds extends Pick<ServiceStatus, 'serviceName' | 'displayName' | 'state'> {
  readonly tcp: EndsReading;
  /** True if it carries media over UDP, which has no connections: Windows names no remote ends of these. */
  readonly usesUdp: boolean;
}

/** Who is still connected, at one moment. */
export interface EndsList {
  readonly services: readonly ServiceEnds[];
  /** Why not all servers of Lync are known; null if they are. */
  readonly serversTrouble: PoolTrouble | null;
}

export const NAMELESS = ['none', 'unavailable'] as const;

/** What DNS calls an address: its name; `none`: it has none; `unavailable`: no server answered in time, or it refused. */
export type AddressName = { readonly kind: 'name'; readonly name: string } | { readonly kind: (typeof NAMELESS)[number] };

/** Remote ends of one service that are shown unless all are asked for. */
export const USUAL_ENDS = 20;

export function noKinds(): Record<EndKind, number> {
  return { client: 0, unknown: 0, server: 0, gateway: 0, edge: 0, 'pool-member': 0 };
}

/** People first, then what may be people; of each kind the oldest first. @returns below zero if the first one comes first */
export function compareEnds(one: Pick<SessionEnd, 'kind' | 'ageMs'>, other: Pick<SessionEnd, 'kind' | 'ageMs'>): number {
  return one.kind === other.kind ? other.ageMs - one.ageMs : placeOfKind(one.kind) - placeOfKind(other.kind);
}

/** Where a kind stands in the order of a list: as in `END_KINDS`. */
export function placeOfKind(kind: EndKind): number {
  return PLACES[kind];
}

const PLACES: Readonly<Record<EndKind, number>> = { client: 0, unknown: 1, server: 2, gateway: 3, edge: 4, 'pool-member': 5 };
