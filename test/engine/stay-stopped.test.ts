import { describe, expect, it } from 'vitest';

import { atStep, openRunOf, stateOf } from '../harness/engine/administrators.js';
import { differences, DRAIN_ALL, HOURS, PATIENT, RESUME_ALL } from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';

const MINUTE_MS = 60_000;
const SHORT = { ...DRAIN_ALL, holdTimeMs: 5_000 };

const openHarness = harnessesOf('quiet');

describe('the way back that stays stopped', () => {
  const STAY = { ...RESUME_ALL, stayStopped: true };

  it('starts and continues nothing, and a later one finishes', async () => {
    const harness = await openHarness();
    const before = await harness.snapshot();
    const first = harness.begin();
    await first.engine.drain(SHORT, first.by, first.listen, HOURS);
    const second = harness.begin();
    const stayed = await second.engine.resume(STAY, second.by, second.listen, PATIENT);
    expect(stayed).toMatchObject({ outcome: 'returned', problem: null, checklist: { run: { phase: 'returning' } } });
    expect(second.orders.filter((order) => !order.startsWith('set '))).toEqual([]);
    const after = await harness.snapshot();
    expect([...before].filter(([name, { start }]) => JSON.stringify(after.get(name)?.start) !== JSON.stringify(start))).toEqual([]);
    expect(openRunOf(second)).not.toBeNull();
    expect((await second.engine.resume(RESUME_ALL, second.by, second.listen, PATIENT)).outcome).toBe('returned');
    expect(openRunOf(second)).toBeNull();
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });

  it('for one service, then a restart: a later one starts that service too', async () => {
    const harness = await openHarness('quiet', 1, (state) => ({
      ...state,
      services: state.services.map((service) =>
        service.serviceName === 'RTCSRV' ? { ...service, starts: [{ atMs: 0, start: { startType: 'demand', delayed: false } }] } : service,
      ),
    }));
    const program = harness.begin();
    const { engine, by, listen } = program;
    await engine.drain(SHORT, by, listen, HOURS);
    expect((await engine.resume({ ...STAY, services: ['RTCSRV'] }, by, listen, PATIENT)).outcome).toBe('returned');
    await harness.server.console.restart();
    harness.pass(10 * MINUTE_MS);
    expect((await engine.resume(RESUME_ALL, by, listen, PATIENT)).outcome).toBe('returned');
    expect((await harness.snapshot()).get('RTCSRV')).toMatchObject({ state: 'running', start: { startType: 'demand' } });
    expect(openRunOf(program)).toBeNull();
  });

  it('leaves the run open after a restart as well, so that it can be finished', async () => {
    const harness = await openHarness();
    const before = await harness.snapshot();
    const program = harness.begin();
    const { engine, by, listen } = program;
    await engine.drain(SHORT, by, listen, HOURS);
    await harness.server.console.restart();
    harness.pass(10 * MINUTE_MS);
    expect((await engine.resume(STAY, by, listen, PATIENT)).outcome).toBe('returned');
    expect(await stateOf(harness, 'RTCSRV')).toBe('stopped');
    expect(openRunOf(program)).not.toBeNull();
    expect((await engine.resume(RESUME_ALL, by, listen, PATIENT)).outcome).toBe('returned');
    // Windows itself started this one after the restart.
    expect(differences(before, await harness.snapshot(), ['wuauserv'])).toEqual([]);
  });

  it('closes the run when nothing is left to start', async () => {
    const harness = await openHarness();
    const program = harness.begin();
    const { engine, by, listen } = program;
    await engine.drain(SHORT, by, listen, { ...HOURS, signal: AbortSignal.abort() });
    expect((await engine.resume(STAY, by, listen, PATIENT)).outcome).toBe('returned');
    expect(openRunOf(program)).toBeNull();
  });
});

describe('a way back that was stopped half way', () => {
  it('says what is back and what is not, and only that is on its way', async () => {
    const harness = await openHarness();
    const { engine, by, listen } = harness.begin();
    const services = ['RTCSRV', 'RTCRGS', 'RTCMEDSRV'];
    await engine.drain({ ...SHORT, services }, by, listen, HOURS);
    const interrupt = new AbortController();
    const stop = atStep('continue', 'done', 'RTCSRV', () => interrupt.abort());
    const stopped = await engine.resume(RESUME_ALL, by, stop, { ...PATIENT, signal: interrupt.signal });
    expect(stopped).toMatchObject({ outcome: 'interrupted', problem: { id: 'way-back-interrupted', params: { back: 1, left: 2 } } });
    const rows = Object.fromEntries((stopped.checklist?.services ?? []).map((row) => [row.serviceName, row.wayBack]));
    expect(rows).toMatchObject({ RTCSRV: 'done', RTCRGS: 'todo', RTCMEDSRV: 'todo' });
  });
});
