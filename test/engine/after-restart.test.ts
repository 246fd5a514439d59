import { describe, expect, it } from 'vitest';

import { differences, DRAIN_ALL, HOURS, PATIENT, RESUME_ALL, SIGN_OFF, SIGN_OFF_SERVICES } from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';

const SHORT = { ...DRAIN_ALL, holdTimeMs: 5_000 };
const MINUTE_MS = 60_000;

const openHarness = harnessesOf('quiet');

describe('a drain soon after a restart', () => {
  it('holds what has not started yet, and the way back starts it all the same', async () => {
    const harness = await openHarness();
    const before = await harness.snapshot();
    const { engine, by, listen } = harness.begin();
    await engine.drain({ ...SHORT, services: ['RTCIMMCU', 'RTCRGS'] }, by, listen, HOURS);
    await engine.resume({ ...RESUME_ALL, services: ['RTCIMMCU'] }, by, listen, PATIENT);
    await harness.server.console.restart();
    expect((await harness.snapshot()).get('RTCIMMCU')?.state).toBe('stopped');
    await engine.drain({ ...SHORT, services: ['RTCIMMCU', 'RTCRGS'] }, by, listen, { ...HOURS, timeoutMs: 0 });
    expect((await engine.resume(RESUME_ALL, by, listen, PATIENT)).outcome).toBe('returned');
    expect(differences(before, await harness.snapshot()).filter((one) => /RTCIMMCU|RTCRGS/.test(one))).toEqual([]);
  });
});

describe('a drain that a restart cut short', () => {
  it('records what runs since, before it changes that', async () => {
    const harness = await openHarness();
    const first = harness.begin({ at: 'after-order', count: 4 });
    await first.engine.drain(SHORT, first.by, first.listen, HOURS).catch(() => null);
    await harness.server.console.restart();
    harness.pass(10 * MINUTE_MS);
    const { engine, by, listen, records } = harness.begin();
    await engine.drain(SHORT, by, listen, HOURS);
    const [restarted] = records.list()[0]!.entries.filter((entry) => entry.type === 'restarted');
    expect(restarted?.running).toEqual(expect.arrayContaining(['RTCSRV', 'RTCRGS']));
  });
});

describe('a proof of quiet', () => {
  it.each([
    ['paused', ['start', 'pause']],
    ['running', ['start']],
  ] as const)('from before a restart does not speak for a service that is %s since', async (_, actions) => {
    const harness = await openHarness();
    const { engine, by, listen } = harness.begin();
    await engine.drain({ ...SHORT, services: ['RTCRGS', 'RTCCPS'] }, by, listen, HOURS);
    await harness.server.console.restart();
    for (const action of actions) {
      await harness.server.console.control('RTCRGS', action);
      harness.pass(MINUTE_MS);
    }
    expect((await engine.confirm(SIGN_OFF, by, listen)).problem?.id).toBe('not-ready');
    await harness.server.console.control('RTCRGS', 'pause');
    harness.pass(MINUTE_MS);
    expect((await engine.confirm(SIGN_OFF, by, listen)).problem?.id).toBe('not-ready');
    // The services outside the plan ran without calls when they were read last; it is not known what the restart cut later.
    const ready = { outcome: 'lost', problem: { params: { how: 'restarted', certainty: 'unknown' } }, checklist: { ready: true } };
    expect(await engine.drain({ ...SHORT, services: ['RTCRGS', 'RTCCPS'] }, by, listen, HOURS)).toMatchObject(ready);
    expect((await engine.confirm(SIGN_OFF_SERVICES, by, listen)).outcome).toBe('confirmed');
  });

  it('from before a restart stands where every planned service stayed stopped', async () => {
    const harness = await openHarness();
    const { engine, by, listen } = harness.begin();
    await engine.drain(SHORT, by, listen, HOURS);
    await harness.server.console.restart();
    expect((await engine.confirm(SIGN_OFF, by, listen)).outcome).toBe('confirmed');
  });
});

describe('a restart of Windows while the server was signed off', () => {
  const types = (events: readonly { readonly type: string }[]): readonly string[] => events.map(({ type }) => type);
  const beginAfterRestart = async () => {
    const harness = await openHarness();
    const first = harness.begin();
    await first.engine.drain(SHORT, first.by, first.listen, HOURS);
    await first.engine.confirm(SIGN_OFF, first.by, first.listen);
    await harness.server.console.restart();
    return harness.begin();
  };

  it('is told by a watch that ends with its first look, before the reading', async () => {
    const { engine, by, listen, events } = await beginAfterRestart();
    expect(await engine.watch(by, listen, HOURS)).toMatchObject({ outcome: 'ready', checklist: { run: { phase: 'confirmed' } } });
    expect(types(events)).toEqual(['restarted', 'sessions']);
    expect(events[0]).toMatchObject({ running: [] });
    events.length = 0;
    await engine.watch(by, listen, HOURS);
    expect(types(events)).toEqual(['sessions']);
  });

  it('is told once by a watch that is ended during that look, as the tray app ends it for an order', async () => {
    const { engine, by, listen, events } = await beginAfterRestart();
    const stop = new AbortController();
    stop.abort();
    await engine.watch(by, listen, { timeoutMs: null, signal: stop.signal, untilClosed: true });
    expect(types(events)).toEqual(['restarted', 'sessions']);
    await engine.watch(by, listen, { timeoutMs: null, signal: stop.signal, untilClosed: true });
    expect(types(events).filter((type) => type === 'restarted')).toHaveLength(1);
  });
});
