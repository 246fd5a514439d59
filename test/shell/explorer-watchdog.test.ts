import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { watchExplorer } from '../../electron/apps/tray/explorer-watchdog.js';

let processId = 100;
let restarts = 0;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  [processId, restarts] = [100, 0];
  const taskbar = { allowTaskbarCreated: () => undefined, taskbarProcessId: () => processId };
  stop = watchExplorer(taskbar, () => (restarts += 1));
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

it('puts the icon back once for each restart of Explorer, when the taskbar is there again', () => {
  vi.advanceTimersByTime(60_000);
  expect(restarts).toBe(0);
  processId = 0;
  vi.advanceTimersByTime(60_000);
  expect(restarts).toBe(0);
  processId = 200;
  vi.advanceTimersByTime(60_000);
  expect(restarts).toBe(1);
});

it('does nothing for a taskbar that was only gone for a moment', () => {
  processId = 0;
  vi.advanceTimersByTime(3_000);
  processId = 100;
  vi.advanceTimersByTime(3_000);
  expect(restarts).toBe(0);
});
