import { describe, expect, it } from 'vitest';

import type { CommandResult } from '../../electron/engine/engine.js';
import { atMoments } from '../harness/engine/administrators.js';
import { DRAIN_ALL, type EngineHarness, HOURS, type Program, NO_WAIT, SIGN_OFF_SERVICES } from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';
import { type Adjust, adjusting, allOf, carrying, reacting, swift } from '../harness/engine/server-of.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const SERVICES = ['RTCRGS', 'RTCCPS', 'RTCCAA'];
const HELD: typeof DRAIN_ALL = { ...DRAIN_ALL, services: SERVICES, holdTimeMs: 30_000 };

const openHarness = harnessesOf('quiet');

/** A server on which one planned service is found stopped. */
async function openStopped(): Promise<EngineHarness> {
  const harness = await openHarness('quiet', 1, swift('RTCCAA'));
  await harness.server.console.control('RTCCAA', 'stop');
  harness.pass(MINUTE_MS);
  return harness;
}

function entriesOf({ records }: Program, type: string): readonly unknown[] {
  return records.list()[0]!.entries.filter((entry) => entry.type === type);
}

/** When its proof of quiet began, in milliseconds since the epoch. */
function provedSince({ checklist }: CommandResult): number {
  return Date.parse(checklist!.proof!.since);
}

describe('a proof of quiet ends with every sight of a service awake', () => {
  it('that was found stopped, is started for six seconds while an onlooker watches, and stopped again', async () => {
    const harness = await openStopped();
    const program = harness.begin();
    const { engine, by, listen, events } = program;
    await engine.drain(HELD, by, listen, NO_WAIT);
    let stoppedAt = 0;
    atMoments(harness, {
      4: () => harness.server.console.control('RTCCAA', 'start'),
      12: async () => {
        await harness.server.console.control('RTCCAA', 'stop');
        stoppedAt = harness.time.nowMs();
      },
    });
    const result = await engine.watch(by, listen, HOURS);
    expect(result.outcome).toBe('ready');
    expect(stoppedAt).toBeGreaterThan(0);
    expect(provedSince(result)).toBeGreaterThanOrEqual(stoppedAt);
    expect(entriesOf(program, 'awake')).toMatchObject([{ serviceName: 'RTCCAA', by: 'state' }]);
    expect(events.filter(({ type }) => type === 'awake')).toHaveLength(1);
  });

  it('that was found stopped, and is started for ten minutes after ready', async () => {
    const harness = await openStopped();
    const program = harness.begin();
    const { engine, by, listen, events } = program;
    await engine.drain(HELD, by, listen, HOURS);
    const stop = new AbortController();
    atMoments(harness, {
      4: () => harness.server.console.control('RTCCAA', 'start'),
      20: () => harness.pass(10 * MINUTE_MS),
      24: () => harness.server.console.control('RTCCAA', 'stop'),
      30: () => stop.abort(),
    });
    await engine.watch(by, listen, { timeoutMs: null, signal: stop.signal, untilClosed: true });
    expect(await engine.confirm(SIGN_OFF_SERVICES, by, listen)).toMatchObject({ outcome: 'blocked', problem: { id: 'not-ready' } });
    expect(events.filter(({ type }) => type === 'withdrawn')).toHaveLength(1);
  });

  it('that the run did not pause itself, and that is continued and paused again within the hold time', async () => {
    const harness = await openHarness('quiet', 1, swift('RTCCPS'));
    await harness.server.console.control('RTCCPS', 'pause');
    harness.pass(MINUTE_MS);
    const program = harness.begin();
    const { engine, by, listen } = program;
    await engine.drain(HELD, by, listen, NO_WAIT);
    let pausedAt = 0;
    atMoments(harness, {
      5: () => harness.server.console.control('RTCCPS', 'continue'),
      9: async () => {
        await harness.server.console.control('RTCCPS', 'pause');
        pausedAt = harness.time.nowMs();
      },
    });
    const result = await engine.watch(by, listen, HOURS);
    expect(result.outcome).toBe('ready');
    expect(provedSince(result)).toBeGreaterThanOrEqual(pausedAt);
    expect(entriesOf(program, 'awake')).toMatchObject([{ serviceName: 'RTCCPS', by: 'state' }]);
  });

  it('that is started and paused by hand after a restart while nobody looks', async () => {
    const harness = await openHarness();
    const { engine, by, listen } = harness.begin();
    await engine.drain(HELD, by, listen, HOURS);
    await harness.server.console.restart();
    // All services but three still ran, and it is not known what the restart cut of them.
    expect(await engine.confirm(SIGN_OFF_SERVICES, by, listen)).toMatchObject({
      outcome: 'lost',
      checklist: { run: { phase: 'confirmed' } },
    });
    await startAndPause(harness, 'RTCRGS');
    expect((await engine.observe()).run?.phase).toBe('draining');
    expect(await engine.confirm(SIGN_OFF_SERVICES, by, listen)).toMatchObject({ outcome: 'blocked', problem: { id: 'not-ready' } });
  });

  it('also of one that has by chance the number of the process that it had before the restart', async () => {
    const harness = await openHarness();
    const { engine, by, listen } = harness.begin();
    await engine.drain(HELD, by, listen, HOURS);
    const before = (await harness.server.serviceControl.readStatus('RTCRGS')).processId;
    await harness.server.console.restart();
    await startAndPause(harness, 'RTCRGS');
    await harness.change(
      adjusting('RTCRGS', (service) => ({
        ...service,
        moments: service.moments.map((moment) => (moment.processId === 0 ? moment : { ...moment, processId: before })),
      })),
    );
    expect((await harness.server.serviceControl.readStatus('RTCRGS')).processId).toBe(before);
    expect((await engine.observe()).ready).toBe(false);
    expect(await engine.confirm(SIGN_OFF_SERVICES, by, listen)).toMatchObject({ outcome: 'blocked', problem: { id: 'not-ready' } });
  });

  it('that crashes, is started by its recovery action, takes calls, and pauses only after the next drain gave it up', async () => {
    // Paused by hand first: the console's pause is quick, the program's takes longer than it is waited for.
    const harness = await openHarness('quiet', 1, reacting('RTCCPS', { pause: { pendingMs: 90 * SECOND_MS, checkpointEveryMs: null } }));
    await harness.server.console.control('RTCCPS', 'pause');
    harness.pass(MINUTE_MS);
    const { engine, by, listen } = harness.begin();
    expect((await engine.drain(HELD, by, listen, HOURS)).outcome).toBe('ready');
    await harness.server.console.control('RTCCPS', 'stop');
    harness.pass(MINUTE_MS);
    await harness.server.console.control('RTCCPS', 'start');
    harness.pass(MINUTE_MS);
    expect(await engine.drain(HELD, by, listen, HOURS)).toMatchObject({ outcome: 'partly', problem: { id: 'pending-too-long' } });
    harness.pass(2 * MINUTE_MS);
    expect((await harness.snapshot()).get('RTCCPS')?.state).toBe('paused');
    expect(await engine.confirm(SIGN_OFF_SERVICES, by, listen)).toMatchObject({ outcome: 'blocked', problem: { id: 'not-ready' } });
    expect((await engine.watch(by, listen, HOURS)).outcome).toBe('ready');
    expect((await engine.confirm(SIGN_OFF_SERVICES, by, listen)).outcome).toBe('confirmed');
  });

  it('whoever looks: another program keeps the record meanwhile', async () => {
    const harness = await openStopped();
    const first = harness.begin();
    await first.engine.drain(HELD, first.by, first.listen, HOURS);
    await harness.server.console.control('RTCCAA', 'start');
    harness.pass(MINUTE_MS);
    // A reading only: nothing is written, and yet the proof does not stand any more.
    expect(await first.engine.observe()).toMatchObject({ ready: false, proof: null });
    await harness.server.console.control('RTCCAA', 'stop');
    harness.pass(MINUTE_MS);
    expect(await first.engine.confirm(SIGN_OFF_SERVICES, first.by, first.listen)).toMatchObject({ outcome: 'confirmed' });
  });
});

describe('a service that is stopped with its calls was not running again', () => {
  const slowly = (serviceName: string): Adjust =>
    adjusting(serviceName, (service) => ({ ...service, pace: { ...service.pace, stop: 20 * SECOND_MS } }));

  it('while it stops in the process that it was paused in', async () => {
    const harness = await openHarness('quiet', 1, allOf(carrying('RTCRGS', 3), slowly('RTCRGS')));
    const program = harness.begin();
    const { engine, by, listen, events } = program;
    await engine.drain(HELD, by, listen, NO_WAIT);
    await harness.server.console.control('RTCRGS', 'stop');
    const { outcome } = await engine.watch(by, listen, { ...HOURS, timeoutMs: MINUTE_MS });
    expect([outcome, entriesOf(program, 'lost').length, entriesOf(program, 'awake')]).toEqual(['lost', 1, []]);
    expect(events.filter(({ type }) => type === 'awake')).toEqual([]);
    expect(program.records.findOpen()?.run?.lastSeen.get('RTCRGS')).toMatchObject({ isOtherProcess: false });
  });

  it('also if the program was killed between the loss and the next word of what is there', async () => {
    const harness = await openHarness('quiet', 1, allOf(carrying('RTCRGS', 3), slowly('RTCRGS')));
    const first = harness.begin();
    await first.engine.drain(HELD, first.by, first.listen, NO_WAIT);
    await harness.server.console.control('RTCRGS', 'stop');
    const killed = harness.begin();
    const hear = (event: { readonly type: string }): void => {
      if (event.type === 'lost') killed.end();
    };
    await killed.engine.drain(HELD, killed.by, hear, HOURS).catch(() => null);
    const program = harness.begin();
    expect(program.records.list()[0]!.entries.at(-1)!.type).toBe('lost');
    await program.engine.drain(HELD, program.by, program.listen, { ...HOURS, timeoutMs: MINUTE_MS });
    expect([entriesOf(program, 'lost').length, entriesOf(program, 'awake')]).toEqual([1, []]);
  });

  it('in a process that it shares and that lives on', async () => {
    const harness = await openHarness('shared-process', 1, allOf(carrying('RTCCAA', 2, { usual: 0 }), slowly('RTCCAA')));
    const program = harness.begin();
    const { engine, by, listen } = program;
    await engine.drain({ ...HELD, services: ['RTCCAA', 'RTCCAS'] }, by, listen, NO_WAIT);
    await harness.server.console.control('RTCCAA', 'stop');
    await engine.watch(by, listen, { ...HOURS, timeoutMs: MINUTE_MS });
    expect(entriesOf(program, 'lost')).toMatchObject([{ serviceName: 'RTCCAA' }]);
    expect(entriesOf(program, 'awake')).toEqual([]);
  });

  it('and its crash while it pauses, with nothing that starts it again', async () => {
    const pausing = reacting('RTCRGS', { pause: { pendingMs: 90 * SECOND_MS, checkpointEveryMs: SECOND_MS } });
    const harness = await openHarness('quiet', 1, allOf(carrying('RTCRGS', 3), slowly('RTCRGS'), pausing));
    const program = harness.begin();
    const { engine, by, listen } = program;
    atMoments(harness, { 20: () => harness.server.console.control('RTCRGS', 'stop') });
    await engine.drain(HELD, by, listen, { ...HOURS, timeoutMs: 2 * MINUTE_MS });
    expect([entriesOf(program, 'lost').length, entriesOf(program, 'awake')]).toEqual([1, []]);
  });

  it('but was where another process pauses in its place', async () => {
    const harness = await openHarness('quiet', 1, allOf(carrying('RTCRGS', 3), swift('RTCRGS')));
    const program = harness.begin();
    const { engine, by, listen } = program;
    await engine.drain(HELD, by, listen, NO_WAIT);
    for (const action of ['stop', 'start', 'pause'] as const) {
      await harness.server.console.control('RTCRGS', action);
      harness.pass(200);
    }
    await engine.watch(by, listen, { ...HOURS, timeoutMs: SECOND_MS });
    expect(entriesOf(program, 'lost')).toMatchObject([{ serviceName: 'RTCRGS', how: 'replaced' }]);
    expect(entriesOf(program, 'awake')).toMatchObject([{ serviceName: 'RTCRGS', by: 'process' }]);
  });
});

async function startAndPause(harness: EngineHarness, serviceName: string): Promise<void> {
  for (const action of ['start', 'pause'] as const) {
    await harness.server.console.control(serviceName, action);
    harness.pass(MINUTE_MS);
  }
}
