import { describe, expect, it } from 'vitest';

import { countUnfinished } from '../../electron/core/maintenance/unfinished.js';
import { differences, DRAIN_ALL, HOURS, PATIENT, RESUME_ALL, SIGN_OFF } from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';

const openHarness = harnessesOf('default');

describe('a whole maintenance', () => {
  it('drains until ready, signs off, survives the restart, and puts everything back exactly', async () => {
    const harness = await openHarness();
    const before = await harness.snapshot();
    const { engine, by, listen } = harness.begin();

    const drained = await engine.drain(DRAIN_ALL, by, listen, HOURS);
    expect(drained).toMatchObject({ outcome: 'ready', problem: null, checklist: { ready: true } });
    for (const row of drained.checklist!.services.filter(({ planned }) => planned)) {
      expect(await harness.countSessions(row.serviceName)).toBe(0);
    }

    expect(await engine.confirm({ ...SIGN_OFF, note: 'all quiet' }, by, listen)).toMatchObject({
      outcome: 'confirmed',
      checklist: { run: { phase: 'confirmed' } },
    });
    await harness.server.console.restart();
    const afterRestart = await engine.observe();
    expect(afterRestart.run).toMatchObject({ phase: 'confirmed', restart: { running: [] } });

    const returned = await engine.resume(RESUME_ALL, by, listen, PATIENT);
    expect(returned).toMatchObject({ outcome: 'returned', problem: null });
    // Windows is still starting services of its own when ours are back.
    harness.pass(60_000);
    // Windows Update comes and goes with a restart; this test did not touch it.
    expect(differences(before, await harness.snapshot(), ['wuauserv'])).toEqual([]);
    expect((await engine.observe()).run).toBeNull();
  });

  it('changes nothing when each command is given a second time', async () => {
    const harness = await openHarness('quiet');
    const first = harness.begin();
    await first.engine.drain(DRAIN_ALL, first.by, first.listen, HOURS);
    const drained = await harness.snapshot();

    const second = harness.begin();
    expect((await second.engine.drain(DRAIN_ALL, second.by, second.listen, HOURS)).outcome).toBe('ready');
    await second.engine.confirm(SIGN_OFF, second.by, second.listen);
    expect((await second.engine.confirm(SIGN_OFF, second.by, second.listen)).outcome).toBe('nothing-to-do');
    expect(second.orders).toEqual([]);
    expect(differences(drained, await harness.snapshot())).toEqual([]);

    await second.engine.resume(RESUME_ALL, second.by, second.listen, PATIENT);
    const third = harness.begin();
    expect((await third.engine.resume(RESUME_ALL, third.by, third.listen, PATIENT)).outcome).toBe('nothing-to-do');
    expect(third.orders).toEqual([]);
  });

  it('brings back one service twice without a complaint and without doing it again', async () => {
    const harness = await openHarness('quiet');
    const first = harness.begin();
    await first.engine.drain(DRAIN_ALL, first.by, first.listen, HOURS);
    const one = { ...RESUME_ALL, services: ['rtcrgs'] };
    expect(await first.engine.resume(one, first.by, first.listen, PATIENT)).toMatchObject({
      outcome: 'returned',
      checklist: { run: { phase: 'returning' } },
    });
    const second = harness.begin();
    expect(await second.engine.resume(one, second.by, second.listen, PATIENT)).toMatchObject({
      outcome: 'nothing-to-do',
      problem: null,
      checklist: { run: { phase: 'returning' } },
    });
    expect(second.orders).toEqual([]);
    expect((await second.engine.resume({ ...RESUME_ALL, services: ['Spooler'] }, second.by, second.listen, PATIENT)).problem?.id).toBe(
      'not-in-run',
    );
    expect(await second.engine.watch(second.by, second.listen, { ...HOURS, timeoutMs: 5_000 })).toMatchObject({
      problem: { id: 'already-returning' },
    });
    expect(await second.engine.resume(RESUME_ALL, second.by, second.listen, PATIENT)).toMatchObject({
      outcome: 'returned',
      checklist: { run: { phase: 'closed' } },
    });
  });

  it('says how many services are left when it is stopped in the middle', async () => {
    const harness = await openHarness('quiet');
    const { engine, by, listen } = harness.begin();
    const stop = new AbortController();
    const hear: typeof listen = (event) => {
      if (event.type === 'step' && event.state === 'done' && event.serviceName === 'RTCRGS') stop.abort();
    };
    const stopped = await engine.drain(DRAIN_ALL, by, hear, { timeoutMs: null, signal: stop.signal });
    expect(stopped).toMatchObject({ outcome: 'interrupted', problem: { params: { left: expect.any(Number) as number } } });
    expect(stopped.problem?.params['left']).toBeGreaterThan(8);
    const late = await engine.drain(DRAIN_ALL, by, listen, { ...HOURS, timeoutMs: 1 });
    expect(late).toMatchObject({ outcome: 'still-draining', problem: { params: { left: expect.any(Number) as number } } });
  });

  it('never touches what is not in the plan', async () => {
    const harness = await openHarness();
    const before = await harness.snapshot();
    const { engine, by, listen } = harness.begin();
    await engine.drain({ ...DRAIN_ALL, services: ['rtccps', 'RTCRGS'] }, by, listen, HOURS);
    expect(differences(before, await harness.snapshot(), ['RTCCPS', 'RTCRGS'])).toEqual([]);
    expect(differences(before, await harness.snapshot())).toHaveLength(2);
  });

  it('is not ready while nobody can count, until that is accepted by hand with a note', async () => {
    const harness = await openHarness('unknown-evidence');
    const { engine, by, listen } = harness.begin();
    const waited = await engine.drain(DRAIN_ALL, by, listen, { ...PATIENT, timeoutMs: 20 * 60_000 });
    expect(waited.checklist?.ready).toBe(false);
    expect(waited).toMatchObject({ outcome: 'needs-acceptance', problem: { params: { services: 'RTCRGS RTCAVMCU' } } });
    expect(await engine.confirm(SIGN_OFF, by, listen)).toMatchObject({ outcome: 'blocked', problem: { id: 'not-ready' } });

    await engine.accept({ services: ['rtcrgs', 'RTCAVMCU'], note: 'looked at both', cut: null }, by, listen);
    const accepted = await engine.drain(DRAIN_ALL, by, listen, HOURS);
    expect(accepted).toMatchObject({ outcome: 'ready', checklist: { restart: { kind: 'accepted' }, run: { reason: 'CHG-1' } } });
    expect(accepted.checklist!.services.find((row) => row.serviceName === 'RTCRGS')).toMatchObject({
      steps: { wait: 'by-hand' },
      sessions: { kind: 'unknown' },
    });
  });

  it('tells of new work on a paused service as a leak, with where it came from', async () => {
    const harness = await openHarness('leak');
    const { engine, by, listen, events } = harness.begin();
    await engine.drain(DRAIN_ALL, by, listen, HOURS);
    const leaks = events.filter((event) => event.type === 'leak');
    expect(leaks.length).toBeGreaterThan(0);
    expect(leaks.every((leak) => leak.serviceName === 'RTCDATAMCU')).toBe(true);
    expect(leaks.some((leak) => leak.from !== null)).toBe(true);
  });

  it('tells of sessions that do not end as stalled', async () => {
    const harness = await openHarness('stalled');
    const { engine, by, listen, events } = harness.begin();
    const result = await engine.drain(DRAIN_ALL, by, listen, { ...PATIENT, timeoutMs: 40 * 60_000 });
    expect(result).toMatchObject({ outcome: 'stalled', problem: { id: 'stalled', params: { serviceName: 'RTCIMMCU' } } });
    expect(events.filter((event) => event.type === 'stalled')).toHaveLength(1);
  });

  it('tells of a stall once, however often somebody begins to watch', async () => {
    const harness = await openHarness('stalled');
    const { engine, by, listen, events } = harness.begin();
    await engine.drain(DRAIN_ALL, by, listen, { ...PATIENT, timeoutMs: 0 });
    for (let watches = 0; watches < 4; watches += 1) await engine.watch(by, listen, { ...PATIENT, timeoutMs: 20 * 60_000 });
    expect(events.filter(({ type }) => type === 'stalled')).toHaveLength(1);
  });

  it('changes nothing without rights', async () => {
    const harness = await openHarness('not-elevated');
    const before = await harness.snapshot();
    const { engine, by, listen, orders, records } = harness.begin();
    expect((await engine.drain(DRAIN_ALL, by, listen, HOURS)).outcome).toBe('no-rights');
    expect(orders).toEqual([]);
    expect(records.list()).toEqual([]);
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });

  it('keeps out of a server that was failed over', async () => {
    const harness = await openHarness('failed-over');
    const { engine, by, listen, orders, records } = harness.begin();
    expect(await engine.drain(DRAIN_ALL, by, listen, HOURS)).toMatchObject({
      outcome: 'blocked',
      problem: { id: 'blocked-by-check', params: { check: 'failed-over' } },
    });
    expect(orders).toEqual([]);
    expect(records.list()).toEqual([]);
  });
});

describe('somebody else at the server', () => {
  it('is noticed when he resumes a service during the drain', async () => {
    const harness = await openHarness('stalled');
    const { engine, by, events } = harness.begin();
    let ticks = 0;
    const listen = (event: (typeof events)[number]): void => {
      events.push(event);
      if (event.type === 'sessions' && (ticks += 1) === 20) void harness.server.console.control('RTCRGS', 'continue');
    };
    const result = await engine.drain(DRAIN_ALL, by, listen, HOURS);
    expect(result).toMatchObject({
      outcome: 'changed-outside',
      problem: { id: 'resumed-from-outside', params: { serviceName: 'RTCRGS' } },
    });
    expect(events.some((event) => event.type === 'outside-change')).toBe(true);
    expect(result.checklist?.ready).toBe(false);
  });

  it('withdraws the sign-off when he resumes a service after it', async () => {
    const harness = await openHarness('quiet');
    const { engine, by, listen } = harness.begin();
    await engine.drain(DRAIN_ALL, by, listen, HOURS);
    await engine.confirm(SIGN_OFF, by, listen);
    await harness.server.console.control('RTCRGS', 'continue');
    harness.pass(60_000);
    expect(await engine.observe()).toMatchObject({ ready: false, run: { phase: 'draining' } });
    expect((await engine.drain(DRAIN_ALL, by, listen, HOURS)).outcome).toBe('ready');
    expect((await engine.observe()).run?.phase).toBe('ready');
  });

  it('is asked about before his start type is overwritten', async () => {
    const harness = await openHarness('quiet');
    const before = await harness.snapshot();
    const { engine, by, listen } = harness.begin();
    await engine.drain(DRAIN_ALL, by, listen, HOURS);
    await harness.server.console.setStart('RTCRGS', { startType: 'disabled', delayed: false });

    const asked = await engine.resume(RESUME_ALL, by, listen, PATIENT);
    expect(asked).toMatchObject({
      outcome: 'changed-outside',
      problem: { id: 'conflict', params: { serviceName: 'RTCRGS', ours: 'demand', now: 'disabled' } },
    });
    expect((await harness.snapshot()).get('RTCRGS')).toMatchObject({ state: 'paused', start: { startType: 'disabled' } });
    expect(differences(before, await harness.snapshot(), ['RTCRGS'])).toEqual([]);
    expect((await engine.observe()).services.find((row) => row.serviceName === 'RTCRGS')?.conflict).not.toBeNull();

    expect((await engine.resume({ ...RESUME_ALL, conflicts: 'original' }, by, listen, PATIENT)).outcome).toBe('returned');
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });

  it('has his start type kept when told to', async () => {
    const harness = await openHarness('quiet');
    const before = await harness.snapshot();
    const { engine, by, listen } = harness.begin();
    await engine.drain(DRAIN_ALL, by, listen, HOURS);
    await harness.server.console.setStart('RTCRGS', { startType: 'disabled', delayed: false });
    expect((await engine.resume({ ...RESUME_ALL, conflicts: 'keep' }, by, listen, PATIENT)).outcome).toBe('returned');
    expect((await harness.snapshot()).get('RTCRGS')).toMatchObject({ state: 'running', start: { startType: 'disabled' } });
    expect(differences(before, await harness.snapshot(), ['RTCRGS'])).toEqual([]);
  });
});

describe('a quick pause', () => {
  it('pauses, leaves start types alone, and goes back by itself when the time is up', async () => {
    const harness = await openHarness();
    const before = await harness.snapshot();
    const { engine, by, listen, orders } = harness.begin();
    const request = { services: null, forMs: 15 * 60_000, reason: null, overrides: [] };
    expect((await engine.pause(request, by, listen, PATIENT)).outcome).toBe('returned');
    expect(orders.filter((order) => order.startsWith('set'))).toEqual([]);
    expect(orders.filter((order) => order.startsWith('pause')).length).toBeGreaterThan(5);
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });

  it('stays out of a maintenance that is going on', async () => {
    const harness = await openHarness('quiet');
    const { engine, by, listen } = harness.begin();
    await engine.drain(DRAIN_ALL, by, listen, HOURS);
    const request = { services: null, forMs: null, reason: null, overrides: [] };
    expect(await engine.pause(request, by, listen, PATIENT)).toMatchObject({ outcome: 'blocked', problem: { id: 'maintenance-open' } });
  });

  it('can be turned into a drain', async () => {
    const harness = await openHarness('quiet');
    const before = await harness.snapshot();
    const { engine, by, listen } = harness.begin();
    await engine.pause({ services: null, forMs: null, reason: null, overrides: [] }, by, listen, PATIENT);
    expect((await engine.drain(DRAIN_ALL, by, listen, HOURS)).outcome).toBe('ready');
    expect((await engine.resume(RESUME_ALL, by, listen, PATIENT)).outcome).toBe('returned');
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });
});

describe('an interrupted drain', () => {
  it('goes on in silence, and an onlooker sees it become ready', async () => {
    const harness = await openHarness();
    const { engine, by, listen } = harness.begin();
    const interrupt = new AbortController();
    let ticks = 0;
    const result = await engine.drain(
      DRAIN_ALL,
      by,
      (event) => {
        if (event.type === 'sessions' && countUnfinished(event.checklist) === 0 && (ticks += 1) === 5) interrupt.abort();
      },
      { timeoutMs: null, signal: interrupt.signal },
    );
    expect(result).toMatchObject({ outcome: 'interrupted', checklist: { run: { phase: 'draining' } } });
    expect((await engine.watch(by, listen, HOURS)).outcome).toBe('ready');
    expect((await engine.confirm(SIGN_OFF, by, listen)).outcome).toBe('confirmed');
  });

  it('is not waited for when told not to', async () => {
    const harness = await openHarness();
    const { engine, by, listen } = harness.begin();
    expect((await engine.drain(DRAIN_ALL, by, listen, { ...PATIENT, timeoutMs: 0 })).outcome).toBe('draining');
    expect((await engine.observe()).run?.phase).toBe('draining');
  });
});
