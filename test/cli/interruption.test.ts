import { EventEmitter } from 'node:events';

import { expect, test } from 'vitest';

import { listenForInterruption } from '../../electron/apps/cli/interruption.js';

test.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'])('the first %s aborts, the second one leaves', (signal) => {
  const source = new EventEmitter();
  let left = 0;
  const interruption = listenForInterruption(source, () => (left += 1));
  source.emit(signal);
  expect([interruption.aborted, left]).toEqual([true, 0]);
  source.emit(signal);
  expect(left).toBe(1);
});
