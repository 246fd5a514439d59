import { beforeEach, describe, expect, it } from 'vitest';

import type { CmdletTrouble, CounterAnswer } from '../../electron/contract/evidence-answers.js';
import type { ServiceStatus } from '../../electron/contract/service.js';
import { CLIENTS, ENDPOINTS, EvidenceTrial } from '../harness/sessions/evidence-trial.js';

const DENIED: CounterAnswer = { kind: 'unreadable', reason: 'counter-denied', raw: '0xc0000bdb' };

let trial: EvidenceTrial;

beforeEach(() => {
  trial = new EvidenceTrial();
});

describe('the cmdlet', () => {
  it('speaks for the services whose calls come through the Front-End of the same server', async () => {
    trial.cmdlet.activities = { RTCCAA: 'Concurrent Calls=0,Something else=9', RTCCPS: 'Concurrent Calls=2,Orbits=1' };
    trial.tcp.counts = { RTCCAA: 3, RTCCPS: 0 };
    expect(await trial.readOne('RTCCAA')).toMatchObject({ kind: 'count', count: 0, evidence: 'cmdlet' });
    expect(await trial.readOne('RTCCPS')).toMatchObject({ kind: 'count', count: 2, evidence: 'cmdlet' });
  });

  it.each<CmdletTrouble>(['cmdlet-missing', 'cmdlet-failed', 'cmdlet-denied', 'powershell-restricted', 'did-not-answer', 'not-read-yet'])(
    'leaves a service unknown that connections do not show, with its own reason: %s',
    async (trouble) => {
      trial.cmdlet.trouble = trouble;
      trial.tcp.counts = Object.fromEntries(['RTCRGS', 'RTCCPS', 'RTCCAA', 'RTCCAS', 'RTCATS'].map((name) => [name, 0]));
      for (const name of Object.keys(trial.tcp.counts)) {
        expect(await trial.readOne(name)).toMatchObject({ kind: 'unknown', reason: trouble });
      }
    },
  );

  it('leaves a service unknown if it is not asked at all', async () => {
    trial = new EvidenceTrial({ asksCmdlet: false });
    trial.tcp.counts = { RTCCPS: 0 };
    expect(await trial.readOne('RTCCPS')).toMatchObject({ kind: 'unknown', reason: 'cmdlet-not-asked' });
  });

  it.each([
    ['says nothing of the service', undefined, { reason: 'activity-missing' }],
    ['says nothing at all', ' ', { reason: 'activity-missing' }],
    ['says it in another language', 'Gleichzeitige Anrufe=0', { reason: 'activity-unreadable', raw: 'Gleichzeitige Anrufe=0' }],
    [
      'has another number beside',
      'Concurrent Calls=3,Average Wait=12.5',
      { reason: 'activity-unreadable', atLeast: { count: 3, evidence: 'cmdlet', ageMs: 0 } },
    ],
    ['is separated otherwise', 'Concurrent Calls=3;Agents=2', { reason: 'activity-unreadable', atLeast: { count: 3 } }],
    ['is negative', 'Concurrent Calls=-3', { reason: 'activity-unreadable' }],
    ['is about a billion', 'Concurrent Calls=1073741824', { reason: 'activity-unreadable', raw: 'Concurrent Calls=1073741824' }],
    ['has no number', 'Idle', { reason: 'activity-unreadable' }],
  ])('leaves a service unknown if its activity %s', async (_, text, expected) => {
    trial.cmdlet.activities = text === undefined ? { RTCSRV: 'Calls=1' } : { RTCCAA: text };
    trial.tcp.counts = { RTCCAA: 0 };
    expect(await trial.readOne('RTCCAA')).toMatchObject({ kind: 'unknown', ...expected });
  });

  it('does not prove empty what no sample is public of while another of its numbers is above zero', async () => {
    trial.cmdlet.activities = {
      RTCRGS: 'Concurrent Calls=0,Waiting Callers=2',
      RTCCPS: 'Concurrent Calls=0,Orbits=0',
      RTCATS: 'Test Calls=0',
    };
    expect(await trial.readOne('RTCRGS')).toMatchObject({ kind: 'unknown', reason: 'activity-unreadable' });
    expect(await trial.readOne('RTCCPS')).toMatchObject({ kind: 'count', count: 0 });
    expect(await trial.readOne('RTCATS')).toMatchObject({ kind: 'unknown', reason: 'activity-unreadable' });
  });

  it('never speaks for the Front-End: its activity is a rate and a queue', async () => {
    trial.cmdlet.activities = { RTCSRV: 'Incoming Requests per Second=0,Messages in Server=0' };
    expect(await trial.readOne('RTCSRV')).toMatchObject({ kind: 'unknown', reason: 'counter-missing' });
  });

  it('is not believed once its answer is older than 45 s, and "at least 3" stays with its age', async () => {
    trial.cmdlet.activities = { RTCCPS: 'Concurrent Calls=3' };
    trial.tcp.counts = { RTCCPS: 0 };
    await trial.readOne('RTCCPS');
    trial.nowMs += 46_000;
    trial.cmdlet.ageMs = 46_000;
    expect(await trial.readOne('RTCCPS')).toMatchObject({
      kind: 'unknown',
      reason: 'too-old',
      raw: '46 s',
      atLeast: { count: 3, evidence: 'cmdlet', ageMs: 46_000 },
    });
  });

  it('is too old at once if it takes 50 s to answer', async () => {
    trial.cmdlet.activities = { RTCCPS: 'Concurrent Calls=3' };
    trial.cmdlet.ageMs = 50_000;
    expect(await trial.readOne('RTCCPS')).toMatchObject({ kind: 'unknown', reason: 'too-old', atLeast: { count: 3, ageMs: 50_000 } });
    trial.cmdlet.activities = { RTCCAA: 'Concurrent Calls=0' };
    expect(await trial.readOne('RTCCAA')).toMatchObject({ kind: 'unknown', reason: 'too-old' });
  });

  it('replaces its older number by a newer zero that is too old when it comes: unknown, and no "at least"', async () => {
    trial.cmdlet.activities = { RTCCPS: 'Concurrent Calls=1' };
    await trial.readOne('RTCCPS');
    trial.nowMs += 420_000;
    trial.cmdlet.activities = { RTCCPS: 'Concurrent Calls=0' };
    trial.cmdlet.ageMs = 50_000;
    const reading = await trial.readOne('RTCCPS');
    expect(reading).toMatchObject({ kind: 'unknown', reason: 'too-old', raw: '50 s', signs: { activity: 'Concurrent Calls=0' } });
    expect(reading).not.toHaveProperty('atLeast');
    trial.cmdlet.trouble = 'did-not-answer';
    expect(await trial.readOne('RTCCPS')).not.toHaveProperty('atLeast');
  });

  it('replaces its older number by a newer zero of before the pause, which proves nothing', async () => {
    trial.cmdlet.activities = { RTCCAA: 'Concurrent Calls=1' };
    await trial.readOne('RTCCAA', { state: 'running' });
    trial.nowMs += 30_000;
    trial.cmdlet.activities = { RTCCAA: 'Concurrent Calls=0' };
    trial.cmdlet.ageMs = 8_000;
    const reading = await trial.readOne('RTCCAA');
    expect(reading).toMatchObject({ kind: 'unknown', reason: 'not-read-yet' });
    expect(reading).not.toHaveProperty('atLeast');
  });

  it.each([
    ['cannot be read in full', 'Concurrent Calls=0,Waiting Callers=2', 50_000],
    ['names nothing that counts', 'Idle', 50_000],
    ['is older than it', 'Concurrent Calls=0', 500_000],
  ])('keeps its older number if a zero that came late %s', async (_, text, ageMs) => {
    trial.cmdlet.activities = { RTCCPS: 'Concurrent Calls=1' };
    await trial.readOne('RTCCPS');
    trial.nowMs += 420_000;
    trial.cmdlet.activities = { RTCCPS: text };
    trial.cmdlet.ageMs = ageMs;
    expect(await trial.readOne('RTCCPS')).toMatchObject({ kind: 'unknown', reason: 'too-old', atLeast: { count: 1, ageMs: 420_000 } });
  });

  it('does not prove a service empty by what it said before the service was paused', async () => {
    trial.cmdlet.activities = { RTCCAA: 'Concurrent Calls=0' };
    await trial.readOne('RTCCAA', { state: 'running' });
    trial.nowMs += 10_000;
    trial.cmdlet.ageMs = 8_000;
    expect(await trial.readOne('RTCCAA')).toMatchObject({ kind: 'unknown', reason: 'not-read-yet' });
    trial.nowMs += 9_000;
    expect(await trial.readOne('RTCCAA')).toMatchObject({ kind: 'count', count: 0 });
  });
});

describe('what was seen last', () => {
  it('stays with its age while the source says nothing', async () => {
    trial.counters.answers = { [ENDPOINTS]: 30, [CLIENTS]: 10 };
    await trial.readOne('RTCSRV');
    trial.counters.answers = new Error('the helper ended');
    trial.tcp.counts = { RTCSRV: 4 };
    trial.nowMs += 46_000;
    expect(await trial.readOne('RTCSRV')).toMatchObject({
      kind: 'unknown',
      reason: 'counter-failed',
      atLeast: { count: 30, evidence: 'counter', ageMs: 46_000 },
    });
    trial.nowMs += 1_000;
    trial.tcp.counts = { RTCSRV: 31 };
    expect(await trial.readOne('RTCSRV')).toMatchObject({ kind: 'unknown', atLeast: { count: 31, evidence: 'tcp', ageMs: 0 } });
  });

  it('stays through a pause, and is forgotten once the source says zero', async () => {
    trial.counters.answers = { [ENDPOINTS]: 30, [CLIENTS]: 10 };
    await trial.readOne('RTCSRV', { state: 'running' });
    trial.counters.answers = { [ENDPOINTS]: DENIED };
    expect(await trial.readOne('RTCSRV')).toMatchObject({ kind: 'unknown', atLeast: { count: 30 } });
    trial.counters.answers = { [ENDPOINTS]: 0, [CLIENTS]: 0 };
    await trial.readOne('RTCSRV');
    trial.counters.answers = { [ENDPOINTS]: DENIED };
    expect(await trial.readOne('RTCSRV')).not.toHaveProperty('atLeast');
  });

  it.each<[string, Partial<ServiceStatus>]>([
    ['another process took its place', { processId: 404 }],
    ['it stopped', { state: 'stopped', processId: 0 }],
  ])('is forgotten when %s', async (_, given) => {
    trial.counters.answers = { [ENDPOINTS]: 30, [CLIENTS]: 10 };
    await trial.readOne('RTCSRV');
    trial.counters.answers = { [ENDPOINTS]: DENIED };
    expect(await trial.readOne('RTCSRV', given)).not.toHaveProperty('atLeast');
    expect(await trial.readOne('RTCSRV', { processId: 404 })).not.toHaveProperty('atLeast');
  });

  it('is not kept of a connection that has ended while connections can be read', async () => {
    trial.tcp.counts = { RTCCHAT: 7 };
    await trial.readOne('RTCCHAT');
    trial.tcp.counts = { RTCCHAT: 0 };
    expect(await trial.readOne('RTCCHAT')).not.toHaveProperty('atLeast');
  });
});
