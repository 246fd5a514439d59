import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Checklist } from '../../electron/contract/checklist.js';
import {
  differences,
  DRAIN_ALL,
  EngineHarness,
  HOURS,
  type Program,
  NO_WAIT,
  PATIENT,
  RESUME_ALL,
  SIGN_OFF_SERVICES,
} from '../harness/engine/engine-harness.js';

const SHORT = { ...DRAIN_ALL, holdTimeMs: 5_000 };

/** Windows compares service names without regard to letter case. */
describe('a service that Windows lists in other letter case', () => {
  let harness: EngineHarness;
  let program: Program;

  beforeEach(async () => {
    harness = await EngineHarness.open('quiet');
    program = harness.begin();
  });
  afterEach(() => harness.close());

  function checkIds({ checks }: Checklist): readonly string[] {
    return checks.filter(({ id }) => !id.includes(':')).map(({ id, result }) => `${id} ${result}`);
  }

  it('has every check that it has as Lync writes it', async () => {
    const usual = checkIds((await program.engine.plan(DRAIN_ALL)).checklist);
    expect(usual).toContain('web-traffic warn');
    await harness.respell('RTCSRV', 'RtcSrv');
    const { checklist, steps } = await program.engine.plan(DRAIN_ALL);
    expect(checkIds(checklist)).toEqual(usual);
    expect(steps.some(({ serviceName }) => serviceName === 'RtcSrv')).toBe(true);
  });

  it('is drained, proved quiet, signed off and brought back, also where its name changes its case meanwhile', async () => {
    const { engine, by, listen } = program;
    const before = await harness.snapshot();
    await engine.drain(SHORT, by, listen, NO_WAIT);
    await harness.respell('RTCSRV', 'RtcSrv');

    const looked = await engine.observe();
    expect(looked.services.filter(({ state }) => state === 'missing')).toEqual([]);
    expect(looked.services.filter(({ serviceName }) => serviceName.toUpperCase() === 'RTCSRV').length).toBe(1);

    const drained = await engine.drain(SHORT, by, listen, HOURS);
    expect(drained.outcome).toBe('ready');
    expect([...program.records.findOpen()!.run!.services.keys()].filter((name) => name.toUpperCase() === 'RTCSRV')).toEqual(['RTCSRV']);
    expect(await engine.hasChanged(drained.checklist!)).toBe(false);
    expect((await engine.confirm(SIGN_OFF_SERVICES, by, listen)).outcome).toBe('confirmed');

    expect((await engine.resume({ ...RESUME_ALL, services: ['rtcsrv'] }, by, listen, PATIENT)).outcome).toBe('returned');
    expect((await engine.resume(RESUME_ALL, by, listen, PATIENT)).outcome).toBe('returned');
    await harness.respell('RtcSrv', 'RTCSRV');
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });

  it('is left out by an override in any case', async () => {
    const odd = await EngineHarness.open('not-pausable');
    const { engine, by, listen, records } = odd.begin();
    await engine.drain({ ...SHORT, overrides: ['pausable:rtcmedsrv'] }, by, listen, NO_WAIT);
    await odd.respell('RTCMEDSRV', 'RtcMedSrv');
    await engine.drain({ ...SHORT, overrides: ['pausable:RTCMEDSRV'] }, by, listen, NO_WAIT);
    expect(records.findOpen()!.run!.services.get('RTCMEDSRV')?.leftOut).toBe(true);
    odd.close();
  });

  it('is found among what Windows lists in any case, whether it is of Lync or not', async () => {
    const harness = await EngineHarness.open('quiet');
    const { engine } = harness.begin();
    expect(await engine.findUnlisted(['rtcrgs', 'RTCFOO', 'w3svc'])).toEqual(['RTCFOO']);
    harness.close();
  });
});
