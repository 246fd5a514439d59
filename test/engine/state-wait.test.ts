import { describe, expect, it } from 'vitest';

import { type Settled, type StateGoal, StateWait } from '../../electron/engine/state-wait.js';
import { moving, ScriptedControl, SERVICE, type Scene } from '../harness/engine/scripted-control.js';

const HOUR_MS = 3_600_000;

/** Reads the service as often as the wait asks for, until that ends. */
async function pausing(control: ScriptedControl, goal: Partial<StateGoal> = {}, serviceName = SERVICE): Promise<Settled> {
  const { time } = control;
  const wait = new StateWait({ wanted: 'paused', departed: 'running', ...goal }, await control.readStatus(serviceName), time.nowMs());
  for (;;) {
    const settled = wait.note(await control.readStatus(serviceName), time.nowMs());
    if (settled !== null) return settled;
    await time.sleep(wait.nextReadUpMs - time.nowMs());
  }
}

describe('waiting for a service to come to rest', () => {
  it('keeps waiting while the checkpoint advances', async () => {
    const control = new ScriptedControl(...moving('pause-pending', 0, 600_000, 20_000), [600_000, { state: 'paused' }]);
    expect(await pausing(control)).toMatchObject({ kind: 'reached', status: { state: 'paused' } });
    expect(control.time.nowMs()).toBeGreaterThanOrEqual(600_000);
  });

  it('runs out of patience with a service that does not move, after half a minute', async () => {
    const control = new ScriptedControl([0, { state: 'pause-pending', checkpoint: 1, waitHintMs: 1_000 }]);
    expect(await pausing(control)).toMatchObject({ kind: 'out-of-patience', status: { state: 'pause-pending' } });
    expect(control.time.nowMs()).toBe(30_000);
  });

  it('waits as long as the service asks for, where that is longer', async () => {
    const control = new ScriptedControl([0, { state: 'pause-pending', waitHintMs: 120_000 }], [100_000, { state: 'paused' }]);
    expect((await pausing(control)).kind).toBe('reached');
  });

  it('does not believe a wait hint of 49 days', async () => {
    const control = new ScriptedControl([0, { state: 'pause-pending', waitHintMs: 2 ** 32 - 1 }]);
    expect((await pausing(control)).kind).toBe('out-of-patience');
    expect(control.time.nowMs()).toBeLessThanOrEqual(610_000);
  });

  it('ends also with a checkpoint that moves for ever', async () => {
    const control = new ScriptedControl(...moving('pause-pending', 0, 3 * HOUR_MS, 10_000));
    expect((await pausing(control)).kind).toBe('out-of-patience');
    expect(control.time.nowMs()).toBeLessThan(HOUR_MS);
  });

  it('gives the Front-End an hour to start, and longer while it moves', async () => {
    const starting = { wanted: 'running', departed: 'stopped' } as const;
    const still = new ScriptedControl([0, { state: 'start-pending' }], [HOUR_MS - 1_000, { state: 'running' }]);
    expect((await pausing(still, starting, 'RTCSRV')).kind).toBe('reached');
    const slow = new ScriptedControl(...moving('start-pending', 0, 1.5 * HOUR_MS, 60_000), [1.5 * HOUR_MS, { state: 'running' }]);
    expect((await pausing(slow, starting, 'RTCSRV')).kind).toBe('reached');
  });

  it('waits for a service that goes on running for a while after it took the pause', async () => {
    const control = new ScriptedControl([0, { state: 'running' }], [20_000, { state: 'pause-pending' }], [21_000, { state: 'paused' }]);
    expect((await pausing(control)).kind).toBe('reached');
  });

  it.each<[string, readonly Scene[]]>([
    [
      'stopped instead',
      [
        [0, { state: 'pause-pending' }],
        [1_000, { state: 'stopped' }],
      ],
    ],
    [
      'back where it came from',
      [
        [0, { state: 'pause-pending' }],
        [1_000, { state: 'running' }],
      ],
    ],
  ])('ends at once with a service that is %s', async (_, scenes) => {
    const control = new ScriptedControl(...scenes);
    expect(await pausing(control)).toMatchObject({ kind: 'elsewhere', status: scenes[1]![1] });
    expect(control.time.nowMs()).toBe(1_000);
  });

  it('takes any state of rest where none is wanted', async () => {
    const control = new ScriptedControl([0, { state: 'stop-pending' }], [3_000, { state: 'stopped' }]);
    expect(await pausing(control, { wanted: null, departed: null })).toMatchObject({ kind: 'reached', status: { state: 'stopped' } });
  });

  it.each(['running', 'pause-pending'] as const)(
    'wants a report from a service that stays %s, and again when it was asked for one',
    async (state) => {
      const control = new ScriptedControl([0, { state }]);
      const wait = new StateWait({ wanted: 'paused', departed: 'running' }, await control.readStatus(SERVICE), 0);
      expect(wait.nextReportUpMs).toBe(2_000);
      wait.noteAsked(2_000);
      expect(wait.nextReportUpMs).toBe(12_000);
    },
  );

  it('tells whether the service was seen moving', async () => {
    const control = new ScriptedControl([0, { state: 'running' }]);
    const wait = new StateWait({ wanted: 'paused', departed: 'running' }, await control.readStatus(SERVICE), 0);
    wait.note(await control.readStatus(SERVICE), 100);
    expect(wait.hasDeparted).toBe(false);
    control.scenes = [[0, { state: 'pause-pending' }]];
    wait.note(await control.readStatus(SERVICE), 200);
    expect(wait.hasDeparted).toBe(true);
  });
});
