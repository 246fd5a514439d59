import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';

import type { ServiceState, ServiceStatus } from '../../electron/contract/service.js';
import type { SessionReading } from '../../electron/contract/sessions.js';
import { createLayeredEvidence } from '../../electron/sessions/layered-evidence.js';
import type { CounterAnswer } from '../../electron/sessions/evidence-sources.js';
import type { SessionEvidence } from '../../electron/sessions/session-evidence.js';
import { FakeCmdlet, FakeCounters, FakeTcp } from '../fakes/fake-evidence-sources.js';

const ENDPOINTS = '\\LS:USrv - Endpoint Cache\\USrv - Active Registered Endpoints';
const INBOUND = '\\LS:MediationServer - Inbound Calls(_Total)\\- Current';
const OUTBOUND = '\\LS:MediationServer - Outbound Calls(_Total)\\- Current';
const DENIED: CounterAnswer = { kind: 'unreadable', reason: 'counter-denied', raw: '0xc0000bdb' };

function service(serviceName: string, given: Partial<ServiceStatus> = {}): ServiceStatus {
  return {
    serviceName,
    displayName: serviceName,
    state: 'running',
    controlsAccepted: ['stop', 'pause-continue'],
    processId: 400,
    sharesProcess: false,
    checkpoint: 0,
    waitHintMs: 0,
    win32ExitCode: 0,
    serviceSpecificExitCode: 0,
    ...given,
  };
}

let counters: FakeCounters;
let tcp: FakeTcp;
let cmdlet: FakeCmdlet;
let evidence: SessionEvidence;

beforeEach(() => {
  counters = new FakeCounters();
  tcp = new FakeTcp();
  cmdlet = new FakeCmdlet();
  evidence = createLayeredEvidence({ counters, tcp, cmdlet });
});

async function readOne(serviceName: string, given: Partial<ServiceStatus> = {}): Promise<SessionReading> {
  return (await evidence.read([service(serviceName, given)])).get(serviceName)!;
}

describe('the order of trust', () => {
  it('takes the count of the most trusted source and asks no other', async () => {
    counters.answers = { [ENDPOINTS]: 0 };
    tcp.counts = { RTCSRV: 7 };
    expect(await readOne('RTCSRV')).toEqual({ kind: 'count', count: 0, evidence: 'counter', arrivals: [] });
    expect(tcp.asked).toEqual([]);
  });

  it.each([0, 7])('goes on to the next source where the computer lacks the first: %i', async (count) => {
    tcp.counts = { RTCSRV: count };
    expect(await readOne('RTCSRV')).toEqual({ kind: 'count', count, evidence: 'tcp', arrivals: [] });
  });

  it('does without PowerShell', async () => {
    evidence = createLayeredEvidence({ counters, tcp, cmdlet: null });
    tcp.counts = { RTCCPS: 0 };
    expect(await readOne('RTCCPS')).toMatchObject({ kind: 'count', count: 0, evidence: 'tcp' });
  });

  it('asks the cmdlet first for the services whose TCP connections stay up', async () => {
    cmdlet.activities = { RTCCAA: { 'Concurrent Calls': 0, 'Something else': 9 }, RTCCPS: { 'Parked Calls': 2, 'Orbits': 1 } };
    tcp.counts = { RTCCAA: 3, RTCCPS: 0 };
    expect(await readOne('RTCCAA')).toMatchObject({ count: 0, evidence: 'cmdlet' });
    expect(await readOne('RTCCPS')).toMatchObject({ count: 3, evidence: 'cmdlet' });
  });

  it.each([
    ['fails, because its rights may be lacking', new Error('access denied')],
    ['does not know the service', { RTCSRV: { Calls: 1 } }],
    ['reports no activity by that name', { RTCCAA: { Calls: 0 } }],
  ])('goes on to TCP where the cmdlet %s', async (_, activities) => {
    cmdlet.activities = activities;
    tcp.counts = { RTCCAA: 0 };
    expect(await readOne('RTCCAA')).toMatchObject({ kind: 'count', count: 0, evidence: 'tcp' });
  });

  it('passes the arrivals on', async () => {
    const arrivals = [{ address: '10.0.0.9', port: 50_000, localPort: 8057 }];
    tcp.counts = { RTCDATAMCU: { count: 1, arrivals, ends: [] } };
    expect(await readOne('RTCDATAMCU')).toEqual({ kind: 'count', count: 1, evidence: 'tcp', arrivals });
  });

  it('judges a service that the catalogue does not know by all connections of its process', async () => {
    tcp.counts = { Spooler: 2 };
    expect(await readOne('Spooler')).toMatchObject({ kind: 'count', count: 2, evidence: 'tcp' });
    expect(tcp.asked[0]!.watches).toEqual([{ serviceName: 'Spooler', processId: 400, ports: [], remotePorts: [] }]);
    tcp.counts = { Spooler: null };
    expect(await readOne('Spooler')).toEqual({ kind: 'unknown', reason: 'no-evidence', raw: null });
  });
});

describe('doubt', () => {
  it.each([
    ['denied', DENIED, { reason: 'counter-denied', raw: '0xc0000bdb' }],
    ['negative', -1, { reason: 'counter-broken', raw: '-1' }],
    ['too large to be true', 1_000_001, { reason: 'counter-broken', raw: '1000001' }],
    ['not finite', Number.POSITIVE_INFINITY, { reason: 'counter-broken', raw: 'Infinity' }],
    ['not a number', Number.NaN, { reason: 'counter-broken', raw: 'NaN' }],
  ])('does not let a zero pass below a counter that is %s', async (_, answer, unknown) => {
    counters.answers = { [ENDPOINTS]: answer };
    tcp.counts = { RTCSRV: 0 };
    expect(await readOne('RTCSRV')).toEqual({ kind: 'unknown', ...unknown });
    tcp.counts = { RTCSRV: 4 };
    expect(await readOne('RTCSRV')).toMatchObject({ kind: 'count', count: 4, evidence: 'tcp' });
  });

  it('does not let a zero pass when counters fail altogether', async () => {
    counters.answers = new Error('PDH lost the query');
    tcp.counts = { RTCSRV: 0 };
    expect(await readOne('RTCSRV')).toEqual({ kind: 'unknown', reason: 'counter-failed', raw: 'PDH lost the query' });
  });

  it('does not let a zero pass below numbers of the cmdlet that cannot be true', async () => {
    cmdlet.activities = { RTCCAA: { 'Concurrent Calls': -3 } };
    tcp.counts = { RTCCAA: 0 };
    expect(await readOne('RTCCAA')).toEqual({ kind: 'unknown', reason: 'cmdlet-failed', raw: '-3' });
  });

  it('has a number of sessions only where every counter has a value', async () => {
    counters.answers = { [INBOUND]: 2, [OUTBOUND]: 3 };
    expect(await readOne('RTCMEDSRV')).toMatchObject({ kind: 'count', count: 5 });
    counters.answers = { [INBOUND]: 0 };
    expect(await readOne('RTCMEDSRV')).toEqual({ kind: 'unknown', reason: 'counter-missing', raw: '0xc0000bb8' });
    counters.answers = { [INBOUND]: 0, [OUTBOUND]: DENIED };
    expect(await readOne('RTCMEDSRV')).toMatchObject({ kind: 'unknown', reason: 'counter-denied' });
  });

  it('does not let a negative counter disappear in a sum', async () => {
    counters.answers = { [INBOUND]: 5, [OUTBOUND]: -5 };
    expect(await readOne('RTCMEDSRV')).toEqual({ kind: 'unknown', reason: 'counter-broken', raw: '-5' });
  });

  it('finds a sum too large to be true, and takes the largest one that can be', async () => {
    counters.answers = { [INBOUND]: 600_000, [OUTBOUND]: 600_000 };
    expect(await readOne('RTCMEDSRV')).toEqual({ kind: 'unknown', reason: 'counter-broken', raw: '1200000' });
    counters.answers = { [INBOUND]: 600_000, [OUTBOUND]: 400_000 };
    expect(await readOne('RTCMEDSRV')).toMatchObject({ kind: 'count', count: 1_000_000 });
  });

  it('is unknown for one service when TCP cannot be read, and known for the others', async () => {
    tcp.counts = new Error('GetExtendedTcpTable: error 87');
    counters.answers = { [ENDPOINTS]: 12 };
    const readings = await evidence.read([service('RTCDATAMCU'), service('RTCSRV')]);
    expect(readings.get('RTCDATAMCU')).toEqual({ kind: 'unknown', reason: 'tcp-failed', raw: 'GetExtendedTcpTable: error 87' });
    expect(readings.get('RTCSRV')).toMatchObject({ kind: 'count', count: 12 });
  });

  it('never reads zero unless a source that may say so says so', async () => {
    const answer = fc.oneof(fc.constantFrom<CounterAnswer | number | undefined>(0, -1, 3, undefined, DENIED), fc.constant(2 ** 32 - 1));
    await fc.assert(
      fc.asyncProperty(answer, fc.constantFrom(0, 5, null, new Error('failed')), async (counter, count) => {
        counters.answers = counter === undefined ? {} : { [ENDPOINTS]: counter };
        tcp.counts = count instanceof Error ? count : { RTCSRV: count };
        const reading = await readOne('RTCSRV');
        const mayBeZero = counter === 0 || (counter === undefined && count === 0);
        expect(reading.kind === 'count' && reading.count === 0).toBe(mayBeZero);
      }),
    );
  });
});

describe('what is asked', () => {
  it('asks nothing for services that are stopped or carry no sessions', async () => {
    const readings = await evidence.read([service('RTCSRV', { state: 'stopped', processId: 0 }), service('RTCMRAUTH')]);
    expect([...readings]).toEqual([
      ['RTCSRV', { kind: 'count', count: 0, evidence: 'stopped', arrivals: [] }],
      ['RTCMRAUTH', { kind: 'count', count: 0, evidence: 'none-needed', arrivals: [] }],
    ]);
    expect([counters.asked, tcp.asked, cmdlet.asked]).toEqual([[], [], 0]);
  });

  it.each(['start-pending', 'stop-pending', 'paused', 'pause-pending', 'continue-pending'] as ServiceState[])('asks for a service that is %s', async (state) => {
    counters.answers = { [ENDPOINTS]: 3 };
    expect(await readOne('RTCSRV', { state })).toMatchObject({ kind: 'count', count: 3 });
  });

  it('asks every source once for all services', async () => {
    await evidence.read(['RTCMEDSRV', 'RTCSRV', 'RTCCPS', 'RTCCAA', 'RTCDATAMCU'].map((name) => service(name)));
    expect(counters.asked).toEqual([[INBOUND, OUTBOUND, ENDPOINTS]]);
    expect(tcp.asked).toHaveLength(1);
    expect(cmdlet.asked).toBe(1);
  });

  it('gives a reading for each service, under its name as Windows writes it', async () => {
    const readings = await evidence.read([service('RtcDataMcu'), service('No such')]);
    expect([...readings.keys()]).toEqual(['RtcDataMcu', 'No such']);
    expect(tcp.asked[0]!.watches[0]).toMatchObject({ serviceName: 'RtcDataMcu', ports: [8057] });
  });

  it('knows the other Lync services on the computer as its own, and no other program', async () => {
    const all = [service('RTCDATAMCU', { processId: 1 }), service('RTCSRV', { processId: 2 }), service('REPLICA', { processId: 3 }), service('Telephony', { processId: 4 }), service('RTCCPS', { processId: 0, state: 'stopped' })];
    await evidence.read([all[0]!], all);
    expect(new Set(tcp.asked[0]!.own.processIds)).toEqual(new Set([1, 2, 3]));
    expect(tcp.asked[0]!.own.ports).toEqual(expect.arrayContaining([8057, 5061, 5075]));
  });

  it('gives handles back when it is released', async () => {
    await evidence.release();
    expect(counters.releases).toBe(1);
  });
});
