import { expect, test } from 'vitest';

import { suggest } from '../../electron/apps/cli/suggestion.js';

const NAMES = ['RTCSRV', 'RTCMEDSRV', 'RTCRGS', 'REPLICA'];

test.each([
  ['RTCMEDSVR', 'RTCMEDSRV'],
  ['rtcsrv', 'RTCSRV'],
  ['RTCSRVV', 'RTCSRV'],
  ['RTMEDSRV', 'RTCMEDSRV'],
])('%s most likely means %s', (word, meant) => {
  expect(suggest(word, NAMES)).toBe(meant);
});

test.each(['Spooler', 'X', ''])('nothing is suggested for %j', (word) => {
  expect(suggest(word, NAMES)).toBeNull();
});
