import { describe, expect, it, vi } from 'vitest';

import type { SimulatedService, SimulatedState } from '../../electron/adapters/simulator/simulated-state.js';
import { problem, ProblemError, type ProblemId } from '../../electron/contract/problem.js';
import { CATALOGUE, drainGroupPlace } from '../../electron/core/catalogue/catalogue.js';
import type { CommandResult, EngineEvent } from '../../electron/engine/engine.js';
import { atStep, openRunOf, stateOf } from '../harness/engine/administrators.js';
import {
  differences,
  DRAIN_ALL,
  type EngineHarness,
  HOURS,
  type Program,
  NO_WAIT,
  PATIENT,
  QUICK_PAUSE,
  RESUME_ALL,
} from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const SHORT = { ...DRAIN_ALL, holdTimeMs: 5_000 };

const openHarness = harnessesOf('quiet');

/** Every Lync service takes a second to change its state, but those that are named. */
function paced(change: (service: SimulatedService) => Partial<SimulatedService> = () => ({})): (state: SimulatedState) => SimulatedState {
  const pace = { pause: SECOND_MS, continue: SECOND_MS, start: SECOND_MS, stop: SECOND_MS };
  return (state) => ({
    ...state,
    services: state.services.map((service) => (service.sessions === null ? service : { ...service, pace, ...change(service) })),
  });
}

/** One service reacts in its own way. */
function reacting(serviceName: string, reactions: SimulatedService['reactions']): (state: SimulatedState) => SimulatedState {
  return paced((service) => (service.serviceName === serviceName ? { reactions } : {}));
}

/** What became of each step: `at` the millisecond since the first one of which listeners heard. */
interface Told {
  readonly at: number;
  readonly what: string;
}

function stepsOf(events: readonly EngineEvent[]): readonly Told[] {
  const steps = events.flatMap((event) => (event.type === 'step' ? [event] : []));
  return steps.map(({ upMs, serviceName, step, state }) => ({ at: upMs - steps[0]!.upMs, what: `${step} ${serviceName} ${state}` }));
}

function atOf(told: readonly Told[], what: string): number {
  return told.find((one) => one.what === what)?.at ?? Number.NaN;
}

function timesOf(told: readonly Told[], pattern: RegExp): readonly number[] {
  return told.filter(({ what }) => pattern.test(what)).map(({ at }) => at);
}

async function drain(
  harness: EngineHarness,
  more: Partial<typeof SHORT> = {},
): Promise<{ program: Program; result: CommandResult; told: readonly Told[] }> {
  const program = harness.begin();
  const result = await program.engine.drain({ ...SHORT, ...more }, program.by, program.listen, HOURS);
  return { program, result, told: stepsOf(program.events) };
}

async function resume(harness: EngineHarness): Promise<{ program: Program; result: CommandResult; told: readonly Told[] }> {
  const program = harness.begin();
  const result = await program.engine.resume(RESUME_ALL, program.by, program.listen, PATIENT);
  return { program, result, told: stepsOf(program.events) };
}

const APPLICATIONS = ['RTCRGS', 'RTCCPS', 'RTCCAA', 'RTCCAS', 'RTCATS'];
const CONFERENCING = ['RTCAVMCU', 'RTCASMCU', 'RTCDATAMCU', 'RTCIMMCU'];

describe('the services of one drain group', () => {
  it('are all ordered before the first of them is paused', async () => {
    const { told } = await drain(await openHarness('quiet', 1, paced()));
    for (const group of [APPLICATIONS, CONFERENCING]) {
      const begun = group.map((name) => atOf(told, `pause ${name} doing`));
      const done = group.map((name) => atOf(told, `pause ${name} done`));
      expect(Math.max(...begun)).toBeLessThan(Math.min(...done));
    }
  });

  it('are paused before the next group is ordered', async () => {
    const { told } = await drain(await openHarness('quiet', 1, paced()));
    const groups = [['RTCMEDSRV'], APPLICATIONS, CONFERENCING, ['RTCSRV']];
    const spans = groups.map((group) => group.flatMap((name) => [atOf(told, `pause ${name} doing`), atOf(told, `pause ${name} done`)]));
    for (const [index, span] of spans.slice(1).entries()) expect(Math.min(...span)).toBeGreaterThanOrEqual(Math.max(...spans[index]!));
    expect(Math.min(...timesOf(told, /^manual/))).toBeGreaterThanOrEqual(atOf(told, 'pause RTCSRV done'));
  });

  it('take as long as the slowest of them', async () => {
    const slow = paced(({ serviceName, pace }) =>
      ['RTCCAA', 'RTCATS'].includes(serviceName) ? { pace: { ...pace, pause: 5 * SECOND_MS } } : {},
    );
    const { told } = await drain(await openHarness('quiet', 1, slow));
    const sumOfSlowestMs = (1 + 5 + 1 + 1) * SECOND_MS;
    expect(Math.max(...timesOf(told, /^pause .* done$/))).toBeLessThanOrEqual(1.2 * sumOfSlowestMs);
  });

  it('each have their intention on disk before their order', async () => {
    const harness = await openHarness('quiet', 1, paced());
    const { serviceControl } = harness.server;
    const unannounced: string[] = [];
    const send = serviceControl.sendControl.bind(serviceControl);
    const reader = harness.begin();
    vi.spyOn(serviceControl, 'sendControl').mockImplementation((name, control) => {
      if (control === 'pause' && reader.records.findOpen()?.run?.services.get(name)?.pause.kind !== 'intended') unannounced.push(name);
      return send(name, control);
    });
    await drain(harness);
    expect(unannounced).toEqual([]);
  });

  it('that the catalogue does not know come before the Front-End and after all others', () => {
    const places = CATALOGUE.map(({ serviceName }) => drainGroupPlace(serviceName));
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(drainGroupPlace('AcmeRecorder')).toBeGreaterThan(drainGroupPlace('RTCCOMPL'));
    expect(drainGroupPlace('AcmeRecorder')).toBeLessThan(drainGroupPlace('RTCSRV'));
    expect(drainGroupPlace('rtcsrv')).toBe(drainGroupPlace('RTCSRV'));
  });
});

describe('a group that is not paused in half a minute', () => {
  const hanging = reacting('RTCRGS', {
    pause: { pendingMs: 200 * SECOND_MS, checkpointEveryMs: 2 * SECOND_MS, waitHintMs: 5 * SECOND_MS },
  });

  it('does not hold up the next one, nor the start types of what is paused', async () => {
    const { told, result } = await drain(await openHarness('quiet', 1, hanging));
    const nextGroupMs = atOf(told, 'pause RTCAVMCU doing') - atOf(told, 'pause RTCATS doing');
    expect(nextGroupMs).toBeGreaterThanOrEqual(30 * SECOND_MS);
    expect(nextGroupMs).toBeLessThan(32 * SECOND_MS);
    expect(atOf(told, 'manual RTCSRV done')).toBeLessThan(MINUTE_MS + 10 * SECOND_MS);
    expect(atOf(told, 'pause RTCRGS done')).toBeGreaterThan(200 * SECOND_MS);
    expect(atOf(told, 'manual RTCRGS done')).toBeGreaterThan(200 * SECOND_MS);
    expect(result.outcome).toBe('ready');
  });

  it('is named while it hangs: service, state, seconds', async () => {
    const { program } = await drain(await openHarness('quiet', 1, hanging));
    const waiting = program.events.flatMap((event) => (event.type === 'waiting' ? [event] : []));
    expect(new Set(waiting.map(({ serviceName, step, state, isAnswered }) => `${step} ${serviceName} ${state} ${isAnswered}`))).toEqual(
      new Set(['pause RTCRGS pause-pending true']),
    );
    expect(waiting.slice(0, 3).map(({ sinceMs }) => sinceMs)).toEqual([5_000, 10_000, 15_000]);
    expect(waiting.at(-1)?.sinceMs).toBe(180_000);
  });
});

describe('a handler that is busy', () => {
  it('fails nobody: what could not be reached is ordered again', async () => {
    const harness = await openHarness('quiet', 1, reacting('RTCRGS', { pause: { handlerMs: 70 * SECOND_MS } }));
    const { program, result } = await drain(harness);
    expect(result).toMatchObject({ outcome: 'ready', problem: null });
    expect(program.records.list()[0]!.entries.filter(({ type }) => type === 'failed')).toEqual([]);
    // It blocked two of them; those are ordered again, and so only the busy one is ordered twice without need.
    expect(program.orders.filter((order) => order === 'pause RTCCAA')).toHaveLength(1);
    expect(program.orders.filter((order) => order === 'pause RTCRGS')).toHaveLength(1);
    expect(program.orders.filter((order) => order === 'pause RTCCPS')).toHaveLength(2);
  });

  it('on the way back fails nobody either', async () => {
    const harness = await openHarness('quiet', 1, reacting('RTCIMMCU', { continue: { handlerMs: 70 * SECOND_MS } }));
    const before = await harness.snapshot();
    await drain(harness);
    const { program, result } = await resume(harness);
    expect(result).toMatchObject({ outcome: 'returned', problem: null });
    expect(program.orders.filter((order) => order === 'continue RTCDATAMCU')).toHaveLength(2);
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });

  it('is named while it is, and nobody who waits behind it', async () => {
    const { program } = await drain(await openHarness('quiet', 1, reacting('RTCRGS', { pause: { handlerMs: 70 * SECOND_MS } })));
    const waiting = program.events.flatMap((event) => (event.type === 'waiting' ? [event] : []));
    expect(new Set(waiting.map(({ serviceName, isAnswered }) => `${serviceName} ${isAnswered}`))).toEqual(new Set(['RTCRGS false']));
    expect(waiting.at(-1)).toMatchObject({ state: 'running', sinceMs: 60_000 });
  });

  it('does not stop the readings: sessions are seen and recorded while Windows waits', async () => {
    const busy = reacting('RTCRGS', { pause: { handlerMs: 25 * SECOND_MS } });
    const harness = await openHarness('default', 1, busy);
    const { program, told } = await drain(harness);
    const paused = program.events.find((event) => event.type === 'step' && event.serviceName === 'RTCRGS' && event.state === 'done');
    const readings = program.events.flatMap((event) => (event.type === 'sessions' && event.upMs < paused!.upMs ? [event.upMs] : []));
    expect(readings.length).toBeGreaterThan(20);
    const gaps = readings.slice(1).map((upMs, index) => upMs - readings[index]!);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(SECOND_MS);
    expect(atOf(told, 'pause RTCRGS done')).toBeGreaterThan(25 * SECOND_MS);
    expect(program.records.list()[0]!.entries.some(({ type, upMs }) => type === 'sampled' && upMs < paused!.upMs)).toBe(true);
  });

  it('for ever: it is the one that failed, and the others say who stood in their way', async () => {
    const harness = await openHarness('quiet', 1, reacting('RTCRGS', { pause: { handlerMs: null } }));
    const { result, program } = await drain(harness, { services: ['RTCMEDSRV', 'RTCRGS', 'RTCCPS', 'RTCSRV'] });
    expect(result).toMatchObject({ outcome: 'partly', problem: { id: 'request-timeout', params: { serviceName: 'RTCRGS' } } });
    const failed = program.records.list()[0]!.entries.flatMap((entry) => (entry.type === 'failed' ? [entry.problem] : []));
    expect(failed).toContainEqual(problem('control-not-delivered', { serviceName: 'RTCCPS', blocking: 'RTCRGS' }));
    expect(failed).toContainEqual(problem('control-not-delivered', { serviceName: 'RTCSRV', blocking: 'RTCRGS' }));
    expect(await stateOf(harness, 'RTCMEDSRV')).toBe('paused');
  });

  it('for ever on the way back keeps the run open, and the rest comes back when its process has ended', async () => {
    const harness = await openHarness('quiet', 1, reacting('RTCIMMCU', { continue: { handlerMs: null } }));
    const before = await harness.snapshot();
    await drain(harness);
    const { result, program } = await resume(harness);
    expect(result).toMatchObject({ outcome: 'partly', problem: { id: 'request-timeout', params: { serviceName: 'RTCIMMCU' } } });
    expect(openRunOf(program)).not.toBeNull();
    expect(await stateOf(harness, 'RTCSRV')).toBe('running');
    await harness.server.console.control('RTCIMMCU', 'stop');
    harness.pass(MINUTE_MS);
    expect((await resume(harness)).result).toMatchObject({ outcome: 'returned', problem: null });
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });

  it('does not keep Ctrl-C waiting, and the next command goes on with what was ordered', async () => {
    const harness = await openHarness('quiet', 1, reacting('RTCMEDSRV', { pause: { handlerMs: 20 * SECOND_MS } }));
    const before = await harness.snapshot();
    const program = harness.begin();
    const interrupt = new AbortController();
    const begun: number[] = [];
    const stop = atStep('pause', 'doing', 'RTCMEDSRV', () => {
      begun.push(harness.time.nowMs());
      interrupt.abort();
    });
    expect((await program.engine.drain(SHORT, program.by, stop, { ...HOURS, signal: interrupt.signal })).outcome).toBe('interrupted');
    expect(harness.time.nowMs() - begun[0]!).toBeLessThan(SECOND_MS);
    expect((await drain(harness)).result.outcome).toBe('ready');
    expect((await resume(harness)).result.outcome).toBe('returned');
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });

  it('ends the waiting at the timeout', async () => {
    const harness = await openHarness('quiet', 1, reacting('RTCMEDSRV', { pause: { handlerMs: null } }));
    const { engine, by, listen } = harness.begin();
    const begunMs = harness.time.nowMs();
    expect((await engine.drain(SHORT, by, listen, { ...PATIENT, timeoutMs: 10 * SECOND_MS })).outcome).toBe('still-draining');
    expect(harness.time.nowMs() - begunMs).toBeLessThan(11 * SECOND_MS);
  });
});

describe('the way back', () => {
  it('orders the Front-End first, then the others group by group, each group at once', async () => {
    const harness = await openHarness('quiet', 1, paced());
    await drain(harness);
    const { told, result } = await resume(harness);
    expect(result.outcome).toBe('returned');
    const groups = [['RTCSRV'], CONFERENCING, APPLICATIONS, ['RTCMEDSRV']];
    const spans = groups.map((group) => ({
      begun: group.map((name) => atOf(told, `continue ${name} doing`)),
      done: group.map((name) => atOf(told, `continue ${name} done`)),
    }));
    for (const { begun, done } of spans) expect(Math.max(...begun)).toBeLessThan(Math.min(...done));
    for (const [index, { begun }] of spans.slice(1).entries()) {
      expect(Math.min(...begun)).toBeGreaterThanOrEqual(Math.max(...spans[index]!.done));
    }
  });

  it('waits half an hour for a Front-End that starts, and not with the others', async () => {
    const starting = reacting('RTCSRV', { start: { pendingMs: 30 * MINUTE_MS, checkpointEveryMs: null, waitHintMs: 10 * SECOND_MS } });
    const harness = await openHarness('quiet', 1, starting);
    const before = await harness.snapshot();
    await drain(harness);
    await harness.server.console.restart();
    const { told, result, program } = await resume(harness);
    expect(result).toMatchObject({ outcome: 'returned', problem: null });
    expect(atOf(told, 'start RTCMEDSRV done')).toBeLessThan(MINUTE_MS);
    expect(atOf(told, 'start RTCSRV done')).toBeGreaterThanOrEqual(30 * MINUTE_MS);
    const waiting = program.events.flatMap((event) => (event.type === 'waiting' ? [event] : []));
    expect(new Set(waiting.map(({ serviceName, step, state }) => `${step} ${serviceName} ${state}`))).toEqual(
      new Set(['start RTCSRV start-pending']),
    );
    harness.pass(MINUTE_MS);
    expect(differences(before, await harness.snapshot(), ['wuauserv'])).toEqual([]);
  });
});

describe('one question that Windows fails to answer', () => {
  const failure = (id: ProblemId): ProblemError =>
    new ProblemError({ id, params: { win32: id === 'handle-invalid' ? 6 : 1722, operation: 'QueryServiceStatusEx' } });

  it.each<[ProblemId, 'readStatus' | 'readConfiguration' | 'listServices']>([
    ['rpc-unavailable', 'readStatus'],
    ['handle-invalid', 'readStatus'],
    ['rpc-unavailable', 'readConfiguration'],
    ['rpc-unavailable', 'listServices'],
    ['handle-invalid', 'listServices'],
  ])('ends neither a drain nor a way back, wherever it comes: %s of %s', async (id, question) => {
    const asked = async (nth: number): Promise<number> => {
      const harness = await openHarness('quiet', 1, paced());
      const { serviceControl } = harness.server;
      const before = await harness.snapshot();
      const ask = serviceControl[question].bind(serviceControl) as (...asked: unknown[]) => Promise<never>;
      let count = 0;
      const services = ['RTCMEDSRV', 'RTCRGS', 'RTCCPS', 'RTCSRV'];
      const program = harness.begin();
      const spy = vi.spyOn(serviceControl, question).mockImplementation((...given: unknown[]) => {
        count += 1;
        // The first questions are asked before anything is changed.
        const isHit = count === nth && program.orders.length > 0;
        return isHit ? Promise.reject(failure(id)) : ask(...given);
      });
      expect(await program.engine.drain({ ...SHORT, services }, program.by, program.listen, HOURS)).toMatchObject({
        outcome: 'ready',
        problem: null,
      });
      expect(await program.engine.resume(RESUME_ALL, program.by, program.listen, PATIENT)).toMatchObject({
        outcome: 'returned',
        problem: null,
      });
      spy.mockRestore();
      expect(differences(before, await harness.snapshot())).toEqual([]);
      return count;
    };
    const most = await asked(0);
    for (let nth = 1; nth <= most; nth += Math.ceil(most / 40)) await asked(nth);
  });

  it('does not leave paused what a quick pause was to bring back', async () => {
    const harness = await openHarness('quiet', 1, paced());
    const before = await harness.snapshot();
    const { engine, by, events } = harness.begin();
    const { serviceControl } = harness.server;
    const list = serviceControl.listServices.bind(serviceControl);
    let isFailed = false;
    vi.spyOn(serviceControl, 'listServices').mockImplementation(() => {
      const isEnding = events.some(({ type }) => type === 'step') && harness.time.nowMs() - Date.parse(events[0]!.at) >= 15 * MINUTE_MS;
      if (!isEnding || isFailed) return list();
      isFailed = true;
      return Promise.reject(failure('rpc-unavailable'));
    });
    const result = await engine.pause({ ...QUICK_PAUSE, forMs: 15 * MINUTE_MS }, by, (event) => events.push(event), PATIENT);
    expect([result.outcome, isFailed]).toEqual(['returned', true]);
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });
});

it('a pause that was only ordered is over when every service is paused', async () => {
  const harness = await openHarness('quiet', 1, paced());
  const { engine, by, listen } = harness.begin();
  expect((await engine.pause(QUICK_PAUSE, by, listen, NO_WAIT)).outcome).toBe('paused');
  expect(await stateOf(harness, 'RTCSRV')).toBe('paused');
});
