import { REGISTERED_ENDPOINTS, SIP_TLS_PORT } from '../../contract/registrar.js';
import { WEB_SERVER } from '../../core/catalogue/catalogue.js';
import { readRole } from '../../core/catalogue/server-role.js';
import type { SimulatedService, SimulatedState } from './simulated-state.js';

/** One kind of session, and which sources can see it. What none of them sees is there all the same. */
export interface SessionKind {
  readonly id: string;
  /** Of all sessions of its service; 0: only where a scenario asks for it. */
  readonly share: number;
  /** Counters that it is counted in: one for every `per` sessions, rounded up. */
  readonly counters: readonly { readonly path: string; readonly per: number }[];
  /** Its connection, by the end at which Lync's port is; null: none of its own. */
  readonly connection: { readonly end: 'local' | 'remote'; readonly port: number } | null;
  /** UDP endpoints that it keeps open. */
  readonly mediaPorts: number;
  /** Its name in ActivityLevel. */
  readonly activity: string | null;
}

/** A connection of a server to a service: it stays up while its process lives, and is no session. */
interface PooledConnection {
  readonly address: string;
  /** Of the service. */
  readonly port: number;
}

/** Servers that the simulated one knows. */
export const SIMULATED_SERVERS = { frontEnd: '10.30.0.11', gateway: '10.50.0.2', edge: '10.40.0.9' } as const;

const NO_SOURCE: Omit<SessionKind, 'id' | 'share'> = { counters: [], connection: null, mediaPorts: 0, activity: null };

function kind(id: string, share: number, seen: Partial<SessionKind>): SessionKind {
  return { ...NO_SOURCE, ...seen, id, share };
}

const one = (path: string): { path: string; per: number } => ({ path, per: 1 });
/** Three people to a meeting. */
const meeting = (path: string): { path: string; per: number } => ({ path, per: 3 });
const local = (port: number): SessionKind['connection'] => ({ end: 'local', port });

/** Calls of the five application services: most are signalled through the Front-End of the same server. */
function calls(activity: string, port: number): readonly SessionKind[] {
  return [
    kind('through-front-end', 2, { activity, mediaPorts: 2 }),
    kind('from-another-server', 1, { activity, mediaPorts: 2, connection: local(port) }),
    kind('on-hold', 1, { activity }),
  ];
}

const SHARING = '\\LS:AsMcu - AsMcu Conferences\\ASMCU -';
const WEB = '\\LS:DATAMCU*\\* -';
const CHAT = '\\LS:ImMcu - IMMcu Conferences\\IMMCU -';
const AUDIO = '\\LS:AVMCU - Operations\\AVMCU -';
const REGISTERED = one(REGISTERED_ENDPOINTS);
const CLIENTS = one('\\LS:SIP - Peers(Clients)\\SIP - Connections Active');
const WEB_COUNTERS = [one(`${WEB} Connected Users`), meeting(`${WEB} Active Conferences`)];
const EDGE_8057: SessionKind['connection'] = { end: 'remote', port: 8057 };

const FRONT_END: readonly SessionKind[] = [
  kind('registered', 4, { counters: [REGISTERED, CLIENTS], connection: local(SIP_TLS_PORT) }),
  kind('registered-through-edge', 1, { counters: [REGISTERED] }),
  kind('dialog', 0, { counters: [CLIENTS], connection: local(SIP_TLS_PORT) }),
];
const ACCESS_EDGE = [
  kind('user-outside', 1, { counters: [one('\\LS:SIP - Networking\\SIP - Unique users connected directly')], connection: local(443) }),
];

/** People who sign in are sent on to their pool; those of outside pass through, over connections of servers. */
const DIRECTOR = [kind('signing-in', 2, { counters: [CLIENTS], connection: local(SIP_TLS_PORT) }), kind('passing-through', 1, {})];
const BRANCH = [kind('registered-in-branch', 1, { counters: [CLIENTS], connection: local(SIP_TLS_PORT) })];

/** Sharing by video came with 2015; each version has its own counter. */
function sharing(majorVersion: number): readonly SessionKind[] {
  const viewer = kind('viewer', 2, { counters: [one(`${SHARING} Connected Users`), meeting(`${SHARING} Active Conferences`)] });
  if (majorVersion === 6) {
    return [viewer, kind('video-viewer', 1, { counters: [one('\\LS:AsMcuUpdate - AsMcu Conferences\\AsMcuUpdate - Active Vbss Users')] })];
  }
  if (majorVersion === 7) return [viewer, kind('video-viewer', 1, { counters: [one(`${SHARING} Active Vbss Users`)] })];
  return [viewer];
}

const KINDS: ReadonlyMap<string, readonly SessionKind[]> = new Map([
  [
    'RTCMEDSRV',
    [
      kind('inbound-call', 1, { counters: [one('\\LS:MediationServer - Inbound Calls(_Total)\\- Current')] }),
      kind('outbound-call', 1, { counters: [one('\\LS:MediationServer - Outbound Calls(_Total)\\- Current')] }),
    ],
  ],
  ['RTCRGS', calls('Concurrent Calls', 5071)],
  ['RTCCPS', calls('Concurrent Calls', 5075)],
  ['RTCCAA', calls('Concurrent Calls', 5072)],
  ['RTCCAS', calls('Concurrent Conferences', 5073)],
  ['RTCATS', calls('Concurrent Calls', 5076)],
  [
    'RTCAVMCU',
    [
      kind('participant', 3, { counters: [one(`${AUDIO} Number of Users`), meeting(`${AUDIO} Number of Conferences`)], mediaPorts: 2 }),
      kind('silent-participant', 1, { counters: [one(`${AUDIO} Number of Users`), meeting(`${AUDIO} Number of Conferences`)] }),
      kind('meeting-without-people', 0, { counters: [one(`${AUDIO} Number of Conferences`)] }),
    ],
  ],
  [
    'RTCDATAMCU',
    [
      kind('participant', 3, { counters: WEB_COUNTERS, connection: local(8057) }),
      kind('participant-outside', 1, { counters: WEB_COUNTERS, connection: EDGE_8057 }),
      kind('uncounted-participant-outside', 0, { connection: EDGE_8057 }),
    ],
  ],
  ['RTCIMMCU', [kind('participant', 1, { counters: [one(`${CHAT} Connected Users`), meeting(`${CHAT} Active Conferences`)] })]],
  ['RTCXMPPTGW', [kind('chat', 1, { connection: local(5269) })]],
  [
    'RTCMEDIARELAY',
    [
      kind('relayed-udp', 3, {
        counters: [one('\\LS:A/V Edge - UDP Counters(_Total)\\A/V Edge - Active Relay Sessions - Authenticated')],
        mediaPorts: 2,
      }),
      kind('relayed-tcp', 1, {
        counters: [one('\\LS:A/V Edge - TCP Counters(_Total)\\A/V Edge - Active Relay Sessions - Authenticated')],
        connection: local(443),
      }),
    ],
  ],
  [WEB_SERVER, [kind('web-client', 1, { counters: [one('\\LS:WEB - UCWA(_Total)\\UCWA - Active Session Count')] })]],
  ['RTCCHAT', [kind('chat-room', 1, { connection: local(5041) })]],
  ['RTCCOMPL', [kind('compliance', 1, { connection: local(881) })]],
  ['RTCDATAPROXY', [kind('participant', 1, { connection: local(443) })]],
]);

const OF_ANY_OTHER = [kind('connection', 1, { connection: local(6001) })];

/** The kinds of session that a service of this server has, with shares that are not all zero. */
export function kindsOf(state: SimulatedState, { serviceName, sessions }: SimulatedService): readonly SessionKind[] {
  const kinds = allKindsOf(state, serviceName.toUpperCase());
  const only = sessions?.only ?? null;
  return only === null ? kinds : kinds.filter(({ id }) => only.includes(id)).map((chosen) => ({ ...chosen, share: 1 }));
}

function allKindsOf({ services, sources }: SimulatedState, name: string): readonly SessionKind[] {
  if (name === 'RTCSRV') return frontEndKinds(services.map(({ serviceName }) => serviceName));
  if (name === 'RTCASMCU') return sharing(sources?.majorVersion ?? 5);
  return KINDS.get(name) ?? OF_ANY_OTHER;
}

function frontEndKinds(installed: readonly string[]): readonly SessionKind[] {
  switch (readRole(installed)) {
    case 'edge':
      return ACCESS_EDGE;
    case 'director':
      return DIRECTOR;
    case 'branch-appliance':
      return BRANCH;
    case 'front-end':
    case 'mediation':
    case 'persistent-chat':
    case null:
      return FRONT_END;
  }
}

const fromFrontEnd = (port: number): PooledConnection => ({ address: SIMULATED_SERVERS.frontEnd, port });

const POOLED: ReadonlyMap<string, readonly PooledConnection[]> = new Map([
  ['RTCMEDSRV', [fromFrontEnd(5070), { address: SIMULATED_SERVERS.gateway, port: 5068 }]],
  ['RTCRGS', [fromFrontEnd(5071)]],
  ['RTCCAA', [fromFrontEnd(5072)]],
  ['RTCCAS', [fromFrontEnd(5073)]],
]);

/** What stays connected to a service without a session: gateways, and the Front Ends of the pool. */
export function pooledConnectionsOf(serviceName: string): readonly PooledConnection[] {
  return POOLED.get(serviceName.toUpperCase()) ?? [];
}
