import { describe, expect, it } from 'vitest';

import { ODD_WHEN_PAUSED, ODD_WHEN_RETURNED, ODDITIES } from '../../electron/adapters/simulator/oddities.js';
import type { ServiceState } from '../../electron/contract/service.js';
import { order, type Order, prepare, SETTLED_MS } from '../harness/simulated/odd-orders.js';
import { SimulatedTrial } from '../harness/simulated/simulated-trial.js';

/** What a service shows so many milliseconds after the order. */
type Seen = readonly [afterMs: number, state: ServiceState];

const HALF_MINUTE = 30_000;
const HOURS = 10 * 60 * 60_000;

const COURSES: readonly (readonly [scenario: string, pausing: readonly Seen[], continuing: readonly Seen[]])[] = [
  [
    'slow-to-move',
    [
      [0, 'running'],
      [19_000, 'running'],
      [HALF_MINUTE, 'paused'],
    ],
    [
      [0, 'paused'],
      [19_000, 'paused'],
      [HALF_MINUTE, 'running'],
    ],
  ],
  [
    'pending-for-ever',
    [
      [0, 'pause-pending'],
      [HOURS, 'pause-pending'],
    ],
    [
      [0, 'continue-pending'],
      [HOURS, 'continue-pending'],
    ],
  ],
  [
    'checkpoint-stuck',
    [
      [299_000, 'pause-pending'],
      [301_000, 'paused'],
    ],
    [
      [299_000, 'continue-pending'],
      [301_000, 'running'],
    ],
  ],
  [
    'checkpoint-for-ever',
    [
      [0, 'pause-pending'],
      [HOURS, 'pause-pending'],
    ],
    [
      [0, 'continue-pending'],
      [HOURS, 'continue-pending'],
    ],
  ],
  [
    'wait-hint-zero',
    [
      [4000, 'pause-pending'],
      [6000, 'paused'],
    ],
    [
      [4000, 'continue-pending'],
      [6000, 'running'],
    ],
  ],
  [
    'wait-hint-huge',
    [
      [4000, 'pause-pending'],
      [6000, 'paused'],
    ],
    [
      [4000, 'continue-pending'],
      [6000, 'running'],
    ],
  ],
  [
    'undone-by-itself',
    [
      [10_000, 'paused'],
      [HALF_MINUTE, 'running'],
      [HOURS, 'running'],
    ],
    [
      [10_000, 'running'],
      [HALF_MINUTE, 'paused'],
      [HOURS, 'paused'],
    ],
  ],
  [
    'stops-instead',
    [
      [0, 'pause-pending'],
      [HALF_MINUTE, 'stopped'],
    ],
    [
      [0, 'continue-pending'],
      [HALF_MINUTE, 'stopped'],
    ],
  ],
  [
    'crashes',
    [
      [10_000, 'paused'],
      [HALF_MINUTE, 'stopped'],
      [HOURS, 'stopped'],
    ],
    [
      [10_000, 'running'],
      [HALF_MINUTE, 'stopped'],
      [HOURS, 'stopped'],
    ],
  ],
  [
    'crashes-and-recovers',
    [
      [10_000, 'paused'],
      [HALF_MINUTE, 'stopped'],
      [82_500, 'start-pending'],
      [90_000, 'running'],
    ],
    [
      [10_000, 'running'],
      [HALF_MINUTE, 'stopped'],
      [82_500, 'start-pending'],
      [90_000, 'running'],
    ],
  ],
  ['service-specific-error', [[HALF_MINUTE, 'stopped']], [[HALF_MINUTE, 'stopped']]],
  [
    'stale-until-interrogated',
    [
      [HALF_MINUTE, 'pause-pending'],
      [HOURS, 'pause-pending'],
    ],
    [
      [HALF_MINUTE, 'continue-pending'],
      [HOURS, 'continue-pending'],
    ],
  ],
];

const STARTS: readonly (readonly [scenario: string, starting: readonly Seen[]])[] = [
  [
    'slow-to-move',
    [
      [0, 'stopped'],
      [19_000, 'stopped'],
      [HALF_MINUTE, 'running'],
    ],
  ],
  [
    'pending-for-ever',
    [
      [0, 'start-pending'],
      [HOURS, 'start-pending'],
    ],
  ],
  [
    'checkpoint-stuck',
    [
      [299_000, 'start-pending'],
      [301_000, 'running'],
    ],
  ],
  [
    'checkpoint-for-ever',
    [
      [0, 'start-pending'],
      [HOURS, 'start-pending'],
    ],
  ],
  [
    'undone-by-itself',
    [
      [10_000, 'running'],
      [HALF_MINUTE, 'paused'],
    ],
  ],
  [
    'stops-instead',
    [
      [0, 'start-pending'],
      [HALF_MINUTE, 'stopped'],
    ],
  ],
  [
    'crashes',
    [
      [10_000, 'running'],
      [HALF_MINUTE, 'stopped'],
      [HOURS, 'stopped'],
    ],
  ],
];

describe('courses on request', () => {
  async function follow(scenario: string, serviceName: string, kind: Order, course: readonly Seen[]): Promise<void> {
    const trial = await prepare(scenario, serviceName, kind);
    const orderedAtMs = trial.time.nowMs();
    await order(trial, serviceName, kind);
    const seen: Seen[] = [];
    for (const [afterMs] of course) {
      trial.time.turnTo(orderedAtMs + afterMs);
      seen.push([afterMs, await trial.state(serviceName)]);
    }
    expect(seen).toEqual(course);
  }

  it.each(COURSES)('%s: while pausing', (scenario, pausing) => follow(scenario, ODD_WHEN_PAUSED, 'pause', pausing));
  it.each(STARTS)('%s: while starting', (scenario, starting) => follow(scenario, ODD_WHEN_RETURNED, 'start', starting));
  it.each(COURSES)('%s: while continuing', (scenario, _pausing, continuing) => follow(scenario, ODD_WHEN_RETURNED, 'continue', continuing));
});

describe('details of an oddity', () => {
  it.each([
    ['pending-for-ever', 3000, [0, 0]],
    ['checkpoint-stuck', 3000, [0, 0]],
    ['checkpoint-for-ever', 5000, [1, 3]],
    ['wait-hint-zero', 0, [1, 9]],
    ['wait-hint-huge', 4_294_967_295, [0, 0]],
  ] as const)('%s: hint and checkpoint while pending', async (scenario, waitHintMs, checkpoints) => {
    for (const [serviceName, kind] of [
      [ODD_WHEN_PAUSED, 'pause'],
      [ODD_WHEN_RETURNED, 'continue'],
    ] as const) {
      const trial = await prepare(scenario, serviceName, kind);
      await order(trial, serviceName, kind);
      const first = await trial.control.readStatus(serviceName);
      await trial.pass(4000);
      const later = await trial.control.readStatus(serviceName);
      expect([first.waitHintMs, later.waitHintMs]).toEqual([waitHintMs, waitHintMs]);
      expect([first.checkpoint, later.checkpoint]).toEqual(checkpoints);
    }
  });

  it('slow-to-move: the same order again does not begin anew', async () => {
    const trial = await SimulatedTrial.open('slow-to-move');
    await order(trial, ODD_WHEN_PAUSED, 'pause');
    for (let nth = 0; nth < 4; nth += 1) {
      await trial.pass(6000);
      await order(trial, ODD_WHEN_PAUSED, 'pause');
    }
    expect(await trial.state(ODD_WHEN_PAUSED)).toBe('paused');
  });

  it('crashes: the exit code says that the process ended unexpectedly', async () => {
    const trial = await SimulatedTrial.open('crashes');
    await order(trial, ODD_WHEN_PAUSED, 'pause');
    await trial.pass(HALF_MINUTE);
    expect(await trial.control.readStatus(ODD_WHEN_PAUSED)).toMatchObject({ win32ExitCode: 1067, processId: 0 });
  });

  it('crashes-and-recovers: it comes back in another process', async () => {
    const trial = await SimulatedTrial.open('crashes-and-recovers');
    const { processId } = await trial.control.readStatus(ODD_WHEN_PAUSED);
    await order(trial, ODD_WHEN_PAUSED, 'pause');
    await trial.pass(90_000);
    expect((await trial.control.readStatus(ODD_WHEN_PAUSED)).processId).not.toBe(processId);
  });

  it('service-specific-error: the service says its own number, also when it is started', async () => {
    const trial = await prepare('service-specific-error', ODD_WHEN_RETURNED, 'start');
    await order(trial, ODD_WHEN_RETURNED, 'start');
    await trial.pass(HALF_MINUTE);
    expect(await trial.control.readStatus(ODD_WHEN_RETURNED)).toMatchObject({
      state: 'stopped',
      win32ExitCode: 1066,
      serviceSpecificExitCode: 42,
    });
  });

  it('not-pausable: one service refuses to be paused, the other to be continued', async () => {
    const trial = await SimulatedTrial.open('not-pausable');
    expect((await trial.control.readStatus(ODD_WHEN_PAUSED)).controlsAccepted).not.toContain('pause-continue');
    expect(await trial.win32(order(trial, ODD_WHEN_PAUSED, 'pause'))).toBe(1052);
    await order(trial, ODD_WHEN_RETURNED, 'pause');
    await trial.pass(SETTLED_MS);
    expect(await trial.state(ODD_WHEN_RETURNED)).toBe('paused');
    expect(await trial.win32(order(trial, ODD_WHEN_RETURNED, 'continue'))).toBe(1052);
  });

  it('already-running: the start is refused, and yet the service starts', async () => {
    const trial = await prepare('already-running', ODD_WHEN_RETURNED, 'start');
    expect(await trial.win32(order(trial, ODD_WHEN_RETURNED, 'start'))).toBe(1056);
    await trial.pass(SETTLED_MS);
    expect(await trial.state(ODD_WHEN_RETURNED)).toBe('running');
  });

  it('disabled: a service runs though it is disabled', async () => {
    const { control } = await SimulatedTrial.open('disabled');
    expect(await control.readStatus(ODD_WHEN_PAUSED)).toMatchObject({ state: 'running' });
    expect((await control.readConfiguration(ODD_WHEN_PAUSED)).start.startType).toBe('disabled');
  });

  it.each([
    [ODD_WHEN_PAUSED, 'pause'],
    [ODD_WHEN_RETURNED, 'continue'],
  ] as const)('vanishes: %s is gone once it was told to %s', async (serviceName, kind) => {
    const trial = await prepare('vanishes', serviceName, kind);
    expect(await trial.win32(order(trial, serviceName, kind))).toBe(1060);
    expect(await trial.win32(trial.control.readStatus(serviceName))).toBe(1060);
    expect((await trial.control.listServices()).map((service) => service.serviceName)).not.toContain(serviceName);
  });

  it('vanishes: what was told to be what it already is, is gone too', async () => {
    const trial = await SimulatedTrial.open('vanishes');
    expect(await trial.win32(order(trial, ODD_WHEN_RETURNED, 'continue'))).toBe(1060);
    expect(await trial.win32(trial.control.readStatus(ODD_WHEN_RETURNED))).toBe(1060);
  });

  it('status-lags: a state is reported three seconds late', async () => {
    const trial = await SimulatedTrial.open('status-lags');
    await order(trial, ODD_WHEN_PAUSED, 'pause');
    await trial.pass(2900);
    expect(await trial.state(ODD_WHEN_PAUSED)).toBe('running');
    await trial.pass(2000);
    expect(await trial.state(ODD_WHEN_PAUSED)).toBe('paused');
    await trial.control.sendControl(ODD_WHEN_PAUSED, 'continue');
    expect(await trial.state(ODD_WHEN_PAUSED)).toBe('paused');
  });

  it.each([
    [ODD_WHEN_PAUSED, 'pause', 'running'],
    [ODD_WHEN_RETURNED, 'continue', 'paused'],
  ] as const)('blinks: %s after %s is %s for less than half a second', async (serviceName, kind, blink) => {
    const trial = await prepare('blinks', serviceName, kind);
    await order(trial, serviceName, kind);
    const seen: ServiceState[] = [];
    await trial.pass(SETTLED_MS);
    for (let waitedMs = 0; waitedMs < HALF_MINUTE; waitedMs += 100) {
      seen.push(await trial.state(serviceName));
      await trial.pass(100);
    }
    expect(seen.filter((state) => state === blink)).toHaveLength(3);
    expect(seen[0]).not.toBe(blink);
    expect(seen.at(-1)).toBe(seen[0]);
  });

  it('pause-bit-moves: a service takes the pause, or the continue, only after half a minute', async () => {
    const trial = await SimulatedTrial.open('pause-bit-moves');
    await order(trial, ODD_WHEN_RETURNED, 'pause');
    await trial.pass(SETTLED_MS);
    expect(await trial.win32(order(trial, ODD_WHEN_PAUSED, 'pause'))).toBe(1052);
    expect(await trial.win32(order(trial, ODD_WHEN_RETURNED, 'continue'))).toBe(1052);
    await trial.pass(HALF_MINUTE);
    expect(await trial.win32(order(trial, ODD_WHEN_PAUSED, 'pause'))).toBe(0);
    expect(await trial.win32(order(trial, ODD_WHEN_RETURNED, 'continue'))).toBe(0);
  });

  it('start-type-changed-meanwhile: somebody writes Automatic before we write, or after', async () => {
    const trial = await SimulatedTrial.open('start-type-changed-meanwhile');
    const start = async (serviceName: string) => (await trial.control.readConfiguration(serviceName)).start;
    for (const serviceName of [ODD_WHEN_PAUSED, ODD_WHEN_RETURNED]) await order(trial, serviceName, 'pause');
    expect(await start(ODD_WHEN_PAUSED)).toEqual({ startType: 'auto', delayed: false });
    await order(trial, ODD_WHEN_RETURNED, 'set-held');
    expect(await start(ODD_WHEN_RETURNED)).toEqual({ startType: 'demand', delayed: false });
    await trial.pass(60_000);
    expect(await start(ODD_WHEN_RETURNED)).toEqual({ startType: 'auto', delayed: false });
  });

  it('start-type-reverts: the write succeeds and reads back as something else', async () => {
    const held = await SimulatedTrial.open('start-type-reverts');
    await order(held, ODD_WHEN_PAUSED, 'set-held');
    expect((await held.control.readConfiguration(ODD_WHEN_PAUSED)).start).toEqual({ startType: 'auto', delayed: true });
    const restored = await prepare('start-type-reverts', ODD_WHEN_RETURNED, 'set-auto');
    await order(restored, ODD_WHEN_RETURNED, 'set-auto');
    expect((await restored.control.readConfiguration(ODD_WHEN_RETURNED)).start.startType).toBe('demand');
  });

  it('delayed-without-auto: the flag is there and means nothing', async () => {
    const { control } = await SimulatedTrial.open('delayed-without-auto');
    expect((await control.readConfiguration(ODD_WHEN_PAUSED)).start).toEqual({ startType: 'demand', delayed: true });
    expect((await control.readConfiguration(ODD_WHEN_RETURNED)).start).toEqual({ startType: 'disabled', delayed: true });
  });

  it('trigger-start: a Manual service is started after a restart all the same', async () => {
    const trial = await prepare('trigger-start', ODD_WHEN_RETURNED, 'start');
    expect(await trial.control.readConfiguration(ODD_WHEN_RETURNED)).toMatchObject({
      start: { startType: 'demand' },
      hasStartTrigger: { known: true, value: true },
    });
    await trial.pass(60_000);
    expect(await trial.state(ODD_WHEN_RETURNED)).toBe('running');
  });

  it.each([
    [ODD_WHEN_PAUSED, 'pause', 'paused'],
    [ODD_WHEN_RETURNED, 'continue', 'running'],
  ] as const)('stale-until-interrogated: %s shows the outcome of %s once it is asked', async (serviceName, kind, outcome) => {
    const trial = await prepare('stale-until-interrogated', serviceName, kind);
    await order(trial, serviceName, kind);
    await trial.pass(SETTLED_MS);
    await trial.control.sendControl(serviceName, 'interrogate');
    expect(await trial.state(serviceName)).toBe(outcome);
  });
});

it('leaves every service but the two odd ones healthy', async () => {
  for (const { id } of ODDITIES) {
    const trial = await SimulatedTrial.open(id);
    await trial.control.sendControl('RTCIMMCU', 'pause');
    await trial.pass(SETTLED_MS);
    expect(await trial.state('RTCIMMCU')).toBe('paused');
    await trial.control.sendControl('RTCIMMCU', 'continue');
    await trial.pass(SETTLED_MS);
    expect(await trial.state('RTCIMMCU')).toBe('running');
  }
});
