import { describe, expect, it } from 'vitest';

import type { CommandResult, PauseRequest, ResumeRequest } from '../../electron/engine/engine.js';
import {
  differences,
  DRAIN_ALL,
  type EngineHarness,
  NO_FLUSH,
  NO_WAIT,
  PATIENT,
  QUICK_PAUSE,
  RESUME_ALL,
} from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';
import { FakePauseEndTask } from '../harness/tasks/fake-pause-end-task.js';
import { UNSAFE } from '../harness/tasks/pause-end-task-contract.js';

const MINUTE_MS = 60_000;
const QUARTER: PauseRequest = { ...QUICK_PAUSE, forMs: 15 * MINUTE_MS };
/** As the task calls the program. */
const BY_TASK: ResumeRequest = { ...RESUME_ALL, ifPauseOver: true };

const openHarness = harnessesOf('quiet');

async function openWithTask(): Promise<{ readonly harness: EngineHarness; readonly task: FakePauseEndTask }> {
  const harness = await openHarness();
  const task = new FakePauseEndTask();
  harness.pauseEndTask = task;
  return { harness, task };
}

/** Another process, as the Task Scheduler starts it. */
function runTask(harness: EngineHarness): Promise<CommandResult> {
  const { engine, by, listen } = harness.begin();
  return engine.resume(BY_TASK, by, listen, PATIENT);
}

/** A quick pause whose process is gone with its session. */
async function pauseAndSignOut(harness: EngineHarness): Promise<void> {
  const { engine, by, listen, end } = harness.begin();
  expect((await engine.pause(QUARTER, by, listen, NO_WAIT)).outcome).toBe('paused');
  end();
}

/** Three minutes after Windows, as the task begins: what starts by itself has begun to, and is not there yet. */
async function passUntilAllStart(harness: EngineHarness): Promise<void> {
  for (let seconds = 0; seconds < 300; seconds++) {
    const services = [...(await harness.snapshot()).values()].filter(({ start }) => start.startType === 'auto');
    const isStarting = services.some(({ state }) => state === 'start-pending');
    if (isStarting && services.every(({ state }) => state !== 'stopped')) return;
    harness.pass(1_000);
  }
  throw new Error('No moment at which the last service starts.');
}

const openRun = (harness: EngineHarness) => harness.begin().records.findOpen()?.run ?? null;

describe('a quick pause that ends at a certain time', () => {
  it('has a task for exactly its end, on record, and told with the run', async () => {
    const { harness, task } = await openWithTask();
    const { engine, by, listen, events } = harness.begin();
    const { checklist } = await engine.pause(QUARTER, by, listen, NO_WAIT);
    expect(task.until).toBe(checklist?.run?.until);
    expect(checklist?.run?.endTask).toBe(task.name);
    expect(events.find(({ type }) => type === 'run')).toMatchObject({ endTask: task.name });
  });

  it('has its task before anything is paused, and on record with the order', async () => {
    const { harness, task } = await openWithTask();
    const first = harness.begin({ at: 'before-order', count: 1 });
    await first.engine.pause(QUARTER, first.by, first.listen, NO_WAIT).catch(() => null);
    expect(first.orders).toEqual([]);
    expect(task.until).toBe(openRun(harness)?.order.until);
  });

  it.each([
    ['others may change the program', (task: FakePauseEndTask): void => void (task.obstacle = UNSAFE), 'pause-task-unsafe'],
    ['Windows makes no task', (task: FakePauseEndTask): void => void (task.isRefusing = true), 'pause-task-not-made'],
  ] as const)('is refused before anything is paused if %s', async (_, spoil, id) => {
    const { harness, task } = await openWithTask();
    spoil(task);
    const { engine, by, listen, orders } = harness.begin();
    expect(await engine.pause(QUARTER, by, listen, NO_WAIT)).toMatchObject({ outcome: 'blocked', problem: { id } });
    expect(orders).toEqual([]);
    expect(openRun(harness)).toBeNull();
    expect((await engine.pause({ ...QUARTER, withoutEndTask: true }, by, listen, NO_WAIT)).outcome).toBe('paused');
    expect(openRun(harness)?.order.endTask).toBeUndefined();
  });

  it('begins all the same where there is no Task Scheduler, and says so', async () => {
    const { harness, task } = await openWithTask();
    task.isAvailable = false;
    const { engine, by, listen, events } = harness.begin();
    expect((await engine.pause(QUARTER, by, listen, NO_WAIT)).outcome).toBe('paused');
    expect(events.find(({ type }) => type === 'run')).toMatchObject({ endTask: null });
    expect(openRun(harness)?.order.endTask).toBeUndefined();
  });

  it('takes its task along when it ends by itself', async () => {
    const { harness, task } = await openWithTask();
    const { engine, by, listen } = harness.begin();
    expect((await engine.pause(QUARTER, by, listen, PATIENT)).outcome).toBe('returned');
    expect([task.made, task.until]).toEqual([1, null]);
  });

  it('leaves no task behind if its order could not be recorded', async () => {
    const { harness, task } = await openWithTask();
    const isWrite = { broken: false };
    const files = {
      ...NO_FLUSH,
      open: (...given: Parameters<typeof NO_FLUSH.open>) => {
        if (isWrite.broken) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
        return NO_FLUSH.open(...given);
      },
    };
    const { engine, by, listen } = harness.begin(undefined, files);
    const make = task.make.bind(task);
    task.make = async (until) => {
      const isMade = await make(until);
      isWrite.broken = true;
      return isMade;
    };
    expect((await engine.pause(QUARTER, by, listen, NO_WAIT)).outcome).not.toBe('paused');
    expect([task.made, task.until]).toEqual([1, null]);
  });
});

describe('the task of a quick pause', () => {
  it('does nothing before its time, however often it is started', async () => {
    const { harness, task } = await openWithTask();
    await pauseAndSignOut(harness);
    harness.pass(14 * MINUTE_MS);
    expect((await runTask(harness)).outcome).toBe('nothing-to-do');
    expect(openRun(harness)?.order.command).toBe('pause');
    expect(task.until).not.toBeNull();
  });

  it('brings everything back when the pause is over and its process is gone, and then itself goes', async () => {
    const { harness, task } = await openWithTask();
    const before = await harness.snapshot();
    await pauseAndSignOut(harness);
    harness.pass(15.5 * MINUTE_MS);
    expect((await runTask(harness)).outcome).toBe('returned');
    expect(differences(before, await harness.snapshot())).toEqual([]);
    expect([openRun(harness), task.until]).toEqual([null, null]);
  });

  it('goes on with a way back that was cut off in the middle', async () => {
    const { harness, task } = await openWithTask();
    const before = await harness.snapshot();
    await pauseAndSignOut(harness);
    harness.pass(15.5 * MINUTE_MS);
    const killed = harness.begin({ at: 'after-order', count: 2 });
    await killed.engine.resume(BY_TASK, killed.by, killed.listen, PATIENT).catch(() => null);
    expect(openRun(harness)?.order.command).toBe('resume');
    expect(task.until).not.toBeNull();
    expect((await runTask(harness)).outcome).toBe('returned');
    expect(differences(before, await harness.snapshot())).toEqual([]);
    expect(task.until).toBeNull();
  });

  it('leaves the pause to a process that is at it, and has nothing to do when that is done', async () => {
    const { harness, task } = await openWithTask();
    const { engine, by, listen } = harness.begin();
    let locked: CommandResult | null = null;
    harness.time.onSleep = async () => {
      if (locked === null && openRun(harness)?.order.command === 'pause') locked = await runTask(harness);
    };
    expect((await engine.pause(QUARTER, by, listen, PATIENT)).outcome).toBe('returned');
    expect(locked).toMatchObject({ outcome: 'locked' });
    harness.time.onSleep = null;
    expect((await runTask(harness)).outcome).toBe('nothing-to-do');
    expect(task.until).toBeNull();
  });

  it('after a restart only closes the pause, once what is still starting runs', async () => {
    const { harness, task } = await openWithTask();
    const before = await harness.snapshot();
    await pauseAndSignOut(harness);
    await harness.server.console.restart();
    await passUntilAllStart(harness);
    const { engine, by, listen, orders } = harness.begin();
    expect((await engine.resume(BY_TASK, by, listen, PATIENT)).outcome).toBe('returned');
    const byItself = [...before].filter(([, { start }]) => start.startType === 'auto').map(([name]) => name);
    expect(orders.filter((order) => byItself.some((name) => order.endsWith(` ${name}`)))).toEqual([]);
    // A trigger starts Windows Update.
    expect(differences(before, await harness.snapshot()).filter((difference) => !difference.startsWith('wuauserv'))).toEqual([]);
    expect([openRun(harness), task.until]).toEqual([null, null]);
  });

  it.each([
    [
      'a pause without an end',
      (harness: EngineHarness) => {
        const { engine, by, listen } = harness.begin();
        return engine.pause(QUICK_PAUSE, by, listen, NO_WAIT);
      },
    ],
    [
      'a drain',
      (harness: EngineHarness) => {
        const { engine, by, listen } = harness.begin();
        return engine.drain(DRAIN_ALL, by, listen, NO_WAIT);
      },
    ],
    [
      'a way back that starts nothing',
      (harness: EngineHarness) => {
        const { engine, by, listen } = harness.begin();
        return engine.resume({ ...RESUME_ALL, stayStopped: true }, by, listen, PATIENT);
      },
    ],
  ] as const)('goes when the order becomes %s, and one that is left over leaves that alone', async (_, give) => {
    const { harness, task } = await openWithTask();
    await pauseAndSignOut(harness);
    await give(harness);
    expect(task.until).toBeNull();
    const order = openRun(harness)?.order;
    task.until = '2026-01-01T00:00:00.000Z';
    harness.pass(60 * MINUTE_MS);
    expect((await runTask(harness)).outcome).toBe('nothing-to-do');
    expect(openRun(harness)?.order).toEqual(order);
    expect(task.until).toBeNull();
  });

  it('moves when the pause is given another end', async () => {
    const { harness, task } = await openWithTask();
    await pauseAndSignOut(harness);
    const first = task.until;
    const { engine, by, listen } = harness.begin();
    await engine.pause({ ...QUARTER, forMs: 60 * MINUTE_MS }, by, listen, NO_WAIT);
    expect(task.until).toBe(openRun(harness)?.order.until);
    expect(task.until! > first!).toBe(true);
  });
});
