import { describe, expect, it } from 'vitest';

import type { Facts, PoolReading } from '../../electron/contract/facts.js';
import { blockingChecks, runChecks } from '../../electron/core/maintenance/checks.js';
import { findFailoverTraces } from '../../electron/core/maintenance/failover.js';
import { factsOf, second } from '../harness/fakes/server-facts.js';

const DISABLED = { startType: 'disabled', delayed: false } as const;
const AUTO = { startType: 'auto', delayed: false } as const;

/** Each service as `NAME`, `NAME-` where it is disabled and stopped, `NAME!` where it is disabled and still runs. */
function server(words: string) {
  const services = words.split(' ').map((word) => {
    const isDisabled = /[-!]$/.test(word);
    const state = word.endsWith('-') ? 'stopped' : 'running';
    return [word.replace(/[-!]$/, ''), { state, start: isDisabled ? DISABLED : AUTO }] as const;
  });
  return factsOf(Object.fromEntries(services), second(1_000));
}

/**
 * Microsoft, `Invoke-CsComputerFailOver` and `Invoke-CsComputerFailBack`: disables and stops every service, and undoes that. In which order
 * is not told.
 */
const TRACES: readonly [string, readonly string[], string][] = [
  ['RTCSRV RTCRGS RTCMEDSRV', [], 'none'],
  ['RTCSRV- RTCRGS- RTCMEDSRV-', [], 'failed-over'],
  // At work: disabled, and not stopped yet.
  ['RTCSRV- RTCRGS- RTCMEDSRV!', [], 'half-done'],
  ['RTCSRV! RTCRGS! RTCMEDSRV!', [], 'half-done'],
  // The Front-End alone is enough: nobody disables it where it is in use.
  ['RTCSRV! RTCRGS RTCMEDSRV RTCCPS RTCCAA', [], 'half-done'],
  ['rtcsrv- RTCRGS RTCMEDSRV RTCCPS RTCCAA', [], 'half-done'],
  // Half of all.
  ['RTCSRV RTCRGS- RTCMEDSRV- RTCCPS', [], 'half-done'],
  ['RTCSRV RTCRGS- RTCMEDSRV RTCCPS', [], 'none'],
  // A service that is not in use.
  ['RTCSRV RTCXMPPTGW-', [], 'none'],
  ['RTCMEDSRV-', [], 'none'],
  // Our own doing, with --hold disabled.
  ['RTCSRV- RTCRGS- RTCMEDSRV-', ['RTCSRV', 'RTCRGS', 'RTCMEDSRV'], 'none'],
  ['RTCSRV! RTCRGS RTCMEDSRV RTCCPS', ['rtcsrv'], 'none'],
  // Half ours, and the rest not.
  ['RTCSRV- RTCRGS- RTCMEDSRV-', ['RTCRGS'], 'half-done'],
];

describe('a failover', () => {
  it.each(TRACES)('of %s, of which the run disabled %j, is %s', (words, disabledByRun, kind) => {
    expect(findFailoverTraces(server(words), disabledByRun).kind).toBe(kind);
  });

  it.each(TRACES)('forbids a plan for %s, of which the run disabled %j: %s', (words, disabled, kind) => {
    const facts = server(words);
    const blocked = (...overrides: readonly string[]): readonly string[] =>
      blockingChecks(runChecks(facts, { serviceNames: [...facts.statuses.keys()], hold: 'demand', overrides, disabled })).map(
        ({ id }) => id,
      );
    const expected = { none: [], 'half-done': ['failover-half-done'], 'failed-over': ['failed-over'] }[kind] ?? [];
    expect(blocked()).toEqual(expected);
    // What looks like half a failover may be none, and an administrator can say so; a whole one is one.
    expect(blocked('failover-half-done')).toEqual(kind === 'failed-over' ? expected : []);
  });
});

const version = (majorVersion: number) => ({ known: true, version: `${majorVersion}.0.1`, majorVersion }) as const;

/** What the plan says of the tool; undefined if it does not name it. */
function named(facts: Facts, serviceNames: readonly string[]): string | undefined {
  return runChecks(facts, { serviceNames, hold: 'demand', overrides: [] }).find(({ id }) => id === 'failover-tool')?.result;
}

describe('the tool of Lync for a whole server', () => {
  const pool = (members: number | null): PoolReading => ({
    known: true,
    value: { fqdn: 'pool01', members, othersInService: members === null ? null : members - 1, addresses: 4 },
  });

  it.each([
    ['a whole server of a pool', pool(4), ['RTCSRV', 'RTCRGS'], true],
    ['a pool of one', pool(1), ['RTCSRV', 'RTCRGS'], false],
    ['a pool whose servers are not known', pool(null), ['RTCSRV', 'RTCRGS'], false],
    ['an Edge', { known: false, reason: 'not-supported' } as const, ['RTCSRV', 'RTCRGS'], false],
    ['one service', pool(4), ['RTCRGS'], false],
    ['all but one service', pool(4), ['RTCSRV'], false],
  ] as const)('is named for %s', (_, reading, serviceNames, isNamed) => {
    expect(named({ ...server('RTCSRV RTCRGS'), pool: reading, product: version(6) }, serviceNames)).toBe(isNamed ? 'pass' : undefined);
  });

  it.each([
    ['Lync Server 2013, which has no such cmdlet', version(5), false],
    ['Skype for Business Server 2019', version(7), true],
    ['a product that is not known', { known: false, reason: 'failed' }, true],
  ] as const)('is told to servers of %s: %s', (_, product, isNamed) => {
    expect(named({ ...server('RTCSRV RTCRGS'), pool: pool(4), product }, ['RTCSRV', 'RTCRGS'])).toBe(isNamed ? 'pass' : undefined);
  });
});
