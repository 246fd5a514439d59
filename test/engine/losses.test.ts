import { describe, expect, it, vi } from 'vitest';

import type { EngineEvent } from '../../electron/engine/engine.js';
import { atMoments, atStep, isStep } from '../harness/engine/administrators.js';
import {
  DRAIN_ALL,
  type EngineHarness,
  HOURS,
  Killed,
  NO_WAIT,
  PATIENT,
  type Program,
  QUICK_PAUSE,
  RESUME_ALL,
  SIGN_OFF,
  SIGN_OFF_SERVICES,
} from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';
import { adjusting, allOf, carrying, reacting, swift } from '../harness/engine/server-of.js';
import { AUTO } from '../harness/fakes/server-facts.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HELD: typeof DRAIN_ALL = { ...DRAIN_ALL, services: ['RTCMEDSRV', 'RTCCPS'], holdTimeMs: 10_000 };

const openHarness = harnessesOf('quiet');

function entriesOf({ records }: Program, type: string): readonly unknown[] {
  return records.list()[0]!.entries.filter((entry) => entry.type === type);
}

async function stop(harness: EngineHarness, serviceName: string): Promise<void> {
  await harness.server.console.control(serviceName, 'stop');
}

/** Ends a process and starts another one, as a recovery action does. */
async function replace(harness: EngineHarness, serviceName: string): Promise<void> {
  await stop(harness, serviceName);
  harness.pass(200);
  await harness.server.console.control(serviceName, 'start');
  harness.pass(200);
}

describe('sessions that go with their process', () => {
  it('are told while the drain waits: event, record, outcome 6, and again by every later drain of the run', async () => {
    const harness = await openHarness('quiet', 1, carrying('RTCMEDSRV', 9));
    const program = harness.begin();
    const { engine, by, listen, events } = program;
    atMoments(harness, { 40: () => stop(harness, 'RTCMEDSRV') });
    const lost = { serviceName: 'RTCMEDSRV', how: 'ended', count: 9, certainty: 'exact' };
    const result = await engine.drain(HELD, by, listen, HOURS);
    expect(result).toMatchObject({
      outcome: 'lost',
      problem: { id: 'sessions-lost', params: { serviceName: 'RTCMEDSRV', count: 9 } },
      checklist: { ready: true, losses: [lost] },
    });
    expect(events.filter(({ type }) => type === 'lost')).toMatchObject([lost]);
    expect(entriesOf(program, 'lost')).toMatchObject([lost]);
    expect(await engine.drain(HELD, by, listen, HOURS)).toMatchObject({ outcome: 'lost', checklist: { losses: [lost] } });
    expect(await engine.watch(by, listen, HOURS)).toMatchObject({ outcome: 'lost' });
    expect(entriesOf(program, 'lost')).toHaveLength(1);
  });

  it('are no reason against a restart, and end neither the sign-off nor the way back', async () => {
    const harness = await openHarness('quiet', 1, carrying('RTCMEDSRV', 9));
    const { engine, by, listen } = harness.begin();
    atMoments(harness, { 40: () => stop(harness, 'RTCMEDSRV') });
    await engine.drain({ ...HELD, services: null }, by, listen, HOURS);
    expect(await engine.confirm(SIGN_OFF, by, listen)).toMatchObject({
      outcome: 'confirmed',
      checklist: { restart: { kind: 'safe' }, losses: [{ count: 9 }] },
    });
    expect(await engine.resume(RESUME_ALL, by, listen, PATIENT)).toMatchObject({ outcome: 'returned' });
  });

  it('are told by the first look after a time in which nobody looked, before anything is recorded', async () => {
    const harness = await openHarness('quiet', 1, carrying('RTCMEDSRV', 9));
    const { engine, by, listen } = harness.begin();
    await engine.drain(HELD, by, listen, NO_WAIT);
    await stop(harness, 'RTCMEDSRV');
    harness.pass(MINUTE_MS);
    expect((await engine.observe()).losses).toMatchObject([{ serviceName: 'RTCMEDSRV', how: 'ended', count: 9 }]);
    expect(await engine.watch(by, listen, HOURS)).toMatchObject({ outcome: 'lost' });
    expect((await engine.observe()).losses).toHaveLength(1);
  });

  it('end a quick pause with 6, also one that counts down', async () => {
    const harness = await openHarness('quiet', 1, carrying('RTCMEDSRV', 9));
    const { engine, by, listen, events } = harness.begin();
    atMoments(harness, { 40: () => stop(harness, 'RTCMEDSRV') });
    const result = await engine.pause({ ...QUICK_PAUSE, services: ['RTCMEDSRV', 'RTCCPS'], forMs: 2 * MINUTE_MS }, by, listen, PATIENT);
    expect(result).toMatchObject({ outcome: 'lost' });
    const told = events.find(({ type }) => type === 'lost');
    // At once, and not when the time is up.
    expect(Date.parse(told!.at) - Date.parse(events[0]!.at)).toBeLessThan(MINUTE_MS);
  });

  it('are told of a service outside the plan too', async () => {
    const harness = await openHarness('quiet', 1, allOf(carrying('RTCIMMCU', 4), carrying('RTCMEDSRV', 1)));
    const { engine, by, listen } = harness.begin();
    atMoments(harness, { 40: () => stop(harness, 'RTCIMMCU'), 50: () => stop(harness, 'RTCMEDSRV') });
    const { checklist } = await engine.drain(HELD, by, listen, HOURS);
    expect(checklist?.losses).toMatchObject([
      { serviceName: 'RTCIMMCU', count: 4 },
      { serviceName: 'RTCMEDSRV', count: 1 },
    ]);
  });

  it('are told of one service that stops in a process that lives on for another', async () => {
    const harness = await openHarness('shared-process', 1, allOf(carrying('RTCCAA', 2, { usual: 0 }), carrying('RTCCAS', 3, { usual: 0 })));
    const { engine, by, listen } = harness.begin();
    const services = ['RTCCAA', 'RTCCAS'];
    atMoments(harness, { 40: () => stop(harness, 'RTCCAA') });
    const result = await engine.drain({ ...HELD, services }, by, listen, { ...HOURS, timeoutMs: 2 * MINUTE_MS });
    expect(result).toMatchObject({ outcome: 'lost', checklist: { losses: [{ serviceName: 'RTCCAA', how: 'ended', count: 2 }] } });
  });

  it('are told of a process that another one replaced between two readings, as that', async () => {
    const harness = await openHarness('quiet', 1, allOf(carrying('RTCMEDSRV', 9), swift('RTCMEDSRV')));
    const { engine, by, listen, events } = harness.begin();
    await engine.drain(HELD, by, listen, NO_WAIT);
    await replace(harness, 'RTCMEDSRV');
    const result = await engine.watch(by, listen, { ...HOURS, timeoutMs: SECOND_MS });
    expect(result).toMatchObject({ outcome: 'lost', checklist: { losses: [{ serviceName: 'RTCMEDSRV', how: 'replaced', count: 9 }] } });
    expect(events.filter(({ type }) => type === 'outside-change')).toMatchObject([{ problem: { id: 'restarted-after-crash' } }]);
  });

  it('are told as a crash also where nobody looked between the pause and the end of the process', async () => {
    const harness = await openHarness('quiet', 1, allOf(carrying('RTCMEDSRV', 9), swift('RTCMEDSRV')));
    const killed = harness.begin({ at: 'before-order', count: 2 });
    await expect(killed.engine.drain(HELD, killed.by, killed.listen, HOURS)).rejects.toThrow(Killed);
    await replace(harness, 'RTCMEDSRV');
    const { engine, by, listen, events } = harness.begin();
    await engine.watch(by, listen, { ...HOURS, timeoutMs: SECOND_MS });
    expect(events.filter(({ type }) => type === 'outside-change')).toMatchObject([{ problem: { id: 'restarted-after-crash' } }]);
  });

  it('are told on the way back, of a service that takes calls again and ends before the others are back', async () => {
    const harness = await openHarness('quiet');
    const program = harness.begin();
    const { engine, by, listen } = program;
    await engine.drain(HELD, by, listen, HOURS);
    harness.pass(MINUTE_MS);
    const crash = atStep('continue', 'done', 'RTCCPS', () => void stop(harness, 'RTCCPS'));
    const result = await engine.resume(RESUME_ALL, by, crash, PATIENT);
    expect(result).toMatchObject({
      outcome: 'lost',
      checklist: { run: { phase: 'closed' }, losses: [{ serviceName: 'RTCCPS', how: 'replaced', certainty: 'unknown' }] },
    });
    expect(entriesOf(program, 'lost')).toHaveLength(1);
    expect((await harness.snapshot()).get('RTCCPS')?.state).toBe('running');
  });

  it.each([
    ['ends', 'ended', [] as const, { outcome: 'partly', problem: { id: 'state-reverted' } }],
    ['is replaced by another one', 'replaced', ['start'] as const, { outcome: 'lost', problem: { id: 'sessions-lost' } }],
  ])('are told on the way back, of a service that it started and whose process %s before the next reading', async (_, how, more, end) => {
    for (const sinceMs of [0, MINUTE_MS]) {
      const harness = await openHarness('quiet', 1, swift('RTCCPS'));
      const program = harness.begin();
      const { engine, by, listen } = program;
      await engine.drain(HELD, by, listen, HOURS);
      await stop(harness, 'RTCCPS');
      harness.pass(SECOND_MS);
      expect(await engine.drain(HELD, by, listen, HOURS)).toMatchObject({ outcome: 'ready', checklist: { losses: [] } });
      // Soon after a reading, its zero is not for the process that is started now.
      harness.pass(sinceMs);
      let isDone = false;
      const crash = (event: EngineEvent): void => {
        if (isDone || !isStep(event, 'start', 'done', 'RTCCPS')) return;
        isDone = true;
        void ['stop' as const, ...more].reduce<Promise<unknown>>(async (before, action) => {
          await before;
          await harness.server.console.control('RTCCPS', action);
          harness.pass(200);
        }, Promise.resolve());
      };
      const result = await engine.resume(RESUME_ALL, by, crash, PATIENT);
      const lost = { serviceName: 'RTCCPS', how, count: 0, certainty: 'unknown' };
      expect(result).toMatchObject({ ...end, checklist: { losses: [lost] } });
      expect(entriesOf(program, 'lost')).toMatchObject([lost]);
    }
  });

  it('are none of a process that ends before it runs: that is told as the failure of its start', async () => {
    const failing = reacting('RTCCPS', {
      start: { pendingMs: SECOND_MS, becomes: { afterMs: 0, state: 'stopped', win32ExitCode: 1_067 } },
    });
    const harness = await openHarness('quiet', 1, failing);
    const program = harness.begin();
    const { engine, by, listen } = program;
    await engine.drain(HELD, by, listen, HOURS);
    await stop(harness, 'RTCCPS');
    harness.pass(MINUTE_MS);
    const result = await engine.resume(RESUME_ALL, by, listen, PATIENT);
    expect(result).toMatchObject({ outcome: 'partly', problem: { id: 'ended-while-changing' }, checklist: { losses: [] } });
  });

  it('are told of a restart of Windows, for every service that was neither proved empty nor accepted', async () => {
    const harness = await openHarness(
      'quiet',
      1,
      allOf(
        carrying('RTCMEDSRV', 9),
        carrying('RTCIMMCU', 4),
        adjusting('RTCXMPPTGW', (service) => ({ ...service, sessions: null })),
      ),
    );
    const { engine, by, listen } = harness.begin();
    await engine.drain({ ...HELD, services: null }, by, listen, { ...HOURS, timeoutMs: MINUTE_MS });
    await engine.accept({ services: ['RTCIMMCU'], note: 'agreed with the people in it', cut: 4 }, by, listen);
    await harness.server.console.restart();
    const { losses } = await engine.observe();
    expect(losses).toMatchObject([{ serviceName: 'RTCMEDSRV', how: 'restarted', count: 9, certainty: 'exact' }]);
    const result = await engine.watch(by, listen, { ...HOURS, timeoutMs: MINUTE_MS });
    expect(result).toMatchObject({
      outcome: 'lost',
      problem: { params: { how: 'restarted' } },
      checklist: { losses: [{ serviceName: 'RTCMEDSRV' }] },
    });
  });

  it('are what a service carried before it began to stop, not what was left of it then', async () => {
    const slow = adjusting('RTCMEDSRV', (service) => ({ ...service, pace: { ...service.pace, stop: 20 * SECOND_MS } }));
    const harness = await openHarness('quiet', 1, allOf(carrying('RTCMEDSRV', 9), slow));
    const { engine, by, listen } = harness.begin();
    await engine.drain(HELD, by, listen, NO_WAIT);
    await stop(harness, 'RTCMEDSRV');
    // People are cut one after another while it stops: for its counter they hang up.
    atMoments(harness, { 5: () => harness.change(carrying('RTCMEDSRV', 0)) });
    const result = await engine.watch(by, listen, { ...HOURS, timeoutMs: MINUTE_MS });
    expect(result.checklist?.losses).toMatchObject([{ serviceName: 'RTCMEDSRV', how: 'ended', count: 9 }]);
  });

  it('are told once, also if the program is killed right after', async () => {
    const harness = await openHarness('quiet', 1, carrying('RTCMEDSRV', 9));
    const first = harness.begin();
    await first.engine.drain(HELD, first.by, first.listen, NO_WAIT);
    await stop(harness, 'RTCMEDSRV');
    harness.pass(MINUTE_MS);
    const killed = harness.begin();
    const hear = (event: { readonly type: string }): void => {
      if (event.type === 'lost') killed.end();
    };
    await killed.engine.drain(HELD, killed.by, hear, HOURS).catch(() => null);
    expect(killed.isOver()).toBe(true);
    const { engine, by, listen } = harness.begin();
    expect((await engine.drain(HELD, by, listen, HOURS)).checklist?.losses).toHaveLength(1);
  });
});

describe('a loss that another process recorded while a command waited for the lock', () => {
  it.each(['resume', 'confirm'] as const)('is not told by %s once more', async (command) => {
    const harness = await openHarness('quiet', 1, carrying('RTCMEDSRV', 9));
    const other = harness.begin();
    await other.engine.drain(HELD, other.by, other.listen, NO_WAIT);
    const { engine, by, listen, records } = harness.begin();
    const prepareChange = records.prepareChange.bind(records);
    vi.spyOn(records, 'prepareChange').mockImplementationOnce(async () => {
      await stop(harness, 'RTCMEDSRV');
      expect(await other.engine.watch(other.by, other.listen, HOURS)).toMatchObject({ outcome: 'lost', checklist: { ready: true } });
      return prepareChange();
    });
    const result =
      command === 'resume' ? await engine.resume(RESUME_ALL, by, listen, PATIENT) : await engine.confirm(SIGN_OFF_SERVICES, by, listen);
    expect(result).toMatchObject({ outcome: command === 'resume' ? 'returned' : 'confirmed', problem: null });
    expect(entriesOf(other, 'lost')).toHaveLength(1);
  });
});

describe('no loss', () => {
  it('is that people hang up', async () => {
    const harness = await openHarness('default');
    const { engine, by, listen, events } = harness.begin();
    expect(await engine.drain(HELD, by, listen, HOURS)).toMatchObject({ outcome: 'ready' });
    expect(events.filter(({ type }) => type === 'lost')).toEqual([]);
  });

  it('is the end of a process that was proved empty, or accepted by hand', async () => {
    const harness = await openHarness('quiet', 1, carrying('RTCMEDSRV', 9));
    const { engine, by, listen } = harness.begin();
    await engine.drain(HELD, by, listen, { ...HOURS, timeoutMs: MINUTE_MS });
    await engine.accept({ services: ['RTCMEDSRV'], note: 'announced', cut: 9 }, by, listen);
    await engine.confirm(SIGN_OFF_SERVICES, by, listen);
    await stop(harness, 'RTCMEDSRV');
    await stop(harness, 'RTCCPS');
    harness.pass(MINUTE_MS);
    expect((await engine.observe()).losses).toEqual([]);
    expect(await engine.watch(by, listen, HOURS)).toMatchObject({ outcome: 'ready' });
  });

  it('is the crash of a service outside the plan that showed no session a second ago; an hour ago says nothing', async () => {
    const harness = await openHarness('quiet', 1, carrying('RTCMEDSRV', 1));
    const { engine, by, listen } = harness.begin();
    atMoments(harness, { 40: () => stop(harness, 'RTCIMMCU') });
    const soon = await engine.drain(HELD, by, listen, { ...HOURS, timeoutMs: MINUTE_MS });
    expect(soon.checklist?.losses).toEqual([]);
    harness.pass(60 * MINUTE_MS);
    await stop(harness, 'RTCCAA');
    harness.pass(MINUTE_MS);
    expect((await engine.observe()).losses).toMatchObject([{ serviceName: 'RTCCAA', count: 0, certainty: 'unknown' }]);
  });

  it('is what the way back does', async () => {
    const harness = await openHarness('quiet');
    const { engine, by, listen } = harness.begin();
    await engine.drain({ ...HELD, services: null }, by, listen, HOURS);
    await harness.server.console.setStart('RTCCPS', AUTO);
    await harness.server.console.restart();
    harness.pass(MINUTE_MS);
    const { outcome, checklist } = await engine.resume({ ...RESUME_ALL, conflicts: 'original' }, by, listen, PATIENT);
    expect([outcome, checklist?.losses]).toEqual(['returned', []]);
  });
});
