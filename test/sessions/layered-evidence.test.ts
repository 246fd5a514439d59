import { beforeEach, describe, expect, it } from 'vitest';

import type { CounterAnswer } from '../../electron/contract/evidence-answers.js';
import type { SessionReading } from '../../electron/contract/sessions.js';
import { fc } from '../harness/properties.js';
import { CLIENTS, CONFERENCING, ENDPOINTS, EvidenceTrial, service } from '../harness/sessions/evidence-trial.js';

const INBOUND = '\\LS:MediationServer - Inbound Calls(_Total)\\- Current';
const OUTBOUND = '\\LS:MediationServer - Outbound Calls(_Total)\\- Current';
const WEB_USERS = '\\LS:DATAMCU*\\* - Connected Users';
const DENIED: CounterAnswer = { kind: 'unreadable', reason: 'counter-denied', raw: '0xc0000bdb' };

function isProvedZero(reading: SessionReading): boolean {
  return reading.kind === 'count' && reading.count === 0;
}

const WEB_SESSIONS = '\\LS:WEB - UCWA(_Total)\\UCWA - Active Session Count';

let trial: EvidenceTrial;

beforeEach(() => {
  trial = new EvidenceTrial();
});

describe('a source that may prove a service empty', () => {
  it('is the reading, and overrules connections that stay up without a call', async () => {
    trial.counters.answers = { [INBOUND]: 0, [OUTBOUND]: 0 };
    trial.tcp.counts = { RTCMEDSRV: 2 };
    const reading = await trial.readOne('RTCMEDSRV');
    expect(reading).toMatchObject({ kind: 'count', count: 0, evidence: 'counter', arrivals: [] });
    expect(reading.signs?.connections).toBe(2);
  });

  it('adds what its counters count apart, and takes the larger of what they count twice', async () => {
    trial.counters.answers = { [INBOUND]: 2, [OUTBOUND]: 3, [ENDPOINTS]: 12, [CLIENTS]: 9 };
    expect(await trial.readOne('RTCMEDSRV')).toMatchObject({ kind: 'count', count: 5 });
    expect(await trial.readOne('RTCSRV')).toMatchObject({ kind: 'count', count: 12 });
    trial.counters.answers = { [ENDPOINTS]: 0, [CLIENTS]: 9 };
    expect(await trial.readOne('RTCSRV')).toMatchObject({ kind: 'count', count: 9 });
  });

  it('has a number only if every counter has a value', async () => {
    trial.counters.answers = { [INBOUND]: 0 };
    expect(await trial.readOne('RTCMEDSRV')).toMatchObject({ kind: 'unknown', reason: 'counter-missing', raw: '0xc0000bb8' });
    trial.counters.answers = { [INBOUND]: 0, [OUTBOUND]: DENIED };
    expect(await trial.readOne('RTCMEDSRV')).toMatchObject({ kind: 'unknown', reason: 'counter-denied' });
    trial.counters.answers = { [INBOUND]: 4, [OUTBOUND]: DENIED };
    expect(await trial.readOne('RTCMEDSRV')).toMatchObject({ kind: 'unknown', atLeast: { count: 4, evidence: 'counter', ageMs: 0 } });
  });

  it.each([
    ['denied', DENIED, { reason: 'counter-denied', raw: '0xc0000bdb' }],
    ['negative', -1, { reason: 'counter-broken', raw: '-1' }],
    ['too large to be true', 1_000_001, { reason: 'counter-broken', raw: '1000001' }],
    ['not finite', Number.POSITIVE_INFINITY, { reason: 'counter-broken', raw: 'Infinity' }],
    ['not a number', Number.NaN, { reason: 'counter-broken', raw: 'NaN' }],
  ])('leaves the service unknown while a counter is %s', async (_, answer, unknown) => {
    trial.counters.answers = { [ENDPOINTS]: answer, [CLIENTS]: 0 };
    trial.tcp.counts = { RTCSRV: 0 };
    expect(await trial.readOne('RTCSRV')).toMatchObject({ kind: 'unknown', ...unknown });
    trial.tcp.counts = { RTCSRV: 4 };
    expect(await trial.readOne('RTCSRV')).toMatchObject({ kind: 'unknown', ...unknown, atLeast: { count: 4, evidence: 'tcp', ageMs: 0 } });
  });

  it('does not let a negative counter disappear in a sum, nor a sum too large to be true', async () => {
    trial.counters.answers = { [INBOUND]: 5, [OUTBOUND]: -5 };
    expect(await trial.readOne('RTCMEDSRV')).toMatchObject({ kind: 'unknown', reason: 'counter-broken', raw: '-5' });
    trial.counters.answers = { [INBOUND]: 600_000, [OUTBOUND]: 600_000 };
    expect(await trial.readOne('RTCMEDSRV')).toMatchObject({ kind: 'unknown', reason: 'counter-broken', raw: '1200000' });
    trial.counters.answers = { [INBOUND]: 600_000, [OUTBOUND]: 400_000 };
    expect(await trial.readOne('RTCMEDSRV')).toMatchObject({ kind: 'count', count: 1_000_000 });
  });

  it('never reads zero unless it says so in full', async () => {
    const answer = fc.oneof(fc.constantFrom<CounterAnswer | number | undefined>(0, -1, 3, undefined, DENIED), fc.constant(2 ** 32 - 1));
    await fc.assert(
      fc.asyncProperty(answer, answer, fc.constantFrom(0, 5, null, new Error('failed')), async (endpoints, clients, count) => {
        trial.counters.answers = {
          ...(endpoints === undefined ? {} : { [ENDPOINTS]: endpoints }),
          ...(clients === undefined ? {} : { [CLIENTS]: clients }),
        };
        trial.tcp.counts = count instanceof Error ? count : { RTCSRV: count };
        expect(isProvedZero(await trial.readOne('RTCSRV'))).toBe(endpoints === 0 && clients === 0);
      }),
    );
  });
});

describe('a source that may only prove a service busy', () => {
  it('proves nothing at zero, and is at least its number above', async () => {
    trial.tcp.counts = { RTCCHAT: 0 };
    expect(await trial.readOne('RTCCHAT')).toMatchObject({ kind: 'unknown', reason: 'busy-only', raw: null });
    expect(await trial.readOne('RTCCHAT')).not.toHaveProperty('atLeast');
    trial.tcp.counts = { RTCCHAT: 7 };
    expect(await trial.readOne('RTCCHAT')).toMatchObject({
      kind: 'unknown',
      reason: 'busy-only',
      atLeast: { count: 7, evidence: 'tcp', ageMs: 0 },
    });
  });

  it('shows with open media ports that there is at least one call, and no more', async () => {
    trial.cmdlet.trouble = 'cmdlet-missing';
    trial.udp.endpoints = { RTCCAA: 6 };
    trial.tcp.counts = { RTCCAA: 0 };
    const reading = await trial.readOne('RTCCAA');
    expect(reading).toMatchObject({ kind: 'unknown', reason: 'cmdlet-missing', atLeast: { count: 1, evidence: 'udp', ageMs: 0 } });
    expect(reading.signs?.mediaPorts).toBe(6);
  });

  it('is the only one of a service that the catalogue does not know, with all connections of its process', async () => {
    trial.tcp.counts = { RTCVIS: 2 };
    expect(await trial.readOne('RTCVIS')).toMatchObject({ kind: 'unknown', reason: 'busy-only', atLeast: { count: 2 } });
    expect(trial.tcp.asked[0]!.watches).toEqual([{ serviceName: 'RTCVIS', processId: 400, ports: [], remotePorts: [] }]);
    trial.tcp.counts = { RTCVIS: null };
    expect(await trial.readOne('RTCVIS')).toMatchObject({ kind: 'unknown', reason: 'no-evidence' });
  });

  it('passes arrivals on, but none that are overruled', async () => {
    const arrivals = [{ address: '10.0.0.9', port: 50_000, localPort: 5061 }];
    trial.tcp.counts = { RTCSRV: { count: 1, arrivals, ends: [] } };
    expect(await trial.readOne('RTCSRV')).toMatchObject({ kind: 'unknown', arrivals });
    trial.counters.answers = { [ENDPOINTS]: 0, [CLIENTS]: 0 };
    expect(await trial.readOne('RTCSRV')).toMatchObject({ kind: 'count', count: 0, arrivals: [] });
  });

  it('is unknown for one service if connections cannot be read, and known for the others', async () => {
    trial.tcp.counts = new Error('GetExtendedTcpTable: error 87');
    trial.counters.answers = { [ENDPOINTS]: 12, [CLIENTS]: 3 };
    const both = [service('RTCCHAT'), service('RTCSRV')];
    const readings = await trial.evidence.read(both, [...both, CONFERENCING]);
    expect(readings.get('RTCCHAT')).toMatchObject({ kind: 'unknown', reason: 'tcp-failed', raw: 'GetExtendedTcpTable: error 87' });
    expect(readings.get('RTCSRV')).toMatchObject({ kind: 'count', count: 12 });
  });
});

describe('Web Conferencing, whose counters miss people outside', () => {
  it('is empty only if its counters and both ends of 8057 are', async () => {
    trial.counters.answers = { [WEB_USERS]: 0 };
    trial.tcp.counts = { RTCDATAMCU: 0 };
    expect(await trial.readOne('RTCDATAMCU')).toMatchObject({ kind: 'count', count: 0, evidence: 'counter' });
    expect(trial.tcp.asked[0]!.watches).toEqual([{ serviceName: 'RTCDATAMCU', processId: 400, ports: [8057], remotePorts: [8057] }]);
  });

  it('is busy with a connection at 8057, whatever the counters say', async () => {
    const arrivals = [{ address: '192.0.2.7', port: 8057, localPort: 50_001 }];
    trial.counters.answers = { [WEB_USERS]: 0 };
    trial.tcp.counts = { RTCDATAMCU: { count: 2, arrivals, ends: [] } };
    expect(await trial.readOne('RTCDATAMCU')).toMatchObject({
      kind: 'unknown',
      reason: 'sources-disagree',
      atLeast: { count: 2, evidence: 'tcp' },
      arrivals,
    });
  });

  it('is unknown if either is missing', async () => {
    trial.tcp.counts = { RTCDATAMCU: 0 };
    expect(await trial.readOne('RTCDATAMCU')).toMatchObject({ kind: 'unknown', reason: 'counter-missing' });
    trial.counters.answers = { [WEB_USERS]: 0 };
    trial.tcp.counts = new Error('error 87');
    expect(await trial.readOne('RTCDATAMCU')).toMatchObject({ kind: 'unknown', reason: 'tcp-failed' });
    trial.counters.answers = { [WEB_USERS]: 3 };
    expect(await trial.readOne('RTCDATAMCU')).toMatchObject({
      kind: 'unknown',
      reason: 'tcp-failed',
      atLeast: { count: 3, evidence: 'counter' },
    });
  });

  it('takes its counters as the number while there is one', async () => {
    trial.counters.answers = { [WEB_USERS]: 3, '\\LS:DATAMCU*\\* - Active Conferences': 1 };
    trial.tcp.counts = { RTCDATAMCU: 5 };
    expect(await trial.readOne('RTCDATAMCU')).toMatchObject({ kind: 'count', count: 3, evidence: 'counter' });
  });
});

describe('what is installed', () => {
  const USERS = '\\LS:AsMcu - AsMcu Conferences\\ASMCU - Connected Users';
  const MEETINGS = '\\LS:AsMcu - AsMcu Conferences\\ASMCU - Active Conferences';
  const VIDEO_2015 = '\\LS:AsMcuUpdate - AsMcu Conferences\\AsMcuUpdate - Active Vbss Users';
  const VIDEO_2019 = '\\LS:AsMcu - AsMcu Conferences\\ASMCU - Active Vbss Users';

  it.each([
    [5, {}, { kind: 'count', count: 0 }],
    [6, { [VIDEO_2015]: 2 }, { kind: 'count', count: 2 }],
    [6, {}, { kind: 'unknown', reason: 'counter-missing' }],
    [7, { [VIDEO_2019]: 2 }, { kind: 'count', count: 2 }],
    [7, { [VIDEO_2015]: 0 }, { kind: 'unknown', reason: 'counter-missing' }],
    [null, { [VIDEO_2019]: 0 }, { kind: 'count', count: 0 }],
    [null, { [VIDEO_2015]: 1 }, { kind: 'count', count: 1 }],
    [null, {}, { kind: 'unknown', reason: 'counter-missing' }],
    [8, {}, { kind: 'unknown', reason: 'counter-missing' }],
    [new Error('error 5'), {}, { kind: 'unknown', reason: 'counter-missing' }],
  ])('decides which counters of video sharing there must be: version %s with %j', async (majorVersion, video, expected) => {
    trial.product.majorVersion = majorVersion;
    trial.counters.answers = { [USERS]: 0, [MEETINGS]: 0, ...video };
    expect(await trial.readOne('RTCASMCU')).toMatchObject(expected);
  });

  it('does not ask Lync Server 2013 for a counter that it lacks', async () => {
    await trial.readOne('RTCASMCU');
    expect(trial.counters.asked.flat().filter((path) => path.includes('Vbss'))).toEqual([]);
  });

  it('tells an Access Edge from a Front-End by the services beside it, running or not', async () => {
    const directly = '\\LS:SIP - Networking\\SIP - Unique users connected directly';
    trial.counters.answers = { [ENDPOINTS]: 0, [CLIENTS]: 0 };
    trial.tcp.counts = { RTCSRV: 3 };
    const edge = [service('RTCSRV'), service('RtcMediaRelay', { state: 'stopped', processId: 0 })];
    expect((await trial.evidence.read([edge[0]!], edge)).get('RTCSRV')).toMatchObject({
      kind: 'unknown',
      reason: 'counter-missing',
      atLeast: { count: 3, evidence: 'tcp' },
    });
    expect(trial.tcp.asked.at(-1)!.watches).toMatchObject([{ serviceName: 'RTCSRV', ports: [443] }]);
    trial.counters.answers = { [directly]: 0 };
    trial.tcp.counts = { RTCSRV: 0 };
    expect((await trial.evidence.read([edge[0]!], edge)).get('RTCSRV')).toMatchObject({ kind: 'count', count: 0, evidence: 'counter' });
    expect(await trial.readOne('RTCSRV')).toMatchObject({ kind: 'unknown', reason: 'counter-missing' });
  });
});

describe('an Edge server whose counters are at zero', () => {
  const signedIn = '\\LS:SIP - Networking\\SIP - Unique users connected directly';
  const relayed = ['UDP', 'TCP'].map(
    (kind) => `\\LS:A/V Edge - ${kind} Counters(_Total)\\A/V Edge - Active Relay Sessions - Authenticated`,
  );
  const edge = [service('RTCSRV'), service('RTCMEDIARELAY')];

  it.each([
    ['nothing else', {}, {}, { RTCSRV: { count: 0 }, RTCMEDIARELAY: { count: 0 } }],
    ['people on 443', { RTCSRV: 2 }, {}, { RTCSRV: { reason: 'sources-disagree', atLeast: { count: 2 } }, RTCMEDIARELAY: { count: 0 } }],
    [
      'media on 443',
      { RTCMEDIARELAY: 1 },
      {},
      { RTCSRV: { count: 0 }, RTCMEDIARELAY: { reason: 'sources-disagree', atLeast: { count: 1 } } },
    ],
    ['connections that cannot be read', new Error('error 87'), {}, { RTCSRV: { reason: 'tcp-failed' }, RTCMEDIARELAY: { count: 0 } }],
    ['media ports that cannot be read', {}, new Error('error 50'), { RTCSRV: { count: 0 }, RTCMEDIARELAY: { count: 0 } }],
    ['an open media port', {}, { RTCMEDIARELAY: 4 }, { RTCSRV: { count: 0 }, RTCMEDIARELAY: { reason: 'sources-disagree' } }],
  ])('is empty only if nothing else is seen: %s', async (_, connections, endpoints, expected) => {
    trial.counters.answers = Object.fromEntries([signedIn, ...relayed].map((path) => [path, 0]));
    trial.tcp.counts = connections instanceof Error ? connections : { RTCSRV: 0, RTCMEDIARELAY: 0, ...connections };
    trial.udp.endpoints = endpoints instanceof Error ? endpoints : { RTCMEDIARELAY: 0, ...endpoints };
    expect(Object.fromEntries(await trial.evidence.read(edge, edge))).toMatchObject(expected);
  });
});

describe('a counter that may only prove a service busy', () => {
  it('says at least so many web sessions, and nothing if it shows none or is not there', async () => {
    trial.counters.answers = { [WEB_SESSIONS]: 3 };
    expect(await trial.readOne('W3SVC')).toMatchObject({
      kind: 'unknown',
      reason: 'busy-only',
      atLeast: { count: 3, evidence: 'counter', ageMs: 0 },
    });
    trial.counters.answers = { [WEB_SESSIONS]: 0 };
    expect(await trial.readOne('W3SVC')).toEqual(expect.objectContaining({ kind: 'unknown', reason: 'busy-only', raw: null }));
    trial = new EvidenceTrial();
    const unread = await trial.readOne('W3SVC');
    expect(unread).toMatchObject({ kind: 'unknown', reason: 'counter-missing' });
    expect(unread).not.toHaveProperty('atLeast');
  });
});
