import { describe, expect, it } from 'vitest';

import { settle, type Settled, type SettleGoal } from '../../electron/engine/settle.js';
import { moving, ScriptedControl, SERVICE, type Scene } from './scripted-control.js';

const HOUR_MS = 3_600_000;

function pausing(control: ScriptedControl, goal: Partial<SettleGoal> = {}): Promise<Settled> {
  const { signal } = new AbortController();
  return settle({ serviceControl: control, host: control.host }, { serviceName: SERVICE, wanted: 'paused', departed: 'running', deadlineUpMs: null, signal, ...goal });
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

  it('ends also with a checkpoint that moves for ever, so that the others get their turn', async () => {
    const control = new ScriptedControl(...moving('pause-pending', 0, 3 * HOUR_MS, 10_000));
    expect((await pausing(control)).kind).toBe('out-of-patience');
    expect(control.time.nowMs()).toBeLessThan(HOUR_MS);
  });

  it('gives the Front-End an hour to start, and longer while it moves', async () => {
    const starting = { serviceName: 'RTCSRV', wanted: 'running', departed: 'stopped' } as const;
    const still = new ScriptedControl([0, { state: 'start-pending' }], [HOUR_MS - 1_000, { state: 'running' }]);
    expect((await pausing(still, starting)).kind).toBe('reached');
    const slow = new ScriptedControl(...moving('start-pending', 0, 1.5 * HOUR_MS, 60_000), [1.5 * HOUR_MS, { state: 'running' }]);
    expect((await pausing(slow, starting)).kind).toBe('reached');
  });

  it('waits for a service that goes on running for a while after it took the pause', async () => {
    const control = new ScriptedControl([0, { state: 'running' }], [20_000, { state: 'pause-pending' }], [21_000, { state: 'paused' }]);
    expect((await pausing(control)).kind).toBe('reached');
  });

  it.each<[string, readonly Scene[]]>([
    ['stopped instead', [[0, { state: 'pause-pending' }], [1_000, { state: 'stopped' }]]],
    ['back where it came from', [[0, { state: 'pause-pending' }], [1_000, { state: 'running' }]]],
  ])('ends at once with a service that is %s', async (_, scenes) => {
    const control = new ScriptedControl(...scenes);
    expect(await pausing(control)).toMatchObject({ kind: 'elsewhere', status: scenes[1]![1] });
    expect(control.time.nowMs()).toBe(1_000);
  });

  it('takes any state of rest where none is wanted', async () => {
    const control = new ScriptedControl([0, { state: 'stop-pending' }], [3_000, { state: 'stopped' }]);
    expect(await pausing(control, { wanted: null, departed: null })).toMatchObject({ kind: 'reached', status: { state: 'stopped' } });
  });

  it.each(['running', 'pause-pending'] as const)('asks a service that stays %s to report, now and then', async (state) => {
    const control = new ScriptedControl([0, { state }]);
    await pausing(control);
    expect(control.sent).toEqual(['interrogate', 'interrogate', 'interrogate']);
  });

  it('does not ask a service that moves', async () => {
    const control = new ScriptedControl(...moving('pause-pending', 0, 20_000, 1_000), [20_000, { state: 'paused' }]);
    await pausing(control);
    expect(control.sent).toEqual([]);
  });

  it('sees at once what a service reports only when asked', async () => {
    const control = new ScriptedControl([0, { state: 'pause-pending' }]);
    control.onInterrogate = () => {
      control.scenes = [[0, { state: 'paused' }]];
    };
    expect((await pausing(control)).kind).toBe('reached');
    expect(control.time.nowMs()).toBeLessThan(3_000);
  });

  it('gives up at the deadline', async () => {
    const control = new ScriptedControl(...moving('pause-pending', 0, HOUR_MS, 1_000));
    expect((await pausing(control, { deadlineUpMs: 5_000 })).kind).toBe('given-up');
    expect(control.time.nowMs()).toBe(5_000);
  });

  it('gives up when told to', async () => {
    const control = new ScriptedControl([0, { state: 'pause-pending' }]);
    expect((await pausing(control, { signal: AbortSignal.abort() })).kind).toBe('given-up');
    expect(control.time.nowMs()).toBe(0);
  });
});
