import { describe, expect, it } from 'vitest';

import type { EngineEvent } from '../../electron/engine/engine.js';
import { atStep, isStep, openRunOf, stateOf } from '../harness/engine/administrators.js';
import {
  differences,
  DRAIN_ALL,
  HOURS,
  NO_WAIT,
  PATIENT,
  QUICK_PAUSE,
  RESUME_ALL,
  type EngineHarness,
} from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';
import { AUTO, DISABLED, MANUAL } from '../harness/fakes/server-facts.js';

const MINUTE_MS = 60_000;
const SHORT = { ...DRAIN_ALL, holdTimeMs: 5_000 };

const openHarness = harnessesOf('quiet');

describe('a service that was found stopped and disabled', () => {
  it('is as before on every way back, and keeps no run open', async () => {
    const harness = await openHarness();
    const before = await harness.snapshot();
    const program = harness.begin();
    const { engine, by, listen, records } = program;
    const drained = await engine.drain(SHORT, by, listen, HOURS);
    expect(drained.checklist!.services).toContainEqual(
      expect.objectContaining({ serviceName: 'RTCXMPPTGW', state: 'stopped', planned: true }),
    );
    const touched = [...records.findOpen()!.run!.services.keys()].filter((name) => name !== 'RTCXMPPTGW');
    const some = await engine.resume({ ...RESUME_ALL, services: touched.slice(0, 2) }, by, listen, PATIENT);
    expect(some.checklist!.services.filter(({ planned, wayBack }) => planned && wayBack === 'done').map((row) => row.serviceName)).toEqual([
      ...touched.slice(0, 2),
      'RTCXMPPTGW',
    ]);
    const all = await engine.resume({ ...RESUME_ALL, services: touched.slice(2) }, by, listen, PATIENT);
    expect(all).toMatchObject({ outcome: 'returned', checklist: { run: { phase: 'closed' } } });
    expect(records.list()[0]!.run!.services.get('RTCXMPPTGW')).toMatchObject({ returned: 'was-as-before' });
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });

  it('keeps the run open while another person has changed it', async () => {
    const harness = await openHarness();
    const program = harness.begin();
    const { engine, by, listen, records } = program;
    await engine.drain(SHORT, by, listen, HOURS);
    await harness.server.console.setStart('RTCXMPPTGW', AUTO);
    const touched = [...records.findOpen()!.run!.services.keys()].filter((name) => name !== 'RTCXMPPTGW');
    const { checklist } = await engine.resume({ ...RESUME_ALL, services: touched }, by, listen, PATIENT);
    expect(checklist!.run!.phase).toBe('returning');
    expect(openRunOf(program)).not.toBeNull();
  });
});

describe('before a run is closed', () => {
  it('a service that another administrator paused just before this run could is asked about', async () => {
    for (const conflicts of ['original', 'keep'] as const) {
      const harness = await openHarness();
      const program = harness.begin();
      const { engine, by, listen } = program;
      const meddle = atStep('pause', 'done', 'RTCMEDSRV', () => void harness.server.console.control('RTCSRV', 'pause'));
      expect((await engine.drain(SHORT, by, meddle, HOURS)).outcome).toBe('ready');
      const asked = await engine.resume(RESUME_ALL, by, listen, PATIENT);
      expect(asked).toMatchObject({
        outcome: 'changed-outside',
        problem: { id: 'state-differs', params: { serviceName: 'RTCSRV', stateBefore: 'running', state: 'paused' } },
      });
      expect(await stateOf(harness, 'RTCSRV')).toBe('paused');
      expect(openRunOf(program)).not.toBeNull();
      expect(await engine.resume({ ...RESUME_ALL, conflicts }, by, listen, PATIENT)).toMatchObject({ outcome: 'returned', problem: null });
      expect(await stateOf(harness, 'RTCSRV')).toBe(conflicts === 'original' ? 'running' : 'paused');
      expect(openRunOf(program)).toBeNull();
    }
  });

  it('a service that came back first and stopped while the others were on their way is started again', async () => {
    const harness = await openHarness();
    const before = await harness.snapshot();
    const program = harness.begin();
    const { engine, by, listen } = program;
    await engine.drain(SHORT, by, listen, HOURS);
    const meddle = atStep('continue', 'done', 'RTCCPS', () => void harness.server.console.control('RTCSRV', 'stop'));
    // It took calls until it stopped, however empty it was before it came back.
    expect(await engine.resume(RESUME_ALL, by, meddle, PATIENT)).toMatchObject({
      outcome: 'lost',
      checklist: { run: { phase: 'closed' }, losses: [{ serviceName: 'RTCSRV', certainty: 'unknown' }] },
    });
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });

  it('a service that stops each time it is brought back is named in the end', async () => {
    const harness = await openHarness();
    const program = harness.begin();
    const { engine, by, listen } = program;
    await engine.drain(SHORT, by, listen, HOURS);
    const meddle = (event: EngineEvent): void => {
      if (isStep(event, 'continue', 'done', 'RTCSRV') || isStep(event, 'start', 'done', 'RTCSRV')) {
        void harness.server.console.control('RTCSRV', 'stop');
      }
    };
    expect(await engine.resume(RESUME_ALL, by, meddle, PATIENT)).toMatchObject({
      outcome: 'partly',
      problem: { id: 'state-reverted', params: { serviceName: 'RTCSRV' } },
    });
    expect(openRunOf(program)).not.toBeNull();
    expect((await engine.resume(RESUME_ALL, by, listen, PATIENT)).outcome).toBe('returned');
    expect(await stateOf(harness, 'RTCSRV')).toBe('running');
  });

  it('a planned service that the run never touched and another person stopped is asked about', async () => {
    const harness = await openHarness();
    const program = harness.begin();
    const { engine, by, listen } = program;
    const interrupt = new AbortController();
    const stop = atStep('pause', 'done', 'RTCMEDSRV', () => interrupt.abort());
    await engine.drain(SHORT, by, stop, { ...HOURS, signal: interrupt.signal });
    await harness.server.console.control('RTCRGS', 'stop');
    // Soon after it showed no session: of a service that takes calls, a zero of a minute ago says nothing.
    harness.pass(5_000);
    expect(await engine.resume(RESUME_ALL, by, listen, PATIENT)).toMatchObject({
      outcome: 'changed-outside',
      problem: { id: 'state-differs', params: { serviceName: 'RTCRGS', stateBefore: 'running', state: 'stopped' } },
    });
    expect(await stateOf(harness, 'RTCMEDSRV')).toBe('running');
    expect(openRunOf(program)).not.toBeNull();
    expect((await engine.resume({ ...RESUME_ALL, conflicts: 'original' }, by, listen, PATIENT)).outcome).toBe('returned');
    expect(await stateOf(harness, 'RTCRGS')).toBe('running');
  });

  it('a paused service that another person stopped is started unasked', async () => {
    const harness = await openHarness();
    const before = await harness.snapshot();
    const { engine, by, listen } = harness.begin();
    await engine.drain(SHORT, by, listen, HOURS);
    await harness.server.console.control('RTCRGS', 'stop');
    harness.pass(MINUTE_MS);
    expect((await engine.resume(RESUME_ALL, by, listen, PATIENT)).outcome).toBe('returned');
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });

  it('a service that came back under an earlier order and changed since keeps the run open', async () => {
    const harness = await openHarness();
    const program = harness.begin();
    const { engine, by, listen } = program;
    const services = ['RTCRGS', 'RTCCPS'];
    await engine.drain({ ...SHORT, services }, by, listen, HOURS);
    await engine.resume({ ...RESUME_ALL, services: ['RTCCPS'] }, by, listen, PATIENT);
    await harness.server.console.setStart('RTCCPS', DISABLED);
    const named = await engine.resume({ ...RESUME_ALL, services: ['RTCRGS'] }, by, listen, PATIENT);
    expect(named).toMatchObject({ outcome: 'returned', checklist: { run: { phase: 'returning' } } });
    expect(openRunOf(program)).not.toBeNull();
    expect(await engine.resume(RESUME_ALL, by, listen, PATIENT)).toMatchObject({
      outcome: 'changed-outside',
      problem: { id: 'conflict', params: { serviceName: 'RTCCPS' } },
    });
    expect((await engine.resume({ ...RESUME_ALL, conflicts: 'keep' }, by, listen, PATIENT)).outcome).toBe('returned');
    expect((await harness.snapshot()).get('RTCCPS')?.start.startType).toBe('disabled');
    expect(openRunOf(program)).toBeNull();
  });

  it('a service that another person disabled is asked about before it is started, and stays stopped where that is kept', async () => {
    const harness = await openHarness();
    const program = harness.begin();
    const { engine, by, listen, orders } = program;
    await engine.drain(SHORT, by, listen, HOURS);
    await harness.server.console.control('RTCCPS', 'stop');
    await harness.server.console.setStart('RTCCPS', DISABLED);
    harness.pass(MINUTE_MS);
    expect(await engine.resume(RESUME_ALL, by, listen, PATIENT)).toMatchObject({
      outcome: 'changed-outside',
      problem: { id: 'conflict', params: { serviceName: 'RTCCPS', now: 'disabled' } },
    });
    const kept = await engine.resume({ ...RESUME_ALL, conflicts: 'keep' }, by, listen, PATIENT);
    expect(kept).toMatchObject({ outcome: 'returned', problem: null });
    expect(orders).not.toContain('start RTCCPS');
    const { entries } = program.records.list()[0]!;
    expect(entries.filter(({ type }) => type === 'failed')).toEqual([]);
    expect(entries.filter(({ type }) => type === 'choice')).toMatchObject([
      { serviceName: 'RTCCPS', choice: 'keep', kept: { state: 'stopped', start: { startType: 'disabled' } } },
    ]);
    expect((await harness.snapshot()).get('RTCCPS')).toMatchObject({ state: 'stopped', start: { startType: 'disabled' } });
    expect(openRunOf(program)).toBeNull();
  });

  it('a service that was kept Disabled while it was paused, and has stopped since, is asked about instead of started', async () => {
    const harness = await openHarness();
    const program = harness.begin();
    const { engine, by, listen, orders } = program;
    await engine.drain(SHORT, by, listen, HOURS);
    await harness.server.console.setStart('RTCCPS', DISABLED);
    await engine.resume({ ...RESUME_ALL, services: ['RTCCPS'], conflicts: 'keep' }, by, listen, PATIENT);
    await harness.server.console.control('RTCCPS', 'stop');
    harness.pass(MINUTE_MS);
    // It took calls until it stopped: that outranks the question.
    const asked = await engine.resume(RESUME_ALL, by, listen, PATIENT);
    expect(asked).toMatchObject({ outcome: 'lost', checklist: { run: { phase: 'returning' } } });
    expect((await engine.resume({ ...RESUME_ALL, conflicts: 'keep' }, by, listen, PATIENT)).checklist?.run?.phase).toBe('closed');
    expect(orders).not.toContain('start RTCCPS');
  });

  it.each([
    ['keep', 'closed', 'stopped', 'disabled'],
    ['original', 'returning', 'stopped', 'disabled'],
  ] as const)('one that was disabled before the start type was held is asked about too; %s', async (conflicts, phase, state, startType) => {
    const harness = await openHarness();
    const { engine, by, listen, orders } = harness.begin();
    const services = ['RTCRGS', 'RTCCPS'];
    await engine.drain({ ...SHORT, services, hold: null }, by, listen, HOURS);
    await harness.server.console.setStart('RTCCPS', DISABLED);
    await engine.drain({ ...SHORT, services, hold: null }, by, listen, HOURS);
    await harness.server.console.control('RTCCPS', 'stop');
    harness.pass(MINUTE_MS);
    expect(await engine.resume(RESUME_ALL, by, listen, PATIENT)).toMatchObject({
      outcome: 'changed-outside',
      problem: { id: 'state-differs' },
    });
    expect(orders).not.toContain('start RTCCPS');
    const { checklist } = await engine.resume({ ...RESUME_ALL, conflicts }, by, listen, PATIENT);
    expect(checklist?.run?.phase).toBe(phase);
    expect((await harness.snapshot()).get('RTCCPS')).toMatchObject({ state, start: { startType } });
  });

  it('a difference that was kept under an earlier order is not asked about again', async () => {
    const harness = await openHarness();
    const program = harness.begin();
    const { engine, by, listen } = program;
    await engine.drain(SHORT, by, listen, HOURS);
    await harness.server.console.setStart('RTCCPS', DISABLED);
    await engine.resume({ ...RESUME_ALL, services: ['RTCCPS'], conflicts: 'keep' }, by, listen, PATIENT);
    expect(await engine.resume(RESUME_ALL, by, listen, PATIENT)).toMatchObject({ outcome: 'returned', problem: null });
    expect((await harness.snapshot()).get('RTCCPS')).toMatchObject({ state: 'running', start: { startType: 'disabled' } });
    expect(openRunOf(program)).toBeNull();
  });

  it('a service that was found stopped and runs now is asked about, and never stopped', async () => {
    const harness = await openHarness();
    const { console } = harness.server;
    await console.control('RTCCPS', 'stop');
    harness.pass(MINUTE_MS);
    const program = harness.begin();
    const { engine, by, listen } = program;
    await engine.drain(SHORT, by, listen, HOURS);
    await console.control('RTCCPS', 'start');
    harness.pass(MINUTE_MS);
    const asked = await engine.resume(RESUME_ALL, by, listen, PATIENT);
    expect(asked).toMatchObject({
      outcome: 'changed-outside',
      problem: { id: 'state-differs', params: { serviceName: 'RTCCPS', stateBefore: 'stopped', state: 'running' } },
    });
    const original = await engine.resume({ ...RESUME_ALL, conflicts: 'original' }, by, listen, PATIENT);
    expect(original).toMatchObject({ outcome: 'changed-outside', problem: { id: 'stop-by-hand', params: { serviceName: 'RTCCPS' } } });
    expect(await stateOf(harness, 'RTCCPS')).toBe('running');
    expect(openRunOf(program)).not.toBeNull();
    expect((await engine.resume({ ...RESUME_ALL, conflicts: 'keep' }, by, listen, PATIENT)).outcome).toBe('returned');
  });
});

describe('a service that was found paused', () => {
  async function openPaused(): Promise<EngineHarness> {
    const harness = await openHarness();
    await harness.server.console.control('RTCRGS', 'pause');
    harness.pass(MINUTE_MS);
    return harness;
  }

  it('is told before the first change, and again with the result', async () => {
    const harness = await openPaused();
    const { engine, by, listen, events } = harness.begin();
    const warned = (checks: readonly { readonly id: string }[]): boolean => checks.some(({ id }) => id === 'found-paused');
    expect(warned((await engine.plan(SHORT)).checklist.checks)).toBe(true);
    const { checklist } = await engine.drain(SHORT, by, listen, HOURS);
    expect(warned(events.flatMap((event) => (event.type === 'check' ? [event.check] : [])))).toBe(true);
    expect(warned(checklist?.checks ?? [])).toBe(true);
    expect((await engine.plan(SHORT)).checklist.checks.find(({ id }) => id === 'found-paused')).toMatchObject({
      message: { params: { services: 'RTCRGS' } },
    });
    const back = await engine.resume(RESUME_ALL, by, listen, PATIENT);
    expect(back.checklist?.services.find(({ serviceName }) => serviceName === 'RTCRGS')).toMatchObject({
      state: 'paused',
      originalState: 'paused',
      wayBack: 'done',
    });
  });

  it('is paused again after a restart has left it stopped', async () => {
    const harness = await openPaused();
    const { engine, by, listen } = harness.begin();
    await engine.drain(SHORT, by, listen, HOURS);
    await harness.server.console.restart();
    expect(await engine.resume(RESUME_ALL, by, listen, PATIENT)).toMatchObject({ outcome: 'returned', problem: null });
    expect((await harness.snapshot()).get('RTCRGS')).toMatchObject({ state: 'paused', start: { startType: 'auto' } });
  });

  it('and resumed by another person is asked about, and paused again where that is chosen', async () => {
    const harness = await openPaused();
    const { engine, by, listen } = harness.begin();
    await engine.drain({ ...SHORT, services: ['RTCRGS', 'RTCCPS'] }, by, listen, HOURS);
    await harness.server.console.control('RTCRGS', 'continue');
    harness.pass(MINUTE_MS);
    expect(await engine.resume(RESUME_ALL, by, listen, PATIENT)).toMatchObject({
      outcome: 'changed-outside',
      problem: { id: 'state-differs', params: { serviceName: 'RTCRGS', stateBefore: 'paused', state: 'running' } },
    });
    expect((await engine.resume({ ...RESUME_ALL, conflicts: 'original' }, by, listen, PATIENT)).outcome).toBe('returned');
    expect(await stateOf(harness, 'RTCRGS')).toBe('paused');
  });
});

describe('a start type', () => {
  it.each(['original', 'keep'] as const)(
    'that another person set before this run set any is asked about, and the choice obeyed: %s',
    async (conflicts) => {
      const harness = await openHarness();
      const program = harness.begin();
      const { engine, by, listen } = program;
      const interrupt = new AbortController();
      const stop = atStep('pause', 'done', 'RTCRGS', () => interrupt.abort());
      await engine.drain(SHORT, by, stop, { ...HOURS, signal: interrupt.signal });
      await harness.server.console.setStart('RTCRGS', MANUAL);
      const asked = await engine.resume(RESUME_ALL, by, listen, PATIENT);
      expect(asked).toMatchObject({
        outcome: 'changed-outside',
        problem: { id: 'conflict', params: { serviceName: 'RTCRGS', original: 'auto-delayed', now: 'demand' } },
      });
      // Whatever is chosen for the start type, the service runs again.
      expect(await stateOf(harness, 'RTCRGS')).toBe('running');
      const end = await engine.resume({ ...RESUME_ALL, conflicts }, by, listen, PATIENT);
      expect(end).toMatchObject({ outcome: 'returned', problem: null });
      expect((await harness.snapshot()).get('RTCRGS')?.start.startType).toBe(conflicts === 'original' ? 'auto' : 'demand');
      expect(openRunOf(program)).toBeNull();
      const row = end.checklist?.services.find(({ serviceName }) => serviceName === 'RTCRGS');
      expect(row?.returned).toBe(conflicts === 'original' ? 'restored' : 'kept');
    },
  );

  it('that was set on purpose after the way back restored it is what a further drain brings back, and is told', async () => {
    const harness = await openHarness('logon-failed');
    const { engine, by, listen } = harness.begin();
    const services = ['RTCRGS', 'RTCCPS'];
    await engine.drain({ ...SHORT, services }, by, listen, HOURS);
    await harness.server.console.restart();
    expect(await engine.resume(RESUME_ALL, by, listen, PATIENT)).toMatchObject({ outcome: 'partly', problem: { id: 'logon-failed' } });
    const { start } = (await harness.snapshot()).get('RTCRGS')!;
    const other = start.delayed === true ? AUTO : ({ startType: 'auto', delayed: true } as const);
    await harness.server.console.setStart('RTCRGS', other);
    const again = harness.begin();
    await again.engine.drain({ ...SHORT, services }, again.by, again.listen, HOURS);
    expect(again.events).toContainEqual(
      expect.objectContaining({
        type: 'outside-change',
        serviceName: 'RTCRGS',
        problem: expect.objectContaining({ id: 'start-type-moved' }) as unknown,
      }),
    );
    await harness.server.console.control('RTCRGS', 'start');
    harness.pass(MINUTE_MS);
    await again.engine.resume(RESUME_ALL, again.by, again.listen, PATIENT);
    expect((await harness.snapshot()).get('RTCRGS')?.start).toEqual(other);
  });

  it('that another person changed between a pause and the drain is told, and both are shown', async () => {
    const harness = await openHarness();
    const { engine, by, listen, events } = harness.begin();
    await engine.pause(QUICK_PAUSE, by, listen, NO_WAIT);
    await harness.server.console.setStart('RTCRGS', AUTO);
    const { checklist } = await engine.drain(SHORT, by, listen, HOURS);
    expect(events.filter((event) => event.type === 'outside-change')).toMatchObject([
      { serviceName: 'RTCRGS', problem: { id: 'start-type-moved', params: { first: 'auto-delayed', now: 'auto' } } },
    ]);
    expect(checklist?.services.find(({ serviceName }) => serviceName === 'RTCRGS')).toMatchObject({
      firstStartType: 'auto-delayed',
      originalStartType: 'auto',
    });
  });
});
