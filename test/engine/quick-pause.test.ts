import { describe, expect, it } from 'vitest';

import { problem, ProblemError } from '../../electron/contract/problem.js';
import type { ServiceControl } from '../../electron/ports/service-control.js';
import { atMoments } from '../harness/engine/administrators.js';
import { differences, HOURS, NO_WAIT, PATIENT, QUICK_PAUSE, RESUME_ALL, SIGN_OFF } from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';
import { boundControl } from '../harness/fakes/bound-control.js';

const MINUTE_MS = 60_000;
const QUARTER = { ...QUICK_PAUSE, forMs: 15 * MINUTE_MS };

const openHarness = harnessesOf('quiet');

describe('a quick pause', () => {
  it('is never ready to restart, because the start types are as they were', async () => {
    const harness = await openHarness();
    const { engine, by, listen } = harness.begin();
    const paused = await engine.pause(QUICK_PAUSE, by, listen, PATIENT);
    expect(paused).toMatchObject({ outcome: 'paused', checklist: { ready: false, run: { phase: 'draining' } } });
    expect(paused.checklist?.blockers[0]?.id).toBe('blocks-start-type');
    expect(await engine.confirm(SIGN_OFF, by, listen)).toMatchObject({ outcome: 'blocked', problem: { id: 'not-ready' } });
  });

  it('ends by itself also where one service could not be paused', async () => {
    const harness = await openHarness('access-denied-for-one');
    const before = await harness.snapshot();
    const { engine, by, listen, orders } = harness.begin();
    const services = ['RTCMEDSRV', 'RTCCPS'];
    const result = await engine.pause({ ...QUARTER, services }, by, listen, PATIENT);
    expect(result).toMatchObject({ outcome: 'partly', problem: { id: 'access-denied', params: { serviceName: 'RTCMEDSRV' } } });
    expect(orders).toContain('continue RTCCPS');
    expect(differences(before, await harness.snapshot())).toEqual([]);
    expect((await engine.observe()).run).toBeNull();
  });

  it('whose process died is shown as overdue, and goes on or back as ordered', async () => {
    for (const next of ['pause', 'resume'] as const) {
      const harness = await openHarness();
      const before = await harness.snapshot();
      const first = harness.begin();
      let powerCuts = 0;
      harness.time.onSleep = () => {
        if (first.records.findOpen()?.run?.services.get('RTCSRV')?.pause.kind === 'done' && (powerCuts += 1) === 1) {
          throw new Error('power cut');
        }
      };
      await expect(first.engine.pause(QUARTER, first.by, first.listen, PATIENT)).rejects.toThrow('power cut');
      harness.time.onSleep = null;
      first.end();
      harness.pass(60 * MINUTE_MS);
      const { engine, by, listen } = harness.begin();
      const { run, now } = await engine.observe();
      expect(Date.parse(run!.until!)).toBeLessThan(Date.parse(now.at));
      if (next === 'pause') {
        expect((await engine.pause({ ...QUICK_PAUSE, forMs: MINUTE_MS }, by, listen, PATIENT)).outcome).toBe('returned');
      } else expect((await engine.resume(RESUME_ALL, by, listen, PATIENT)).outcome).toBe('returned');
      expect(differences(before, await harness.snapshot())).toEqual([]);
    }
  });

  it('is never ready, also of a service whose start type is Manual anyway', async () => {
    const harness = await openHarness('default');
    const { engine, by, listen } = harness.begin();
    const { checklist } = await engine.pause({ ...QUARTER, services: ['RTCATS'] }, by, listen, NO_WAIT);
    expect(checklist).toMatchObject({ ready: false, run: { phase: 'draining' } });
    expect(await engine.confirm(SIGN_OFF, by, listen)).toMatchObject({ outcome: 'blocked', problem: { id: 'not-ready' } });
  });

  it('ends when its order says, though Windows lists no service meanwhile', async () => {
    const harness = await openHarness();
    const before = await harness.snapshot();
    let isBroken = false;
    const failing = (control: ServiceControl): ServiceControl => ({
      ...boundControl(control),
      listServices: async () => {
        if (isBroken) throw new ProblemError(problem('unknown-win32', { win32: 1726, operation: 'EnumServicesStatusExW' }));
        return control.listServices();
      },
    });
    atMoments(harness, { 100: () => (isBroken = true), 900: () => (isBroken = false) });
    const { engine, by, listen, records } = harness.begin(undefined, undefined, failing);
    expect((await engine.pause(QUARTER, by, listen, PATIENT)).outcome).toBe('returned');
    const [pause, back] = records.list()[0]!.entries.filter((entry) => entry.type === 'ordered');
    expect(back!.at).toBe(pause!.order.until);
    expect(isBroken).toBe(false);
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });

  it('ends when its order says, however long the pausing took', async () => {
    const harness = await openHarness('default');
    const { engine, by, listen, records } = harness.begin();
    await engine.pause(QUARTER, by, listen, HOURS);
    const [pause, back] = records.list()[0]!.entries.filter((entry) => entry.type === 'ordered');
    expect(pause!.order.until).not.toBeNull();
    expect(back!.at).toBe(pause!.order.until);
  });
});
