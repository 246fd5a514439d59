import { describe, expect, it } from 'vitest';

import type { EngineEvent } from '../../electron/engine/engine.js';
import {
  differences,
  DRAIN_ALL,
  HOURS,
  type Program,
  PATIENT,
  QUICK_PAUSE,
  RESUME_ALL,
  SIGN_OFF,
  SIGN_OFF_SERVICES,
} from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';
import { AUTO } from '../harness/fakes/server-facts.js';

const SHORT = { ...DRAIN_ALL, holdTimeMs: 5_000 };
const MINUTE_MS = 60_000;

const openHarness = harnessesOf('quiet');

function entryTypes({ records }: Program): readonly string[] {
  return records.list()[0]!.entries.map((entry) => entry.type);
}

describe('a drain after something else', () => {
  it('after a part of the way back keeps its proof of quiet', async () => {
    const harness = await openHarness();
    const program = harness.begin();
    const { engine, by, listen } = program;
    const services = ['RTCRGS', 'RTCCPS'];
    await engine.drain({ ...SHORT, services }, by, listen, HOURS);
    await engine.resume({ ...RESUME_ALL, services: ['RTCCPS'] }, by, listen, PATIENT);
    expect((await engine.drain({ ...SHORT, services: ['RTCRGS'] }, by, listen, HOURS)).outcome).toBe('ready');
    harness.pass(MINUTE_MS);
    expect((await engine.confirm(SIGN_OFF_SERVICES, by, listen)).outcome).toBe('confirmed');
    expect(entryTypes(program).filter((type) => type === 'quiet')).toHaveLength(2);
  });

  it('after a quick pause proves quiet for its own hold time, and can be signed off later', async () => {
    const harness = await openHarness();
    const { engine, by, listen } = harness.begin();
    await engine.pause(QUICK_PAUSE, by, listen, PATIENT);
    expect((await engine.drain(DRAIN_ALL, by, listen, HOURS)).outcome).toBe('ready');
    harness.pass(10 * MINUTE_MS);
    expect((await engine.confirm(SIGN_OFF, by, listen)).outcome).toBe('confirmed');
  });

  it('after a way back that was broken off is signed off anew', async () => {
    const harness = await openHarness();
    const { engine, by, listen } = harness.begin();
    await engine.drain(SHORT, by, listen, HOURS);
    await engine.confirm({ ...SIGN_OFF, note: 'first' }, by, listen);
    for (const name of ['RTCRGS', 'RTCSRV']) await harness.server.console.setStart(name, AUTO);
    await engine.resume({ ...RESUME_ALL, services: ['RTCRGS'] }, by, listen, PATIENT);
    expect(await engine.drain(SHORT, by, listen, HOURS)).toMatchObject({
      outcome: 'ready',
      checklist: { run: { phase: 'ready', confirmed: null } },
    });
  });

  it('takes in a service that was added meanwhile', async () => {
    const harness = await openHarness();
    const before = await harness.snapshot();
    const { engine, by, listen } = harness.begin();
    await engine.drain({ ...SHORT, services: ['RTCRGS'] }, by, listen, HOURS);
    const second = await engine.drain(SHORT, by, listen, HOURS);
    expect(second.checklist?.services.filter(({ planned }) => planned).length).toBeGreaterThan(10);
    expect(second.outcome).toBe('ready');
    await engine.resume(RESUME_ALL, by, listen, PATIENT);
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });

  it('goes on with a service that is not one of Lync, once it was named', async () => {
    const harness = await openHarness('odd-names');
    const { engine, by, listen } = harness.begin();
    const recorder = 'Acme Recorder (x64) [live]';
    await engine.drain({ ...SHORT, services: [recorder, 'RTCRGS'], overrides: [`evidence:${recorder}`] }, by, listen, HOURS);
    await harness.server.console.control(recorder, 'continue');
    harness.pass(MINUTE_MS);
    // It was awake, so that what was accepted of it does not hold any more.
    expect(await engine.drain(SHORT, by, listen, HOURS)).toMatchObject({
      outcome: 'needs-acceptance',
      problem: { params: { services: recorder } },
    });
    expect((await harness.snapshot()).get(recorder)?.state).toBe('paused');
    expect((await engine.drain({ ...SHORT, overrides: [`evidence:${recorder}`] }, by, listen, HOURS)).outcome).toBe('ready');
  });

  it.each(['W3SVC', 'mssql$rtclocal', 'REPLICA'])('refuses infrastructure by name, before anything is changed: %s', async (name) => {
    const harness = await openHarness();
    const { engine, by, listen, orders, records } = harness.begin();
    const services = [name, 'RTCRGS'];
    expect(await engine.drain({ ...SHORT, services, overrides: [`evidence:${name}`] }, by, listen, HOURS)).toMatchObject({
      outcome: 'blocked',
      problem: { id: 'infrastructure' },
    });
    expect(await engine.pause({ ...QUICK_PAUSE, services }, by, listen, HOURS)).toMatchObject({
      outcome: 'blocked',
      problem: { id: 'infrastructure' },
    });
    expect([orders, records.list()]).toEqual([[], []]);
  });
});

describe('a planned service that was removed', () => {
  it.each([null, ['RTCCPS']])('is named at once by every further drain, instead of waiting for it: %s', async (services) => {
    const harness = await openHarness('vanishes');
    const { engine, by, listen } = harness.begin();
    await engine.drain(SHORT, by, listen, HOURS);
    const again = await engine.drain({ ...SHORT, services }, by, listen, HOURS);
    expect(again).toMatchObject({ outcome: 'partly', problem: { id: 'service-missing', params: { serviceName: 'RTCMEDSRV' } } });
    expect((await engine.plan({ ...SHORT, services })).checklist.services.find((row) => row.serviceName === 'RTCMEDSRV')?.state).toBe(
      'missing',
    );
  });

  it('keeps the run open until somebody lets it go', async () => {
    const harness = await openHarness('vanishes');
    const { engine, by, listen } = harness.begin();
    await engine.drain(SHORT, by, listen, HOURS);
    for (const conflicts of [null, 'original'] as const) {
      expect((await engine.resume({ ...RESUME_ALL, conflicts }, by, listen, PATIENT)).problem?.id).toBe('service-missing');
    }
    expect((await engine.observe()).run?.phase).toBe('returning');
    expect(await engine.resume({ ...RESUME_ALL, conflicts: 'keep' }, by, listen, PATIENT)).toMatchObject({
      outcome: 'returned',
      problem: null,
    });
    expect((await engine.observe()).run).toBeNull();
  });
});

describe('a service that somebody else moved', () => {
  it('from stopped to running is paused by the drain, and not left paused by the way back', async () => {
    const harness = await openHarness();
    await harness.server.console.control('RTCCPS', 'stop');
    harness.pass(MINUTE_MS);
    const { engine, by, listen } = harness.begin();
    let hasStarted = false;
    const meddle = (event: EngineEvent): void => {
      if (event.type !== 'step' || hasStarted) return;
      hasStarted = true;
      void harness.server.console.control('RTCCPS', 'start');
    };
    await engine.drain(SHORT, by, meddle, HOURS);
    await engine.drain(SHORT, by, listen, HOURS);
    expect((await harness.snapshot()).get('RTCCPS')?.state).toBe('paused');
    expect((await engine.resume(RESUME_ALL, by, listen, PATIENT)).outcome).toBe('returned');
    expect((await harness.snapshot()).get('RTCCPS')).toMatchObject({ state: 'running', start: AUTO });
  });

  it('is told of each time, not only the first', async () => {
    const harness = await openHarness('stalled');
    const { engine, by } = harness.begin();
    await engine.drain(SHORT, by, () => undefined, { ...PATIENT, timeoutMs: 0 });
    const events: EngineEvent[] = [];
    let ticks = 0;
    const meddle = (event: EngineEvent): void => {
      events.push(event);
      if (event.type !== 'sessions') return;
      ticks += 1;
      if (ticks === 5 || ticks === 25) void harness.server.console.control('RTCRGS', 'continue');
      if (ticks === 15) void harness.server.console.control('RTCRGS', 'pause');
    };
    await engine.watch(by, meddle, { ...PATIENT, timeoutMs: MINUTE_MS });
    expect(events.filter((event) => event.type === 'outside-change')).toHaveLength(2);
  });

  it('by its start type just before the end is not overlooked', async () => {
    const harness = await openHarness();
    const { engine, by } = harness.begin();
    const meddle = (event: EngineEvent): void => {
      if (event.type === 'sessions' && event.checklist.quiet.kind === 'holding' && event.checklist.quiet.heldMs > 3_000) {
        void harness.server.console.setStart('RTCRGS', AUTO);
      }
    };
    const result = await engine.drain(SHORT, by, meddle, HOURS);
    expect(result).toMatchObject({
      outcome: 'changed-outside',
      problem: { id: 'start-type-changed-outside' },
      checklist: { ready: false },
    });
  });
});

describe('several at once', () => {
  it('two onlookers see the same drain become ready, and spoil nothing', async () => {
    const harness = await openHarness();
    const first = harness.begin();
    await first.engine.drain(DRAIN_ALL, first.by, first.listen, { ...PATIENT, timeoutMs: 0 });
    const [one, other] = [harness.begin(), harness.begin()];
    const results = await Promise.all([one, other].map(({ engine, by, listen }) => engine.watch(by, listen, HOURS)));
    expect(results.map(({ outcome }) => outcome)).toEqual(['ready', 'ready']);
    expect(first.records.findOpen()?.damage).toBeNull();
    expect(entryTypes(first).filter((type) => type === 'quiet')).toHaveLength(1);
  });

  it('everybody can look while a command works, but only one gives orders', async () => {
    const harness = await openHarness();
    const first = harness.begin();
    const other = harness.begin();
    const seen: unknown[] = [];
    let isAsked = false;
    const look = async (event: EngineEvent): Promise<void> => {
      if (event.type !== 'sessions' || isAsked) return;
      isAsked = true;
      seen.push((await other.engine.observe()).run?.phase);
      seen.push((await other.engine.resume(RESUME_ALL, other.by, other.listen, PATIENT)).outcome);
    };
    const looks: Promise<void>[] = [];
    await first.engine.drain(SHORT, first.by, (event) => void looks.push(look(event)), HOURS);
    await Promise.all(looks);
    expect(seen).toEqual(['draining', 'locked']);
    expect(other.orders).toEqual([]);
  });

  it('a sign-off given twice stays the first one', async () => {
    const harness = await openHarness();
    const { engine, by, listen } = harness.begin();
    await engine.drain(SHORT, by, listen, HOURS);
    await engine.confirm({ ...SIGN_OFF, note: 'first' }, by, listen);
    expect(await engine.confirm({ ...SIGN_OFF, note: 'second' }, by, listen)).toMatchObject({
      outcome: 'nothing-to-do',
      checklist: { run: { confirmed: { note: 'first' } } },
    });
  });
});

describe('whoever listens', () => {
  it('does not stop the engine by failing', async () => {
    const harness = await openHarness();
    const before = await harness.snapshot();
    const { engine, by } = harness.begin();
    const fail = (): never => {
      throw new Error('the terminal is gone');
    };
    expect((await engine.drain(SHORT, by, fail, HOURS)).outcome).toBe('ready');
    expect((await engine.watch(by, fail, HOURS)).outcome).toBe('ready');
    expect((await engine.confirm(SIGN_OFF, by, fail)).outcome).toBe('confirmed');
    expect((await engine.resume(RESUME_ALL, by, fail, PATIENT)).outcome).toBe('returned');
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });
});

describe('counters', () => {
  it('are given back after every command, also one that was refused', async () => {
    const harness = await openHarness();
    const { engine, by, listen, openReadings } = harness.begin();
    const commands: readonly [string, () => Promise<unknown>][] = [
      ['observe', () => engine.observe()],
      ['plan', () => engine.plan(DRAIN_ALL)],
      ['refused plan', () => engine.plan({ ...DRAIN_ALL, services: ['nobody'] }).catch(() => null)],
      ['refused drain', () => engine.drain({ ...DRAIN_ALL, services: ['nobody'] }, by, listen, HOURS)],
      ['watch without a run', () => engine.watch(by, listen, HOURS)],
      ['drain', () => engine.drain(SHORT, by, listen, HOURS)],
      ['refused pause', () => engine.pause(QUICK_PAUSE, by, listen, HOURS)],
      ['watch', () => engine.watch(by, listen, HOURS)],
      ['confirm', () => engine.confirm(SIGN_OFF, by, listen)],
      ['refused resume', () => engine.resume({ ...RESUME_ALL, services: ['W3SVC'] }, by, listen, PATIENT)],
      ['resume', () => engine.resume(RESUME_ALL, by, listen, PATIENT)],
    ];
    for (const [name, give] of commands) {
      await give();
      expect([name, openReadings()]).toEqual([name, false]);
    }
  });
});

describe('a service on its way when the drain begins', () => {
  it.each([
    ['start', 'stop'],
    ['continue', 'pause'],
  ] as const)('is waited for, and its way back ends running: %s', async (move, before) => {
    const harness = await openHarness();
    const { console } = harness.server;
    await console.control('RTCRGS', before);
    harness.pass(MINUTE_MS);
    await console.control('RTCRGS', move);
    const { engine, by, listen, records } = harness.begin();
    expect((await engine.drain(SHORT, by, listen, HOURS)).outcome).toBe('ready');
    expect(records.findOpen()?.run?.services.get('RTCRGS')?.original.state).toBe(`${move}-pending`);
    expect((await engine.resume(RESUME_ALL, by, listen, PATIENT)).outcome).toBe('returned');
    expect((await harness.snapshot()).get('RTCRGS')?.state).toBe('running');
  });

  it('to paused stays paused on the way back', async () => {
    const harness = await openHarness();
    await harness.server.console.control('RTCRGS', 'pause');
    const { engine, by, listen } = harness.begin();
    expect((await engine.drain(SHORT, by, listen, HOURS)).outcome).toBe('ready');
    expect((await engine.resume(RESUME_ALL, by, listen, PATIENT)).outcome).toBe('returned');
    expect((await harness.snapshot()).get('RTCRGS')).toMatchObject({ state: 'paused', start: { startType: 'auto' } });
  });
});
