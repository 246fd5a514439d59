/**
 * The Lync Server 2013 and Skype for Business Server services we know, by short name: display names are translated and
 * change between versions. Facts and their marks are in docs/lync-services.md; what is unsure there is not relied on here.
 * Where their sessions are counted stands in evidence-table.ts.
 */

import { compareServiceNames } from '../../contract/service.js';

/** Groups drain one after another, in this order; the way back starts with the last. */
export const DRAIN_GROUPS = ['mediation', 'application', 'conferencing', 'edge', 'chat', 'front-end'] as const;
export type DrainGroup = (typeof DRAIN_GROUPS)[number];

/** A Lync service that can be drained. */
export interface CatalogueService {
  readonly serviceName: string;
  readonly group: DrainGroup;
  /** What usually keeps its last sessions alive: the id of a sentence. */
  readonly lingers: LingerReason;
  /** Its calls may be cut while draining unless the pool uses DNS load balancing. */
  readonly needsDnsLoadBalancing: boolean;
  /** False for a service that only hands out tokens. */
  readonly carriesSessions: boolean;
}

export const LINGER_REASONS = [
  'long-calls',
  'queued-callers',
  'parked-calls',
  'meetings',
  'forgotten-chat-windows',
  'registered-endpoints',
  'relayed-media',
  'short-lived',
] as const;
export type LingerReason = (typeof LINGER_REASONS)[number];

function service(serviceName: string, group: DrainGroup, lingers: LingerReason): CatalogueService {
  return { serviceName, group, lingers, needsDnsLoadBalancing: false, carriesSessions: true };
}

function needingDnsLoadBalancing(one: CatalogueService): CatalogueService {
  return { ...one, needsDnsLoadBalancing: true };
}

/** Holds the registrations; what is said of pools and of web traffic is said of it. */
export const FRONT_END = 'RTCSRV';

/** Serves mobile clients and join pages. It is never paused: the web load balancer drains it. */
export const WEB_SERVER = 'W3SVC';

/** In drain order. */
export const CATALOGUE: readonly CatalogueService[] = [
  service('RTCMEDSRV', 'mediation', 'long-calls'), // Mediation
  needingDnsLoadBalancing(service('RTCRGS', 'application', 'queued-callers')), // Response Group
  needingDnsLoadBalancing(service('RTCCPS', 'application', 'parked-calls')), // Call Park
  needingDnsLoadBalancing(service('RTCCAA', 'application', 'meetings')), // Conferencing Attendant
  needingDnsLoadBalancing(service('RTCCAS', 'application', 'meetings')), // Conferencing Announcement
  service('RTCATS', 'application', 'short-lived'), // Audio Test Service
  service('RTCAVMCU', 'conferencing', 'meetings'), // Audio/Video Conferencing
  service('RTCASMCU', 'conferencing', 'meetings'), // Application Sharing
  service('RTCDATAMCU', 'conferencing', 'meetings'), // Web Conferencing
  service('RTCIMMCU', 'conferencing', 'forgotten-chat-windows'), // IM Conferencing
  service('RTCMEETINGMCU', 'conferencing', 'meetings'), // Web Conferencing Compatibility
  service('RTCXMPPTGW', 'conferencing', 'forgotten-chat-windows'), // XMPP Translating Gateway
  service('RTCDATAPROXY', 'edge', 'meetings'), // Web Conferencing Edge
  { ...service('RTCMRAUTH', 'edge', 'short-lived'), carriesSessions: false }, // Audio/Video Authentication
  service('RTCMEDIARELAY', 'edge', 'relayed-media'), // Audio/Video Edge
  service('RTCCHAT', 'chat', 'forgotten-chat-windows'), // Persistent Chat
  service('RTCCOMPL', 'chat', 'short-lived'), // Persistent Chat Compliance
  // Last: pausing it moves every registered user away.
  service(FRONT_END, 'front-end', 'registered-endpoints'), // Front-End
];

/** Shown, never touched: the server's own machinery. */
const INFRASTRUCTURE: readonly string[] = [
  'REPLICA',
  'MASTER',
  'FTA',
  'RTCCLSAGT',
  'FabricHostSvc',
  'LYNCBACKUP',
  'RTCHA',
  'RTCPDPAUTH',
  'RTCPDPCORE',
  WEB_SERVER,
  'MSSQL$RTC',
  'MSSQL$RTCLOCAL',
  'MSSQL$LYNCLOCAL',
];

const byName = new Map(CATALOGUE.map((entry, index) => [entry.serviceName.toUpperCase(), { entry, index }]));
const infrastructure = new Set(INFRASTRUCTURE.map((name) => name.toUpperCase()));

export function findInCatalogue(serviceName: string): CatalogueService | undefined {
  return byName.get(serviceName.toUpperCase())?.entry;
}

/** False only for what is known to carry none: a service that is not in the catalogue may carry some. */
export function mayCarrySessions(serviceName: string): boolean {
  return findInCatalogue(serviceName)?.carriesSessions !== false;
}

export function isInfrastructure(serviceName: string): boolean {
  const name = serviceName.toUpperCase();
  return infrastructure.has(name) || name.startsWith('SQLAGENT$');
}

/** Sorts by drain order; services the catalogue does not know come before the Front-End and after all others, by name. */
export function compareDrainOrder(one: string, other: string): number {
  const byPlace = drainPlace(one) - drainPlace(other);
  return byPlace === 0 ? compareServiceNames(one, other) : byPlace;
}

/** Sorted as `compareDrainOrder` does; each name is looked up once. */
export function inDrainOrder(names: readonly string[]): readonly string[] {
  const placed = names.map((name) => ({ name, place: drainPlace(name), key: name.toUpperCase() }));
  placed.sort((one, other) => one.place - other.place || (one.key < other.key ? -1 : Number(one.key > other.key)));
  return placed.map(({ name }) => name);
}

/** The place of a service's group among the groups that drain one after another: lower first. Services of no group share one place. */
export function drainGroupPlace(serviceName: string): number {
  const group = findInCatalogue(serviceName)?.group;
  return group === undefined ? DRAIN_GROUPS.length - 1.5 : DRAIN_GROUPS.indexOf(group);
}

function drainPlace(serviceName: string): number {
  const known = byName.get(serviceName.toUpperCase());
  if (known === undefined) return CATALOGUE.length - 1.5;
  return known.index;
}
