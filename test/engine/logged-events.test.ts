import { describe, expect, it } from 'vitest';

import { DRAIN_ALL, HOURS, NO_WAIT, PATIENT, RESUME_ALL, SIGN_OFF } from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';

const HELD = { ...DRAIN_ALL, holdTimeMs: 5_000 };

const openHarness = harnessesOf('quiet');

describe('the event log of a maintenance', () => {
  it('has opening, proof, safety, sign-off and closing, once each', async () => {
    const harness = await openHarness();
    const { engine, by, listen, logged } = harness.begin();
    await engine.drain(HELD, by, listen, HOURS);
    await engine.confirm(SIGN_OFF, by, listen);
    await engine.resume(RESUME_ALL, by, listen, PATIENT);
    expect(logged).toEqual(['opened', 'ready', 'safe', 'confirmed', 'returned']);
  });

  it('has nothing twice when two programs watch, and nothing from one that only looks', async () => {
    const harness = await openHarness();
    const [first, tray, terminal, visitor] = [harness.begin(), harness.begin(), harness.begin(), harness.begin()];
    await first.engine.drain(HELD, first.by, first.listen, NO_WAIT);
    const watching = [tray, terminal].map(({ engine, by, listen }) => engine.watch(by, listen, HOURS));
    await visitor.engine.observe();
    expect((await Promise.all(watching)).map(({ outcome }) => outcome)).toEqual(['ready', 'ready']);
    expect([...first.logged, ...tray.logged, ...terminal.logged].sort()).toEqual(['opened', 'ready', 'safe']);
    expect(visitor.logged).toEqual([]);
  });

  it('does not call the server safe when only the planned services are proved', async () => {
    const harness = await openHarness();
    const { engine, by, listen, logged } = harness.begin();
    await engine.drain({ ...HELD, services: ['RTCRGS'] }, by, listen, HOURS);
    expect(logged).toEqual(['opened', 'ready']);
  });
});
