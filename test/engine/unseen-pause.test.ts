import { describe, expect, it } from 'vitest';

import type { Reaction, SimulatedState } from '../../electron/adapters/simulator/simulated-state.js';
import { atStep, openRunOf } from '../harness/engine/administrators.js';
import {
  differences,
  DRAIN_ALL,
  HOURS,
  Killed,
  NO_WAIT,
  PATIENT,
  RESUME_ALL,
  type EngineHarness,
} from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const SHORT = { ...DRAIN_ALL, holdTimeMs: 5_000 };

const openHarness = harnessesOf('quiet');

/** A server on which one service answers a pause in its own way. */
function pausing(serviceName: string, pause: Reaction): (state: SimulatedState) => SimulatedState {
  return (state) => ({
    ...state,
    services: state.services.map((service) =>
      service.serviceName === serviceName ? { ...service, reactions: { ...service.reactions, pause } } : service,
    ),
  });
}

describe('a pause that was ordered and not seen', () => {
  /** Brings everything back, and looks again when the late pause can no longer come. */
  async function expectBackForGood(harness: EngineHarness, before: Awaited<ReturnType<EngineHarness['snapshot']>>): Promise<void> {
    const program = harness.begin();
    expect(await program.engine.resume(RESUME_ALL, program.by, program.listen, PATIENT)).toMatchObject({
      outcome: 'returned',
      problem: null,
    });
    expect(openRunOf(program)).toBeNull();
    harness.pass(60 * MINUTE_MS);
    expect(differences(before, await harness.snapshot())).toEqual([]);
  }

  it('is waited for and undone after Ctrl-C right behind it', async () => {
    const harness = await openHarness('quiet', 1, pausing('RTCMEDSRV', { unmovedMs: 20 * SECOND_MS }));
    const before = await harness.snapshot();
    const { engine, by, orders } = harness.begin();
    const interrupt = new AbortController();
    const stop = atStep('pause', 'doing', 'RTCMEDSRV', () => interrupt.abort());
    await engine.drain(SHORT, by, stop, { ...HOURS, signal: interrupt.signal });
    expect(orders).toEqual(['pause RTCMEDSRV']);
    await expectBackForGood(harness, before);
  });

  it('is waited for and undone after a kill right behind it', async () => {
    const harness = await openHarness('quiet', 1, pausing('RTCMEDSRV', { unmovedMs: 25 * SECOND_MS }));
    const before = await harness.snapshot();
    const { engine, by, listen } = harness.begin({ at: 'after-order', count: 1 });
    await expect(engine.drain(SHORT, by, listen, HOURS)).rejects.toThrow(Killed);
    await expectBackForGood(harness, before);
  });

  it.each([0, 30, 60, 85])('is waited for and undone when it comes %i seconds after it was answered with 1053', async (seconds) => {
    const refusal = { win32: 1053, times: null, answerAfterMs: 30 * SECOND_MS, obeysAllTheSame: true };
    const harness = await openHarness('quiet', 1, pausing('RTCMEDSRV', { refusal, unmovedMs: (30 + seconds) * SECOND_MS }));
    const before = await harness.snapshot();
    const { engine, by, listen } = harness.begin();
    await engine.drain(SHORT, by, listen, HOURS);
    await expectBackForGood(harness, before);
  });

  it('that was never sent is waited for too, and the others are brought back first', async () => {
    const harness = await openHarness();
    const before = await harness.snapshot();
    const first = harness.begin({ at: 'before-order', count: 1 });
    await expect(first.engine.drain(SHORT, first.by, first.listen, HOURS)).rejects.toThrow(Killed);
    const second = harness.begin();
    await second.engine.drain({ ...SHORT, services: ['RTCCPS'] }, second.by, second.listen, { ...NO_WAIT, signal: AbortSignal.abort() });
    await expectBackForGood(harness, before);
  });

  it('is told of while it is waited for', async () => {
    const harness = await openHarness('quiet', 1, pausing('RTCMEDSRV', { unmovedMs: 25 * SECOND_MS }));
    const first = harness.begin({ at: 'after-order', count: 1 });
    await expect(first.engine.drain(SHORT, first.by, first.listen, HOURS)).rejects.toThrow(Killed);
    const { engine, by, listen, events } = harness.begin();
    await engine.resume(RESUME_ALL, by, listen, PATIENT);
    expect(events.filter((event) => event.type === 'unseen-pause')).toMatchObject([{ serviceName: 'RTCMEDSRV' }]);
  });
});
