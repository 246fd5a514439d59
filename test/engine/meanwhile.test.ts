import { describe, expect, it, vi } from 'vitest';

import type { EngineEvent } from '../../electron/engine/engine.js';
import { DRAIN_ALL, HOURS, PATIENT, RESUME_ALL } from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';
import { DISABLED } from '../harness/fakes/server-facts.js';

const SHORT = { ...DRAIN_ALL, holdTimeMs: 5_000 };

const openHarness = harnessesOf('quiet');

describe('a service that somebody changes while others are being changed', () => {
  /** Does something once, as soon as a step of some service is done. */
  function afterFirst(step: string, doIt: () => void): (event: EngineEvent) => void {
    let isDone = false;
    return (event) => {
      if (isDone || event.type !== 'step' || event.step !== step || event.state !== 'done') return;
      isDone = true;
      doIt();
    };
  }

  it('is not set Manual over what was set meanwhile', async () => {
    const harness = await openHarness();
    const { engine, by, orders } = harness.begin();
    const disable = afterFirst('manual', () => void harness.server.console.setStart('RTCCPS', DISABLED));
    const services = ['RTCRGS', 'RTCCPS'];
    expect(await engine.drain({ ...SHORT, services }, by, disable, HOURS)).toMatchObject({ outcome: 'ready' });
    expect(orders).not.toContain('set RTCCPS demand');
    expect((await harness.snapshot()).get('RTCCPS')?.start.startType).toBe('disabled');
  });

  it('is not paused when it stopped meanwhile', async () => {
    const harness = await openHarness();
    const { engine, by, orders } = harness.begin();
    const stop = afterFirst('pause', () => void harness.server.console.control('RTCIMMCU', 'stop'));
    await engine.drain({ ...SHORT, services: ['RTCRGS', 'RTCIMMCU'] }, by, stop, HOURS);
    expect(orders).not.toContain('pause RTCIMMCU');
  });

  it('keeps on the way back what was set meanwhile, until somebody decides', async () => {
    const harness = await openHarness();
    const { engine, by, listen, orders } = harness.begin();
    const services = ['RTCIMMCU', 'RTCRGS'];
    await engine.drain({ ...SHORT, services }, by, listen, HOURS);
    const disable = afterFirst('continue', () => void harness.server.console.setStart('RTCRGS', DISABLED));
    expect(await engine.resume({ ...RESUME_ALL, services }, by, disable, PATIENT)).toMatchObject({
      outcome: 'changed-outside',
      problem: { id: 'conflict' },
    });
    expect(orders).not.toContain('set RTCRGS auto');
    expect((await harness.snapshot()).get('RTCRGS')?.start.startType).toBe('disabled');
  });
});

describe('a reading', () => {
  it('does not take the changes of a run that was opened meanwhile for those of a stranger', async () => {
    const harness = await openHarness();
    const first = harness.begin();
    const control = harness.server.serviceControl;
    vi.spyOn(control, 'listServices').mockImplementationOnce(async () => {
      await first.engine.drain(DRAIN_ALL, first.by, first.listen, { ...PATIENT, timeoutMs: 0 });
      return control.listServices();
    });
    expect((await harness.begin().engine.observe()).run?.phase).toBe('draining');
  });

  it('does not show a run that was closed meanwhile', async () => {
    const harness = await openHarness();
    const first = harness.begin();
    const control = harness.server.serviceControl;
    await first.engine.drain(DRAIN_ALL, first.by, first.listen, { ...PATIENT, timeoutMs: 0 });
    vi.spyOn(control, 'listServices').mockImplementationOnce(async () => {
      await first.engine.resume(RESUME_ALL, first.by, first.listen, PATIENT);
      return control.listServices();
    });
    expect((await harness.begin().engine.observe()).run).toBeNull();
  });
});
