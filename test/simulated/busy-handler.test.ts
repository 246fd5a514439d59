import { describe, expect, it } from 'vitest';

import { ODD_WHEN_PAUSED, ODD_WHEN_RETURNED } from '../../electron/adapters/simulator/oddities.js';
import { openSimulatedServer } from '../../electron/adapters/simulator/open-simulated-server.js';
import { ScheduledTime } from '../harness/fakes/scheduled-time.js';
import { order, prepare } from '../harness/simulated/odd-orders.js';
import { SimulatedTrial } from '../harness/simulated/simulated-trial.js';

/** The odd service of each direction, and another one that is healthy. */
const DIRECTIONS = [
  { serviceName: ODD_WHEN_PAUSED, kind: 'pause', other: 'RTCIMMCU', from: 'running', to: 'paused' },
  { serviceName: ODD_WHEN_RETURNED, kind: 'continue', other: 'RTCIMMCU', from: 'paused', to: 'running' },
] as const;

async function prepareBoth(scenario: string, { serviceName, kind, other }: (typeof DIRECTIONS)[number]): Promise<SimulatedTrial> {
  const trial = await prepare(scenario, serviceName, kind);
  if (kind === 'continue') await trial.control.sendControl(other, 'pause');
  await trial.pass(10_000);
  return trial;
}

/** The number of the answer, and after how many milliseconds it came. */
async function timed(trial: SimulatedTrial, given: () => Promise<unknown>): Promise<readonly [win32: number, milliseconds: number]> {
  const before = trial.server.host.now().upMs;
  const win32 = await trial.win32(given());
  return [win32, trial.server.host.now().upMs - before];
}

describe.each(DIRECTIONS)('one handler at a time, on $kind', (direction) => {
  const { serviceName, kind, other, from, to } = direction;

  it('a control to any service waits while a handler is busy, and fails after 30 s', async () => {
    const trial = await prepareBoth('handler-busy', direction);
    expect(await timed(trial, () => order(trial, serviceName, kind))).toEqual([1053, 30_000]);
    expect(await timed(trial, () => order(trial, other, kind))).toEqual([1053, 30_000]);
    expect([await trial.state(serviceName), await trial.state(other)]).toEqual([from, from]);
    expect(await timed(trial, () => order(trial, other, kind))).toEqual([0, 10_000]);
    await trial.pass(10_000);
    expect([await trial.state(serviceName), await trial.state(other)]).toEqual([to, to]);
  });

  it('neither starts nor start types wait for it, and questions are answered', async () => {
    const trial = await prepareBoth('handler-hangs', direction);
    await trial.win32(order(trial, serviceName, kind));
    expect(await timed(trial, () => order(trial, other, 'set-held'))).toEqual([0, 0]);
    expect(await timed(trial, () => trial.control.startService('wuauserv'))).toEqual([0, 0]);
    expect(await timed(trial, () => trial.control.readStatus(serviceName))).toEqual([0, 0]);
  });

  it('a handler that hangs blocks every control until its process ends', async () => {
    const trial = await prepareBoth('handler-hangs', direction);
    await trial.win32(order(trial, serviceName, kind));
    for (let nth = 0; nth < 3; nth += 1) expect(await trial.win32(order(trial, other, kind))).toBe(1053);
    expect(await trial.win32(trial.control.sendControl(other, 'interrogate'))).toBe(1053);
    expect([await trial.state(serviceName), await trial.state(other)]).toEqual([from, from]);
    await trial.server.console.control(serviceName, 'stop');
    await trial.pass(10_000);
    expect(await timed(trial, () => order(trial, other, kind))).toEqual([0, 0]);
  });

  it('a service that does not answer holds up the others until Windows stops waiting for it', async () => {
    const trial = await prepareBoth('no-answer', direction);
    expect(await timed(trial, () => order(trial, serviceName, kind))).toEqual([1053, 30_000]);
    expect(await timed(trial, () => order(trial, other, kind))).toEqual([0, 0]);
    expect(trial.server.simulation.look().state.busyHandler).toMatchObject({ serviceName });
  });
});

it('a control that waits for a busy handler ends with Windows, and nothing comes of it afterwards', async () => {
  const time = new ScheduledTime();
  const server = await openSimulatedServer({ dataFolder: null, scenario: 'handler-busy', seed: 1, speed: null, startsFresh: false }, time);
  for (const serviceName of [ODD_WHEN_PAUSED, 'RTCIMMCU']) {
    await expect(server.serviceControl.sendControl(serviceName, 'pause')).rejects.toThrow('LD-2053');
  }
  // This one would get its turn in ten seconds.
  const waiting = server.serviceControl.sendControl('RTCSRV', 'pause').catch((error: unknown) => String(error));
  await server.simulation.restart();
  expect(await waiting).toContain('LD-2115');
  await time.sleep(600_000);
  expect((await server.serviceControl.readStatus('RTCSRV')).state).toBe('running');
});

it('a healthy handler returns at once, also that of a service which takes its time', async () => {
  const trial = await SimulatedTrial.open('default');
  for (const serviceName of ['RTCSRV', 'RTCIMMCU', 'RTCAVMCU']) {
    expect(await timed(trial, () => order(trial, serviceName, 'pause'))).toEqual([0, 0]);
  }
  expect(await trial.state('RTCSRV')).toBe('pause-pending');
});
