import { beforeEach, describe, expect, it } from 'vitest';

import type { CounterAnswer } from '../../electron/contract/evidence-answers.js';
import type { ServiceState } from '../../electron/contract/service.js';
import { NO_SIGNS } from '../../electron/contract/sessions.js';
import { CLIENTS, ENDPOINTS, EvidenceTrial, NEVER, service } from '../harness/sessions/evidence-trial.js';

const INBOUND = '\\LS:MediationServer - Inbound Calls(_Total)\\- Current';
const OUTBOUND = '\\LS:MediationServer - Outbound Calls(_Total)\\- Current';

let trial: EvidenceTrial;

beforeEach(() => {
  trial = new EvidenceTrial();
});

describe('a source that hangs', () => {
  it('costs its own part of the reading, within its deadline', async () => {
    trial.counters.read = () => NEVER;
    trial.tcp.counts = { RTCCHAT: 2 };
    const readings = await trial.evidence.read([service('RTCSRV'), service('RTCCHAT')]);
    expect(readings.get('RTCSRV')).toMatchObject({ kind: 'unknown', reason: 'did-not-answer' });
    expect(readings.get('RTCCHAT')).toMatchObject({ kind: 'unknown', reason: 'busy-only', atLeast: { count: 2 } });
  });

  it('is not asked again before it has answered, and costs no more time', async () => {
    let asked = 0;
    let answer: (answers: ReadonlyMap<string, CounterAnswer>) => void = () => undefined;
    trial.counters.read = () => {
      asked += 1;
      return new Promise((resolve) => (answer = resolve));
    };
    await trial.readOne('RTCSRV');
    const begun = performance.now();
    for (let times = 0; times < 20; times += 1) expect(await trial.readOne('RTCSRV')).toMatchObject({ reason: 'did-not-answer' });
    expect(performance.now() - begun).toBeLessThan(500);
    expect(asked).toBe(1);
    answer(new Map());
    await Promise.resolve();
    trial.counters.read = async () => new Map([ENDPOINTS, CLIENTS].map((path) => [path, { kind: 'value', value: 3 }]));
    expect(await trial.readOne('RTCSRV')).toMatchObject({ kind: 'count', count: 3 });
  });

  it("does not make two who read at the same time stand in each other's way", async () => {
    // Real time passes here, so a busy machine must not make them late.
    trial = new EvidenceTrial({ deadlineMs: 20_000 });
    trial.counters.read = async (paths) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return new Map(paths.map((path) => [path, { kind: 'value', value: 3 }]));
    };
    const readings = await Promise.all([trial.readOne('RTCSRV'), trial.readOne('RTCSRV'), trial.readOne('RTCSRV')]);
    for (const reading of readings) expect(reading).toMatchObject({ kind: 'count', count: 3 });
  });

  it.each([
    ['connections', () => (trial.tcp.count = () => NEVER), 'RTCCHAT'],
    ['the registry', () => (trial.product.readMajorVersion = () => NEVER), 'RTCASMCU'],
    ['media ports', () => (trial.udp.count = () => NEVER), 'RTCCAA'],
  ])('leaves a service unknown if it is %s', async (_, hang, serviceName) => {
    hang();
    trial.cmdlet.trouble = 'cmdlet-missing';
    expect(await trial.readOne(serviceName)).toMatchObject({ kind: 'unknown' });
  });

  it('does not hold up whoever gives handles back', async () => {
    trial.counters.release = () => NEVER;
    await trial.evidence.release();
  });
});

describe('what is asked', () => {
  it('asks nothing for services that are stopped or carry no sessions', async () => {
    const readings = await trial.evidence.read([service('RTCSRV', { state: 'stopped', processId: 0 }), service('RTCMRAUTH')]);
    expect([...readings]).toEqual([
      ['RTCSRV', { kind: 'count', count: 0, evidence: 'stopped', arrivals: [] }],
      ['RTCMRAUTH', { kind: 'count', count: 0, evidence: 'none-needed', arrivals: [] }],
    ]);
    expect([trial.counters.asked, trial.tcp.asked, trial.udp.asked, trial.cmdlet.asked]).toEqual([[], [], [], 0]);
  });

  it.each(['start-pending', 'stop-pending', 'running', 'pause-pending', 'continue-pending'] as ServiceState[])(
    'asks for a service that is %s',
    async (state) => {
      trial.counters.answers = { [ENDPOINTS]: 3, [CLIENTS]: 0 };
      expect(await trial.readOne('RTCSRV', { state })).toMatchObject({ kind: 'count', count: 3 });
    },
  );

  it('asks every source once for all services', async () => {
    await trial.evidence.read(['RTCMEDSRV', 'RTCSRV', 'RTCCPS', 'RTCCAA', 'RTCCHAT'].map((name) => service(name)));
    expect(trial.counters.asked).toEqual([[INBOUND, OUTBOUND, ENDPOINTS, CLIENTS]]);
    expect([trial.tcp.asked, trial.udp.asked]).toMatchObject([{ length: 1 }, { length: 1 }]);
    expect(trial.cmdlet.asked).toBe(1);
  });

  it('gives a reading for each service, under its name as Windows writes it', async () => {
    const readings = await trial.evidence.read([service('RtcDataMcu'), service('No such')]);
    expect([...readings.keys()]).toEqual(['RtcDataMcu', 'No such']);
    expect(trial.tcp.asked[0]!.watches[0]).toMatchObject({ serviceName: 'RtcDataMcu', ports: [8057] });
  });

  it('knows the other Lync services on the computer as its own, and no other program', async () => {
    const all = [
      service('RTCDATAMCU', { processId: 1 }),
      service('RTCSRV', { processId: 2 }),
      service('REPLICA', { processId: 3 }),
      service('Telephony', { processId: 4 }),
      service('RTCCPS', { processId: 0, state: 'stopped' }),
    ];
    await trial.evidence.read([all[0]!], all);
    expect(new Set(trial.tcp.asked[0]!.own.processIds)).toEqual(new Set([1, 2, 3]));
    expect(trial.tcp.asked[0]!.own.ports).toEqual(expect.arrayContaining([8057, 5061, 5075]));
  });

  it('asks who is still connected of services that take no new work', async () => {
    await trial.evidence.read([service('RTCSRV', { state: 'running' }), service('RTCCHAT')]);
    expect(trial.tcp.asked[0]!.withEnds).toEqual(new Set(['RTCCHAT']));
  });

  it('gives handles back when it is released', async () => {
    await trial.evidence.release();
    expect(trial.counters.releases).toBe(1);
  });
});

describe('the signs that an administrator looks at', () => {
  it('are what the sources show, whether it counts or not', async () => {
    const ends = [{ address: '10.0.0.9', port: 50_000, localPort: 5064 }];
    trial.cmdlet.activities = { RTCCAA: 'Concurrent Calls=0,Something else=9' };
    trial.udp.endpoints = { RTCCAA: 4 };
    trial.tcp.counts = { RTCCAA: { count: 1, arrivals: [], ends } };
    expect((await trial.readOne('RTCCAA')).signs).toEqual({
      connections: 1,
      ends,
      mediaPorts: 4,
      activity: 'Concurrent Calls=0,Something else=9',
      drainingFlag: null,
    });
  });

  it('are not known, and never zero, where a source says nothing', async () => {
    trial.tcp.counts = new Error('error 87');
    trial.udp.endpoints = new Error('error 87');
    trial.cmdlet.trouble = 'cmdlet-missing';
    expect((await trial.readOne('RTCCAA')).signs).toEqual(NO_SIGNS);
  });

  it.each([
    [0, 0],
    [2, 2],
    [7, null],
    [undefined, null],
  ])('name the draining state of a conferencing server: %s', async (value, flag) => {
    trial.counters.answers = value === undefined ? {} : { '\\LS:AVMCU - MCU Health And Performance\\AVMCU - MCU Draining State': value };
    expect((await trial.readOne('RTCAVMCU')).signs?.drainingFlag).toBe(flag);
  });
});
