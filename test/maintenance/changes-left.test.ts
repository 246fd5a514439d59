import { describe, expect, it } from 'vitest';

import { leftToHold, leftToPause } from '../../electron/core/maintenance/changes-left.js';
import { drawChecklist } from '../../electron/core/maintenance/checklist.js';
import { planSteps } from '../../electron/core/maintenance/plan.js';
import { AUTO, DISABLED, factsOf, MANUAL, type Given } from '../harness/fakes/server-facts.js';

const SERVICES: Readonly<Record<string, Given>> = {
  RTCMEDSRV: {},
  RTCCPS: { state: 'pause-pending', start: MANUAL },
  RTCCAS: { state: 'paused', start: AUTO },
  RTCCAA: { state: 'paused', start: MANUAL },
  RTCXMPPTGW: { state: 'stopped', start: DISABLED },
  RTCSRV: { state: 'stopped', start: AUTO },
};
const NAMES = Object.keys(SERVICES);
const facts = factsOf(SERVICES);
const { services } = drawChecklist(facts, null, { plan: { serviceNames: NAMES, hold: 'demand', overrides: [] }, stalledAfterMs: 600_000 });

describe.each(['demand', 'disabled'] as const)('what an order would still change, with %s as the hold', (hold) => {
  const planned = planSteps(facts, NAMES, hold);
  const namesOf = (step: 'pause' | 'manual'): readonly string[] => planned.filter((one) => one.step === step).map((one) => one.serviceName);

  it('are the pauses that the plan has', () => {
    expect(leftToPause(services).map((row) => row.serviceName)).toEqual(namesOf('pause'));
  });

  it('are the start types that the plan has, of services that take no new work', () => {
    const running = leftToPause(services).map((row) => row.serviceName);
    expect(leftToHold(services, hold).map((row) => row.serviceName)).toEqual(namesOf('manual').filter((name) => !running.includes(name)));
  });
});

it('leaves alone what is not there', () => {
  expect(leftToPause([{ ...services[0]!, state: 'missing' }])).toEqual([]);
  expect(leftToHold([{ ...services[2]!, startType: null }], 'demand')).toEqual([]);
});
