import { describe, expect, it } from 'vitest';

import type { EngineEvent } from '../../electron/engine/engine.js';
import { differences, DRAIN_ALL, HOURS, PATIENT, QUICK_PAUSE, RESUME_ALL, SIGN_OFF } from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HELD = { ...DRAIN_ALL, holdTimeMs: 5_000 };

const openHarness = harnessesOf('quiet');

describe('after a sign-off', () => {
  it('looks and watches read no evidence and leave no counter open; only who asks is told', async () => {
    const harness = await openHarness();
    const first = harness.begin();
    await first.engine.drain(HELD, first.by, first.listen, HOURS);
    await first.engine.confirm(SIGN_OFF, first.by, first.listen);
    const { engine, by, listen, countReadings, openReadings } = harness.begin();
    await engine.observe();
    const stop = new AbortController();
    let looks = 0;
    const hear = (event: EngineEvent): void => {
      if (event.type === 'sessions' && (looks += 1) === 20) stop.abort();
    };
    await engine.watch(by, hear, { timeoutMs: null, signal: stop.signal, untilClosed: true });
    expect([looks, countReadings(), openReadings()]).toEqual([20, 0, false]);
    expect((await engine.observe()).services.map(({ sessions }) => sessions.kind)).not.toContain('count');
    expect((await engine.observe(true)).services.find(({ serviceName }) => serviceName === 'RTCMEDSRV')?.sessions).toMatchObject({
      kind: 'count',
      count: 0,
    });
    expect([countReadings(), openReadings()]).toEqual([1, false]);
    expect((await engine.watch(by, listen, { ...HOURS, timeoutMs: SECOND_MS })).outcome).toBe('ready');
    expect(countReadings()).toBe(1);
  });

  it('the proof of then stands and is shown, while states and processes are watched', async () => {
    const harness = await openHarness();
    const { engine, by, listen } = harness.begin();
    await engine.drain(HELD, by, listen, HOURS);
    await engine.confirm(SIGN_OFF, by, listen);
    harness.pass(60 * MINUTE_MS);
    const { proof, ready, restart } = await engine.observe();
    expect({ ready, kind: restart.kind }).toEqual({ ready: true, kind: 'safe' });
    expect(proof!.heldMs).toBeGreaterThan(60 * MINUTE_MS);
    expect(proof!.services).toBeGreaterThan(10);
  });
});

describe('the way back', () => {
  it.each([
    ['all services', RESUME_ALL],
    ['one service', { ...RESUME_ALL, services: ['RTCCPS'] }],
  ])('of %s reads no evidence at all, and goes on while the evidence hangs for ever', async (_, request) => {
    const harness = await openHarness();
    const before = await harness.snapshot();
    const first = harness.begin();
    await first.engine.drain(HELD, first.by, first.listen, HOURS);
    harness.evidenceHangs = true;
    const { engine, by, listen, countReadings, openReadings } = harness.begin();
    expect((await engine.resume(request, by, listen, PATIENT)).outcome).toBe('returned');
    expect((await engine.resume(RESUME_ALL, by, listen, PATIENT)).problem).toBeNull();
    expect([countReadings(), openReadings()]).toEqual([0, false]);
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });

  it('of a quick pause comes in time while the evidence hangs for ever', { timeout: 20_000 }, async () => {
    const harness = await openHarness();
    const before = await harness.snapshot();
    const { engine, by, listen } = harness.begin();
    await engine.pause({ ...QUICK_PAUSE, services: ['RTCCPS', 'RTCRGS'] }, by, listen, PATIENT);
    harness.evidenceHangs = true;
    expect((await engine.resume(RESUME_ALL, by, listen, PATIENT)).outcome).toBe('returned');
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });
});

describe('counters that never answer', () => {
  it('leave a drain waiting with what they hide, and keep it neither from pausing nor from going back', async () => {
    const harness = await openHarness('hanging-counters');
    const before = await harness.snapshot();
    const { engine, by, listen, events } = harness.begin();
    const result = await engine.drain(HELD, by, listen, HOURS);
    expect(result).toMatchObject({ outcome: 'needs-acceptance', checklist: { ready: false, quiet: { kind: 'needs-acceptance' } } });
    const unknown = result.checklist!.services.filter(
      ({ sessions }) => sessions.kind === 'unknown' && sessions.reason === 'did-not-answer',
    );
    expect(unknown.map(({ serviceName }) => serviceName)).toEqual(expect.arrayContaining(['RTCMEDSRV', 'RTCAVMCU', 'RTCSRV']));
    const reason = result.checklist!.restart.reasons.find(({ id }) => id === 'unknown:RTCMEDSRV');
    expect(reason?.problem).toMatchObject({ id: 'sessions-unknown', params: { reason: 'did-not-answer' } });
    const waited = events.filter((event) => event.type === 'sessions').length;
    expect(waited).toBeGreaterThan(3);
    expect((await engine.resume(RESUME_ALL, by, listen, PATIENT)).outcome).toBe('returned');
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });
});
