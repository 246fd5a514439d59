import { expect, it } from 'vitest';

import { restAfter } from '../../electron/apps/tray/rest-policy.js';

it.each([
  [false, 0, 900, 900],
  [false, 40, 900, 860],
  [false, 100, 1_900, 800],
  [false, 1_000, 5_000, 600],
  [true, 0, 60_000, 900],
  [true, 1_000, 60_000, 600],
])('where nothing is to be expected: %s, after a reading of %i ms, it rests for %i ms and glances every %i ms', (...row) => {
  const [isUneventful, tookMs, restMs, glanceEveryMs] = row;
  expect(restAfter(isUneventful, tookMs)).toEqual({ restMs, glanceEveryMs });
});
