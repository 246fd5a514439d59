/**
 * What can tell how many sessions each Lync service carries, and what each source is good for. The facts and their marks
 * are in docs/lync-services.md. A source may prove a service busy with whatever it sees; it may prove a service empty only
 * if it sees every kind of session of that service.
 */

import type { ServerRole } from '../../contract/installed-server.js';
import { REGISTERED_ENDPOINTS, SIP_TLS_PORT } from '../../contract/registrar.js';
import { WEB_SERVER } from '../catalogue/catalogue.js';

/** What decides which sources a server has. */
export interface InstalledProduct {
  /** What RTCSRV is here: on an Edge the Access Edge, on a Director and a branch appliance a registrar without user services. */
  readonly role: ServerRole | null;
  /** Major version in the registry: 5 is Lync Server 2013, 6 Skype for Business Server 2015, 7 is 2019 and later. Null: not known. */
  readonly majorVersion: number | null;
}

/** Counters that count the same sessions in several ways, so that the largest value counts. */
export interface CounterTerm {
  /**
   * English PDH paths. `\BEGINNING*\*END` stands for all counters whose name ends in END, of all objects whose name begins
   * with BEGINNING.
   */
  readonly paths: readonly string[];
  /** `every` path must have a value; or only those that this server has, if names differ between versions: at least one. */
  readonly must: 'every' | 'any';
}

/** Counters that see every kind of session of a service. */
export interface CounterProof {
  readonly kind: 'counter';
  /** Their values are added. */
  readonly terms: readonly CounterTerm[];
  /**
   * What the busy-only sources have to say to a zero. `nothing`: they see what is no session. `may-contradict`: it counts unless one of
   * them sees something. `must-agree`: the counters miss sessions that those show, so each of them has to see nothing.
   */
  readonly others: 'nothing' | 'may-contradict' | 'must-agree';
}

/** A source that sees every kind of session of a service: zero is zero. */
export type ProofRule =
  | CounterProof
  | {
      readonly kind: 'cmdlet';
      /**
       * Names in ActivityLevel that count sessions. Empty: no sample is public; then names that begin with "Concurrent" count,
       * and whatever else is above zero leaves the service unknown.
       */
      readonly counting: readonly string[];
    };

/** A source that misses some kinds of session, or sees things that are none: above zero is "at least", zero proves nothing. */
export type BusyRule =
  | {
      readonly kind: 'tcp';
      /** Local ports that carry its sessions; empty: any port of its process. */
      readonly ports: readonly number[];
      /** Ports at the far end of connections that it opens itself and that carry its sessions too. */
      readonly remotePorts: readonly number[];
    }
  | {
      readonly kind: 'udp';
      /** Ranges of local ports that carry its media, both ends included. */
      readonly ports: readonly { readonly from: number; readonly to: number }[];
    }
  | {
      readonly kind: 'counter';
      /** Counters that see only some of its sessions; each must have a value. */
      readonly term: CounterTerm;
    };

/** The sources of one service. */
export interface ServiceEvidence {
  /** Null: no source sees every kind of its sessions, so that it can never be proved empty. */
  readonly mayProveEmpty: ProofRule | null;
  readonly busyOnly: readonly BusyRule[];
  /** Counter of a conferencing server's own draining state: 0 not asked, 1 asked, 2 draining. It proves nothing. */
  readonly drainingFlag: string | null;
}

const MAJOR_2013 = 5;
const MAJOR_2015 = 6;
const MAJOR_2019 = 7;

/** Audio, video and sharing; Windows' ephemeral ports lie in the same range. */
const MEDIA = { from: 49_152, to: 65_535 };
/** Where the A/V Edge relays media. Its 3478 is always open and shows nothing. */
const RELAYED_MEDIA = { from: 50_000, to: 59_999 };

const every = (...paths: string[]): CounterTerm => ({ paths, must: 'every' });
const anyOf = (...paths: string[]): CounterTerm => ({ paths, must: 'any' });
const counters = (...terms: CounterTerm[]): ProofRule => ({ kind: 'counter', terms, others: 'nothing' });
const cmdlet = (...counting: string[]): ProofRule => ({ kind: 'cmdlet', counting });
const tcp = (...ports: number[]): BusyRule => ({ kind: 'tcp', ports, remotePorts: [] });
const udp = (ports: { from: number; to: number } = MEDIA): BusyRule => ({ kind: 'udp', ports: [ports] });

function sources(mayProveEmpty: ProofRule | null, busyOnly: readonly BusyRule[], drainingFlag: string | null = null): ServiceEvidence {
  return { mayProveEmpty, busyOnly, drainingFlag };
}

/** The four conferencing servers have the same object with their own names in it. */
function draining(object: string, counter: string): string {
  return `\\LS:${object} - MCU Health And Performance\\${counter} - MCU Draining State`;
}

/** Desktop sharing by video came with 2015, and its counter moved with 2019. */
const VIDEO_SHARING_2015 = '\\LS:AsMcuUpdate - AsMcu Conferences\\AsMcuUpdate - Active Vbss Users';
const VIDEO_SHARING_2019 = '\\LS:AsMcu - AsMcu Conferences\\ASMCU - Active Vbss Users';

/** While the version is not known one of them must be there: that none is might mean 2013, or that its counters are broken. */
function videoSharing(majorVersion: number | null): readonly CounterTerm[] {
  switch (majorVersion) {
    case MAJOR_2013:
      return [];
    case MAJOR_2015:
      return [every(VIDEO_SHARING_2015)];
    case MAJOR_2019:
      return [every(VIDEO_SHARING_2019)];
    case null:
    default:
      return [anyOf(VIDEO_SHARING_2015, VIDEO_SHARING_2019)];
  }
}

/** No counter name of Web Conferencing is public; its sisters' counters are called so. */
const WEB_CONFERENCING: ProofRule = {
  kind: 'counter',
  terms: [
    anyOf(
      '\\LS:DATAMCU*\\* - Connected Users',
      '\\LS:DATAMCU*\\* - Active Conferences',
      '\\LS:DATAMCU*\\* - Number of Users',
      '\\LS:DATAMCU*\\* - Number of Conferences',
    ),
  ],
  others: 'must-agree',
};

/** Sessions of mobile and web clients. Web traffic besides (join pages, address book) has no sessions that a counter shows. */
const WEB_SESSIONS = sources(null, [{ kind: 'counter', term: every('\\LS:WEB - UCWA(_Total)\\UCWA - Active Session Count') }]);

const FRONT_END = sources(counters(every(REGISTERED_ENDPOINTS, '\\LS:SIP - Peers(Clients)\\SIP - Connections Active')), [
  tcp(SIP_TLS_PORT),
]);
/**
 * Of a Director and a branch appliance no counter is known that sees everybody: a Director passes on people who are registered at other
 * servers, over connections of servers. A server of unknown role might be one.
 */
const REGISTRAR = sources(null, [
  {
    kind: 'counter',
    term: anyOf(REGISTERED_ENDPOINTS, '\\LS:SIP - Peers(Clients)\\SIP - Connections Active'),
  },
  tcp(SIP_TLS_PORT),
]);
/** The counter tells who is signed in. Whoever else comes from outside shows by the port. */
const ACCESS_EDGE = sources(
  { kind: 'counter', terms: [every('\\LS:SIP - Networking\\SIP - Unique users connected directly')], others: 'must-agree' },
  [tcp(443)],
);
/** Its counters, known from field reports alone, count media that was asked for with a password; open media ports may contradict them. */
const MEDIA_RELAY = sources(
  {
    kind: 'counter',
    terms: [
      every('\\LS:A/V Edge - UDP Counters(_Total)\\A/V Edge - Active Relay Sessions - Authenticated'),
      every('\\LS:A/V Edge - TCP Counters(_Total)\\A/V Edge - Active Relay Sessions - Authenticated'),
    ],
    others: 'may-contradict',
  },
  [tcp(443), udp(RELAYED_MEDIA)],
);

/** A service that is not known here is judged by the connections of its process alone. */
const UNKNOWN_SERVICE = sources(null, [tcp()]);

/** Carries no sessions: it only hands out tokens. */
const NO_SESSIONS = null;

type TableEntry = ServiceEvidence | typeof NO_SESSIONS | ((product: InstalledProduct) => ServiceEvidence);

const TABLE: ReadonlyMap<string, TableEntry> = new Map<string, TableEntry>([
  // Connections to gateways stay up without a call.
  [
    'RTCMEDSRV',
    sources(
      counters(
        every('\\LS:MediationServer - Inbound Calls(_Total)\\- Current'),
        every('\\LS:MediationServer - Outbound Calls(_Total)\\- Current'),
      ),
      [tcp()],
    ),
  ],
  // Calls reach these five through the Front-End of the same server, over connections that stay up.
  ['RTCRGS', sources(cmdlet(), [tcp(5071, 8404), udp()])],
  ['RTCCPS', sources(cmdlet(), [tcp(5075), udp()])],
  ['RTCCAA', sources(cmdlet('Concurrent Calls'), [tcp(5064, 5072), udp()])],
  ['RTCCAS', sources(cmdlet('Concurrent Conferences'), [tcp(5073), udp()])],
  ['RTCATS', sources(cmdlet(), [tcp(5076), udp()])],
  [
    'RTCAVMCU',
    sources(
      counters(every('\\LS:AVMCU - Operations\\AVMCU - Number of Users', '\\LS:AVMCU - Operations\\AVMCU - Number of Conferences')),
      [udp()],
      draining('AVMCU', 'AVMCU'),
    ),
  ],
  [
    'RTCASMCU',
    ({ majorVersion }) =>
      sources(
        counters(
          every('\\LS:AsMcu - AsMcu Conferences\\ASMCU - Connected Users', '\\LS:AsMcu - AsMcu Conferences\\ASMCU - Active Conferences'),
          ...videoSharing(majorVersion),
        ),
        [],
        draining('AsMcu', 'ASMCU'),
      ),
  ],
  // People outside come over connections that this server opens to the Edge's 8057.
  ['RTCDATAMCU', sources(WEB_CONFERENCING, [{ kind: 'tcp', ports: [8057], remotePorts: [8057] }], draining('DATAMCU', 'DATAMCU'))],
  [
    'RTCIMMCU',
    sources(
      counters(
        every('\\LS:ImMcu - IMMcu Conferences\\IMMCU - Connected Users', '\\LS:ImMcu - IMMcu Conferences\\IMMCU - Active Conferences'),
      ),
      [],
      draining('ImMcu', 'IMMCU'),
    ),
  ],
  ['RTCMEETINGMCU', sources(null, [tcp(8058)])],
  ['RTCXMPPTGW', UNKNOWN_SERVICE],
  ['RTCDATAPROXY', sources(null, [tcp(443)])],
  ['RTCMRAUTH', NO_SESSIONS],
  // Both objects: relayed media is mostly UDP.
  ['RTCMEDIARELAY', MEDIA_RELAY],
  ['RTCCHAT', sources(null, [tcp(5041)])],
  ['RTCCOMPL', sources(null, [tcp(881)])],
  [WEB_SERVER, WEB_SESSIONS],
  ['RTCSRV', ({ role }) => frontEndService(role)],
]);

function frontEndService(role: ServerRole | null): ServiceEvidence {
  if (role === 'edge') return ACCESS_EDGE;
  return role === 'front-end' ? FRONT_END : REGISTRAR;
}

/** The sources of a service, by its name in any case; null if it carries no sessions. */
export function evidenceOf(serviceName: string, product: InstalledProduct): ServiceEvidence | null {
  const entry = TABLE.get(serviceName.toUpperCase());
  if (entry === undefined) return UNKNOWN_SERVICE;
  return typeof entry === 'function' ? entry(product) : entry;
}
