import { describe, expect, it } from 'vitest';

import { createLayeredEvidence } from '../../electron/adapters/layered-evidence/layered-evidence.js';
import type { ServiceStatus } from '../../electron/contract/service.js';
import type { SessionReading } from '../../electron/contract/sessions.js';
import { CATALOGUE, isInfrastructure } from '../../electron/core/catalogue/catalogue.js';
import { readRole } from '../../electron/core/catalogue/server-role.js';
import { evidenceOf, type InstalledProduct, type ServiceEvidence } from '../../electron/core/evidence/evidence-table.js';
import { FakeCmdlet, FakeCounters, FakeProduct, FakeTcp, FakeUdp } from '../harness/fakes/fake-evidence-sources.js';

/** A session that a source cannot see. Null: it sees every kind, so that its zero alone is a proof. */
interface Blindness {
  readonly serviceName: string;
  readonly product?: Partial<InstalledProduct>;
  /** The counter's path, `tcp`, `udp` or `cmdlet`. */
  readonly source: string;
  readonly misses: string | null;
}

const EDGE = { role: 'edge' } as const;
const WEB_USERS = '\\LS:DATAMCU*\\* - Connected Users';
const WEB_MEETINGS = '\\LS:DATAMCU*\\* - Active Conferences';
const WEB_USERS_OTHERWISE = '\\LS:DATAMCU*\\* - Number of Users';
const WEB_MEETINGS_OTHERWISE = '\\LS:DATAMCU*\\* - Number of Conferences';
const SHARING_USERS = '\\LS:AsMcu - AsMcu Conferences\\ASMCU - Connected Users';
const SHARING_MEETINGS = '\\LS:AsMcu - AsMcu Conferences\\ASMCU - Active Conferences';
const OUTSIDE = 'a participant outside, over a connection that this server opened to the Edge';
const THROUGH_FRONT_END = 'a call whose signalling comes through the Front-End of the same server, over a connection that stays up';
const ON_HOLD = 'a caller who has been sent no media yet';

/** Every source of every service in the catalogue. */
const BLINDNESSES: readonly Blindness[] = [
  { serviceName: 'RTCMEDSRV', source: '\\LS:MediationServer - Inbound Calls(_Total)\\- Current', misses: 'an outbound call' },
  { serviceName: 'RTCMEDSRV', source: '\\LS:MediationServer - Outbound Calls(_Total)\\- Current', misses: 'an inbound call' },
  { serviceName: 'RTCMEDSRV', source: 'tcp', misses: 'a call of a gateway that signals over a connection of the server itself' },
  ...['RTCRGS', 'RTCCPS', 'RTCCAA', 'RTCCAS', 'RTCATS'].flatMap((serviceName): Blindness[] => [
    { serviceName, source: 'cmdlet', misses: null },
    { serviceName, source: 'cmdlet', misses: 'a call that began after it was asked and before the service was paused' },
    { serviceName, source: 'tcp', misses: THROUGH_FRONT_END },
    { serviceName, source: 'udp', misses: ON_HOLD },
  ]),
  {
    serviceName: 'RTCAVMCU',
    source: '\\LS:AVMCU - Operations\\AVMCU - Number of Users',
    misses: 'a meeting that people are about to join again',
  },
  {
    serviceName: 'RTCAVMCU',
    source: '\\LS:AVMCU - Operations\\AVMCU - Number of Conferences',
    misses: 'a person whose meeting is being torn down',
  },
  { serviceName: 'RTCAVMCU', source: 'udp', misses: 'a person who sends no media' },
  { serviceName: 'RTCASMCU', product: { majorVersion: 5 }, source: SHARING_USERS, misses: 'a meeting that people are about to join again' },
  { serviceName: 'RTCASMCU', product: { majorVersion: 5 }, source: SHARING_MEETINGS, misses: 'a person whose meeting is being torn down' },
  { serviceName: 'RTCASMCU', product: { majorVersion: 6 }, source: SHARING_USERS, misses: 'a person who looks at a desktop by video' },
  { serviceName: 'RTCASMCU', product: { majorVersion: 6 }, source: SHARING_MEETINGS, misses: 'a person who looks at a desktop by video' },
  {
    serviceName: 'RTCASMCU',
    product: { majorVersion: 6 },
    source: '\\LS:AsMcuUpdate - AsMcu Conferences\\AsMcuUpdate - Active Vbss Users',
    misses: 'a person who looks at a desktop without video',
  },
  { serviceName: 'RTCASMCU', product: { majorVersion: 7 }, source: SHARING_USERS, misses: 'a person who looks at a desktop by video' },
  { serviceName: 'RTCASMCU', product: { majorVersion: 7 }, source: SHARING_MEETINGS, misses: 'a person who looks at a desktop by video' },
  {
    serviceName: 'RTCASMCU',
    product: { majorVersion: 7 },
    source: '\\LS:AsMcu - AsMcu Conferences\\ASMCU - Active Vbss Users',
    misses: 'a person who looks at a desktop without video',
  },
  ...[WEB_USERS, WEB_MEETINGS, WEB_USERS_OTHERWISE, WEB_MEETINGS_OTHERWISE].map((source): Blindness => ({
    serviceName: 'RTCDATAMCU',
    source,
    misses: OUTSIDE,
  })),
  { serviceName: 'RTCDATAMCU', source: 'tcp', misses: 'a participant whose connection is being made again' },
  {
    serviceName: 'RTCIMMCU',
    source: '\\LS:ImMcu - IMMcu Conferences\\IMMCU - Connected Users',
    misses: 'a chat whose people are about to come back',
  },
  {
    serviceName: 'RTCIMMCU',
    source: '\\LS:ImMcu - IMMcu Conferences\\IMMCU - Active Conferences',
    misses: 'a person whose chat is being torn down',
  },
  { serviceName: 'RTCMEETINGMCU', source: 'tcp', misses: 'a participant behind another port' },
  { serviceName: 'RTCXMPPTGW', source: 'tcp', misses: 'a chat between two messages' },
  { serviceName: 'RTCDATAPROXY', source: 'tcp', misses: 'a participant whose connection is being made again' },
  {
    serviceName: 'RTCMEDIARELAY',
    source: '\\LS:A/V Edge - UDP Counters(_Total)\\A/V Edge - Active Relay Sessions - Authenticated',
    misses: 'media relayed over TCP',
  },
  {
    serviceName: 'RTCMEDIARELAY',
    source: '\\LS:A/V Edge - TCP Counters(_Total)\\A/V Edge - Active Relay Sessions - Authenticated',
    misses: 'media relayed over UDP',
  },
  { serviceName: 'RTCMEDIARELAY', source: 'tcp', misses: 'media relayed over UDP' },
  { serviceName: 'RTCMEDIARELAY', source: 'udp', misses: 'media relayed over TCP' },
  { serviceName: 'RTCCHAT', source: 'tcp', misses: 'a room that is read over another port' },
  { serviceName: 'RTCCOMPL', source: 'tcp', misses: 'messages that wait to be written' },
  {
    serviceName: 'RTCSRV',
    source: '\\LS:USrv - Endpoint Cache\\USrv - Active Registered Endpoints',
    misses: 'a dialog of somebody who is registered elsewhere',
  },
  {
    serviceName: 'RTCSRV',
    source: '\\LS:SIP - Peers(Clients)\\SIP - Connections Active',
    misses: 'a registration that came through an Edge',
  },
  { serviceName: 'RTCSRV', source: 'tcp', misses: 'a registration that came through a server of the pool' },
  {
    serviceName: 'RTCSRV',
    product: EDGE,
    source: '\\LS:SIP - Networking\\SIP - Unique users connected directly',
    misses: 'somebody outside who is connected and not signed in',
  },
  { serviceName: 'RTCSRV', product: EDGE, source: 'tcp', misses: 'a user who came over another port' },
];

const NOWHERE: InstalledProduct = { role: 'front-end', majorVersion: 5 };

function sourcesOf({ mayProveEmpty, busyOnly }: ServiceEvidence): readonly string[] {
  const proof =
    mayProveEmpty === null ? [] : mayProveEmpty.kind === 'cmdlet' ? ['cmdlet'] : mayProveEmpty.terms.flatMap((term) => term.paths);
  return [...proof, ...busyOnly.map((rule) => rule.kind)];
}

/** What is read of a paused service when one source says zero, and every other is silent. */
async function readWithOnly({ serviceName, product = {}, source, misses }: Blindness): Promise<SessionReading> {
  const paused: ServiceStatus = {
    ...{ serviceName, displayName: serviceName, state: 'paused', controlsAccepted: [], processId: 400, sharesProcess: false },
    ...{ checkpoint: 0, waitHintMs: 0, win32ExitCode: 0, serviceSpecificExitCode: 0 },
  };
  const [counters, tcp, udp, cmdlet, installed] = [new FakeCounters(), new FakeTcp(), new FakeUdp(), new FakeCmdlet(), new FakeProduct()];
  counters.answers = source.startsWith('\\') ? { [source]: 0 } : {};
  tcp.counts = source === 'tcp' ? { [serviceName]: 0 } : new Error('error 87');
  udp.endpoints = source === 'udp' ? { [serviceName]: 0 } : new Error('error 87');
  const text = serviceName === 'RTCCAS' ? 'Concurrent Conferences=0' : 'Concurrent Calls=0';
  if (source === 'cmdlet') cmdlet.activities = { [serviceName]: text };
  else cmdlet.trouble = 'cmdlet-missing';
  if (misses !== null) cmdlet.ageMs = 5_000;

  installed.majorVersion = product.majorVersion ?? 5;
  const evidence = createLayeredEvidence({ counters, tcp, udp, cmdlet, product: installed, nowMs: () => 0 });
  const beside = product.role === 'edge' ? [paused, { ...paused, serviceName: 'RTCMRAUTH' }] : [paused];
  return (await evidence.read([paused], beside)).get(serviceName)!;
}

describe('the table of evidence', () => {
  it.each(BLINDNESSES.filter(({ misses }) => misses !== null))(
    'does not take zero from $source for proof that $serviceName is empty: it cannot see $misses',
    async (blindness) => {
      expect(await readWithOnly(blindness)).toMatchObject({ kind: 'unknown' });
    },
  );

  it.each(BLINDNESSES.filter(({ misses }) => misses === null))(
    'takes zero from $source, which sees every session of $serviceName',
    async (blindness) => {
      expect(await readWithOnly(blindness)).toMatchObject({ kind: 'count', count: 0 });
    },
  );

  it('has been looked at from every source of every service in the catalogue', () => {
    const products: readonly InstalledProduct[] = [
      NOWHERE,
      { ...NOWHERE, majorVersion: 6 },
      { ...NOWHERE, majorVersion: 7 },
      { ...NOWHERE, role: 'edge' },
    ];
    const sources = CATALOGUE.flatMap(({ serviceName }) =>
      products.flatMap((product) => {
        const evidence = evidenceOf(serviceName, product);
        return evidence === null ? [] : sourcesOf(evidence).map((source) => `${serviceName} ${source}`);
      }),
    );
    expect(new Set(BLINDNESSES.map(({ serviceName, source }) => `${serviceName} ${source}`))).toEqual(new Set(sources));
  });

  it('lets a service that carries no sessions be the only one without sources', () => {
    const without = CATALOGUE.filter(({ serviceName }) => evidenceOf(serviceName, NOWHERE) === null);
    expect(without.map(({ serviceName }) => serviceName)).toEqual(['RTCMRAUTH']);
    expect(CATALOGUE.filter((entry) => !entry.carriesSessions)).toEqual(without);
  });

  it('names counters in full, with the objects that Lync gives them', () => {
    const paths = CATALOGUE.flatMap(({ serviceName }) => [
      ...sourcesOf(evidenceOf(serviceName, { role: 'front-end', majorVersion: null }) ?? evidenceOf('Spooler', NOWHERE)!),
    ]);
    for (const path of paths.filter((source) => source.startsWith('\\'))) expect(path).toMatch(/^\\LS:[^\\]+\\[^\\]+$/);
    expect(paths.filter((path) => path.includes('MediationServer')).every((path) => path.endsWith('\\- Current'))).toBe(true);
  });
});

describe('an Edge server', () => {
  it.each(['RTCMEDIARELAY', 'RtcDataProxy', 'rtcmrauth'])('is told by %s, in any case', (serviceName) => {
    expect(readRole(['RTCSRV', serviceName])).toBe('edge');
  });

  it('is none without them', () => {
    expect(readRole(CATALOGUE.filter(({ group }) => group !== 'edge').map(({ serviceName }) => serviceName))).not.toBe('edge');
    expect(isInfrastructure('RTCSRV')).toBe(false);
  });
});
