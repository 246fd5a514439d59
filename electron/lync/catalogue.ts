/**
 * The Lync Server 2013 and Skype for Business Server services we know, by short name: display names are translated and
 * change between versions. Facts and their marks are in docs/lync-services.md; what is unsure there is not relied on here.
 */

import { compareServiceNames } from '../contract/service.js';

/** One way to learn a service's session count. The order in a catalogue entry is the order of trust. */
export type EvidenceRule =
  | {
      readonly kind: 'counter';
      /** English PDH paths; the service's count is the sum of all of them. */
      readonly paths: readonly string[];
    }
  | {
      readonly kind: 'tcp';
      /** Local ports, used where Windows gives no owner and to tell sessions from other traffic; empty: any port of its process. */
      readonly ports: readonly number[];
    }
  | {
      readonly kind: 'cmdlet';
      /** Names in Get-CsWindowsService's ActivityLevel that count sessions; empty: every one of them. */
      readonly activities: readonly string[];
    }
  | { readonly kind: 'none-needed' };

/** Groups drain one after another, in this order; the way back starts with the last. */
export const DRAIN_GROUPS = ['mediation', 'application', 'conferencing', 'edge', 'chat', 'front-end'] as const;
export type DrainGroup = (typeof DRAIN_GROUPS)[number];

/** A service that carries sessions. */
export interface CatalogueService {
  readonly serviceName: string;
  /** Usual English role, for messages that need a noun; never compared with a display name. */
  readonly role: string;
  readonly group: DrainGroup;
  readonly evidence: readonly EvidenceRule[];
  /** What usually keeps its last sessions alive: the id of a sentence. */
  readonly lingers: LingerReason;
  /** Its calls may be cut while draining unless the pool uses DNS load balancing. */
  readonly needsDnsLoadBalancing: boolean;
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

const counter = (...paths: string[]): EvidenceRule => ({ kind: 'counter', paths });
const tcp = (...ports: number[]): EvidenceRule => ({ kind: 'tcp', ports });
const cmdlet = (...activities: string[]): EvidenceRule => ({ kind: 'cmdlet', activities });

function service(
  serviceName: string,
  role: string,
  group: DrainGroup,
  lingers: LingerReason,
  evidence: readonly EvidenceRule[],
  needsDnsLoadBalancing = false,
): CatalogueService {
  return { serviceName, role, group, evidence, lingers, needsDnsLoadBalancing };
}

/** Holds the registrations; what is said of pools and of web traffic is said of it. */
export const FRONT_END = 'RTCSRV';

/** In drain order. */
export const CATALOGUE: readonly CatalogueService[] = [
  // The trunk's TCP connections stay up at zero calls, so counters alone can speak for Mediation.
  service('RTCMEDSRV', 'Mediation', 'mediation', 'long-calls', [
    counter('\\LS:MediationServer - Inbound Calls(_Total)\\- Current', '\\LS:MediationServer - Outbound Calls(_Total)\\- Current'),
  ]),
  // Its own counter once showed about a billion calls, so it is not asked.
  service('RTCRGS', 'Response Group', 'application', 'queued-callers', [cmdlet(), tcp(5071, 8404)], true),
  service('RTCCPS', 'Call Park', 'application', 'parked-calls', [cmdlet(), tcp(5075)], true),
  service('RTCCAA', 'Conferencing Attendant', 'application', 'meetings', [cmdlet('Concurrent Calls'), tcp(5064, 5072)], true),
  service('RTCCAS', 'Conferencing Announcement', 'application', 'meetings', [cmdlet('Concurrent Conferences'), tcp(5073)], true),
  service('RTCATS', 'Audio Test Service', 'application', 'short-lived', [cmdlet(), tcp(5076)]),
  // Media is mostly UDP: no TCP connection does not mean no call, so TCP does not speak for it.
  service('RTCAVMCU', 'Audio/Video Conferencing', 'conferencing', 'meetings', [counter('\\LS:AVMCU - Operations\\AVMCU - Number of Users')]),
  service('RTCASMCU', 'Application Sharing', 'conferencing', 'meetings', [
    counter('\\LS:AsMcu - AsMcu Conferences\\ASMCU - Connected Users'),
  ]),
  service('RTCDATAMCU', 'Web Conferencing', 'conferencing', 'meetings', [tcp(8057)]),
  service('RTCIMMCU', 'IM Conferencing', 'conferencing', 'forgotten-chat-windows', [
    counter('\\LS:ImMcu - IMMcu Conferences\\IMMCU - Connected Users'),
  ]),
  service('RTCMEETINGMCU', 'Web Conferencing Compatibility', 'conferencing', 'meetings', [tcp(8058)]),
  service('RTCXMPPTGW', 'XMPP Translating Gateway', 'conferencing', 'forgotten-chat-windows', [tcp()]),
  service('RTCDATAPROXY', 'Web Conferencing Edge', 'edge', 'meetings', [tcp(8057, 443)]),
  service('RTCMRAUTH', 'Audio/Video Authentication', 'edge', 'short-lived', [{ kind: 'none-needed' }]),
  service('RTCMEDIARELAY', 'Audio/Video Edge', 'edge', 'relayed-media', [tcp(443, 3478)]),
  service('RTCCHAT', 'Persistent Chat', 'chat', 'forgotten-chat-windows', [tcp(5041)]),
  service('RTCCOMPL', 'Persistent Chat Compliance', 'chat', 'short-lived', [tcp(881)]),
  // Last: pausing it moves every registered user away.
  service(FRONT_END, 'Front-End', 'front-end', 'registered-endpoints', [
    counter('\\LS:USrv - Endpoint Cache\\USrv - Active Registered Endpoints'),
    tcp(5061),
  ]),
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
  'W3SVC',
  'MSSQL$RTC',
  'MSSQL$RTCLOCAL',
  'MSSQL$LYNCLOCAL',
];

const byName = new Map(CATALOGUE.map((entry, index) => [entry.serviceName.toUpperCase(), { entry, index }]));
const infrastructure = new Set(INFRASTRUCTURE.map((name) => name.toUpperCase()));

export function findInCatalogue(serviceName: string): CatalogueService | undefined {
  return byName.get(serviceName.toUpperCase())?.entry;
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

function drainPlace(serviceName: string): number {
  const known = byName.get(serviceName.toUpperCase());
  if (known === undefined) return CATALOGUE.length - 1.5;
  return known.index;
}
