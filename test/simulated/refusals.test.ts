import { describe, expect, it } from 'vitest';

import { ODD_WHEN_PAUSED, ODD_WHEN_RETURNED } from '../../electron/adapters/simulator/oddities.js';
import { order, type Order, prepare } from '../harness/simulated/odd-orders.js';
import { SimulatedTrial } from '../harness/simulated/simulated-trial.js';

/** Scenario, service, order, number, and how often: null for ever. */
type Refusal = readonly [scenario: string, serviceName: string, kind: Order, win32: number, times: number | null];

const REFUSALS: readonly Refusal[] = [
  ...both(['cannot-accept-now', 1061, 3], ['pause'], ['continue']),
  ...both(['not-active', 1062, null], ['pause'], ['continue']),
  ...both(['no-answer', 1053, null], ['pause'], ['continue', 'start']),
  ...both(['dependents-running', 1051, null], ['pause'], ['continue']),
  ...both(['database-locked', 1055, 2], ['set-held'], ['set-auto', 'start']),
  ...both(['disabled', 1058, null], [], ['start']),
  ...both(['marked-for-deletion', 1072, null], ['set-held'], ['set-auto', 'start']),
  ...both(['hung-on-start', 1070, null], [], ['start']),
  ...both(['logon-failed', 1069, null], [], ['start']),
  ...both(['dependency-failed', 1068, null], [], ['start']),
  ...both(['access-denied-for-one', 5, null], ['pause', 'set-held'], ['continue', 'start', 'set-auto']),
  ...both(['rpc-unavailable', 1722, 2], ['pause', 'set-held'], ['continue', 'start', 'set-auto']),
  ...both(['shutdown-in-progress', 1115, null], ['pause'], ['continue', 'start']),
  ...both(['handle-invalid', 6, 1], ['pause', 'set-held'], ['continue', 'start', 'set-auto']),
];

function both(
  [scenario, win32, times]: readonly [string, number, number | null],
  pausing: readonly Order[],
  returning: readonly Order[],
): readonly Refusal[] {
  return [
    ...pausing.map((kind): Refusal => [scenario, ODD_WHEN_PAUSED, kind, win32, times]),
    ...returning.map((kind): Refusal => [scenario, ODD_WHEN_RETURNED, kind, win32, times]),
  ];
}

describe('refusals on request', () => {
  it.each(REFUSALS)('%s: %s refuses %s with %i, %o times', async (...[scenario, serviceName, kind, win32, times]) => {
    const trial = await prepare(scenario, serviceName, kind);
    const before = [await trial.control.readStatus(serviceName), await trial.control.readConfiguration(serviceName)];
    for (let nth = 0; nth < (times ?? 5); nth += 1) expect(await trial.win32(order(trial, serviceName, kind))).toBe(win32);
    expect([await trial.control.readStatus(serviceName), await trial.control.readConfiguration(serviceName)]).toEqual(before);
    expect(await trial.win32(order(trial, serviceName, kind))).toBe(times === null ? win32 : 0);
  });

  it('answers after thirty seconds of its own time when the service does not', async () => {
    const trial = await SimulatedTrial.open('no-answer');
    const askedAtMs = trial.server.host.now().upMs;
    await trial.win32(order(trial, ODD_WHEN_PAUSED, 'pause'));
    expect(trial.server.host.now().upMs - askedAtMs).toBe(30_000);
  });
});
