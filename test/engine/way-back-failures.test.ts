import { describe, expect, it } from 'vitest';

import { problem, ProblemError } from '../../electron/contract/problem.js';
import type { EngineEvent } from '../../electron/engine/engine.js';
import type { ServiceControl } from '../../electron/ports/service-control.js';
import { isStep, openRunOf } from '../harness/engine/administrators.js';
import { differences, DRAIN_ALL, HOURS, PATIENT, QUICK_PAUSE, RESUME_ALL } from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';
import { boundControl } from '../harness/fakes/bound-control.js';

const MINUTE_MS = 60_000;
const SHORT = { ...DRAIN_ALL, holdTimeMs: 5_000 };

const openHarness = harnessesOf('quiet');

describe('a failure that passes', () => {
  /** Fails so many times, beginning when it is told to. */
  class Failing {
    left = 0;

    wrap(control: ServiceControl, question: 'readStatus' | 'listServices', id: 'rpc-unavailable' | 'handle-invalid'): ServiceControl {
      const fail = (): void => {
        if (this.left === 0) return;
        this.left -= 1;
        throw new ProblemError(problem(id, { win32: 0, operation: 'QueryServiceStatusEx' }));
      };
      return {
        ...boundControl(control),
        listServices: async () => {
          if (question === 'listServices') fail();
          return control.listServices();
        },
        readStatus: async (name) => {
          if (question === 'readStatus') fail();
          return control.readStatus(name);
        },
      };
    }
  }

  it.each([
    ['readStatus', 'rpc-unavailable'],
    ['readStatus', 'handle-invalid'],
    ['listServices', 'rpc-unavailable'],
    ['listServices', 'handle-invalid'],
  ] as const)('of %s (%s) does not end the way back', async (question, id) => {
    const harness = await openHarness();
    const before = await harness.snapshot();
    const failing = new Failing();
    const { engine, by, listen } = harness.begin(undefined, undefined, (control) => failing.wrap(control, question, id));
    await engine.drain(SHORT, by, listen, HOURS);
    for (let nth = 0; nth < 3; nth += 1) harness.pass(MINUTE_MS);
    const hear = (event: EngineEvent): void => {
      if (event.type === 'run' || isStep(event, 'continue', 'doing', 'RTCCPS') || isStep(event, 'restore-start-type', 'done', 'RTCRGS')) {
        failing.left = 2;
      }
    };
    expect(await engine.resume(RESUME_ALL, by, hear, PATIENT)).toMatchObject({ outcome: 'returned', problem: null });
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });

  it('in the list of services does not end a quick pause whose time is up', async () => {
    const harness = await openHarness();
    const before = await harness.snapshot();
    const failing = new Failing();
    const { engine, by, listen } = harness.begin(undefined, undefined, (control) =>
      failing.wrap(control, 'listServices', 'rpc-unavailable'),
    );
    const endMs = harness.time.nowMs() + 5 * MINUTE_MS;
    let hasFailed = false;
    harness.time.onSleep = () => {
      if (hasFailed || harness.time.nowMs() < endMs) return;
      hasFailed = true;
      failing.left = 1;
    };
    expect(await engine.pause({ ...QUICK_PAUSE, forMs: 5 * MINUTE_MS }, by, listen, PATIENT)).toMatchObject({ outcome: 'returned' });
    expect(hasFailed).toBe(true);
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });

  it('that stays for one service leaves only that one, by name', async () => {
    const harness = await openHarness();
    const program = harness.begin(undefined, undefined, (control) => ({
      ...new Failing().wrap(control, 'readStatus', 'rpc-unavailable'),
      readStatus: async (name) => {
        if (isBroken && name === 'RTCCPS') {
          throw new ProblemError(problem('rpc-unavailable', { win32: 1722, operation: 'QueryServiceStatusEx', serviceName: name }));
        }
        return control.readStatus(name);
      },
    }));
    let isBroken = false;
    const { engine, by, listen } = program;
    const before = await harness.snapshot();
    await engine.drain(SHORT, by, listen, HOURS);
    isBroken = true;
    expect(await engine.resume(RESUME_ALL, by, listen, PATIENT)).toMatchObject({
      outcome: 'partly',
      problem: { id: 'rpc-unavailable', params: { serviceName: 'RTCCPS' } },
    });
    expect(differences(before, await harness.snapshot(), ['RTCCPS'])).toEqual([]);
    expect(openRunOf(program)).not.toBeNull();
    isBroken = false;
    expect((await engine.resume(RESUME_ALL, by, listen, PATIENT)).outcome).toBe('returned');
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });
});
