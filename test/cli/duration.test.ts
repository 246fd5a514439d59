import { expect, test } from 'vitest';

import { parseDuration } from '../../electron/apps/cli/duration.js';

test.each([
  ['60s', 60_000],
  ['15m', 900_000],
  ['1h30m', 5_400_000],
  ['2d', 172_800_000],
  ['500ms', 500],
  ['1.5h', 5_400_000],
  ['30d', 2_592_000_000],
])('%s is %d milliseconds', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test.each(['', '60', '0s', '0.4ms', '0.9ms', '31d', '-5m', '5 m', 'm', '1h30', '5min', '1e3s', '99999999999999999999s', 'NaNs'])(
  '%j is no duration',
  (text) => {
    expect(parseDuration(text)).toBeNull();
  },
);
