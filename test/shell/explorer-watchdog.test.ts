import { afterEach, beforeEach, expect, it } from 'vitest';

import { watchExplorer } from '../../electron/apps/tray/explorer-watchdog.js';
import { SteppedTime } from '../harness/fakes/stepped-time.js';

let processId = 100;
let restarts = 0;
let clock: SteppedTime;
let stop: () => void;

beforeEach(() => {
  clock = new SteppedTime();
  [processId, restarts] = [100, 0];
  const taskbar = { allowTaskbarCreated: () => undefined, taskbarProcessId: () => processId };
  stop = watchExplorer(taskbar, clock, () => (restarts += 1));
});

afterEach(() => stop());

it('puts the icon back once for each restart of Explorer, when the taskbar is there again', async () => {
  await clock.advance(60_000);
  expect(restarts).toBe(0);
  processId = 0;
  await clock.advance(60_000);
  expect(restarts).toBe(0);
  processId = 200;
  await clock.advance(60_000);
  expect(restarts).toBe(1);
});

it('does nothing for a taskbar that was only gone for a moment', async () => {
  processId = 0;
  await clock.advance(3_000);
  processId = 100;
  await clock.advance(3_000);
  expect(restarts).toBe(0);
});
