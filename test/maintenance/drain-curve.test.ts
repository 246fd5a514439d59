import { describe, expect, it } from 'vitest';

import { findLeak, findStalled } from '../../electron/core/maintenance/alarms.js';
import { drainCurve, estimateEnd } from '../../electron/core/maintenance/drain-curve.js';
import { patienceMs, pollDelayMs } from '../../electron/core/maintenance/patience.js';
import { drainedOf, readingOf, samplesOf, second, statusOf } from '../harness/fakes/server-facts.js';
import { fc } from '../harness/properties.js';

const A = drainedOf('RTCIMMCU');

function curveOf(counts: readonly (number | 'counter-missing')[], stepSeconds = 10): ReturnType<typeof drainCurve> {
  return drainCurve(
    samplesOf(
      counts.map((count) => ({ RTCIMMCU: count })),
      1000,
      stepSeconds,
    ),
    [A],
  );
}

describe('the drain curve', () => {
  it('shows what was seen at least where a count was unknown, and says so', () => {
    const samples = samplesOf([{ RTCIMMCU: 3 }, { RTCIMMCU: 'busy-only' }, { RTCIMMCU: 0 }], 30, 10).map((sample, index) =>
      index === 1 ? { ...sample, atLeast: { RTCIMMCU: 2 } } : sample,
    );
    expect(drainCurve(samples, [A]).map(({ sessions, isAtLeast }) => [sessions, isAtLeast])).toEqual([
      [3, undefined],
      [2, true],
      [0, undefined],
    ]);
  });

  it('has a gap, not a line, where nothing was read for longer than the record keeps silent', () => {
    const [first, second, third] = samplesOf([{ RTCIMMCU: 5 }, { RTCIMMCU: 4 }, { RTCIMMCU: 3 }], 60, 18);
    expect(drainCurve([first!, { ...second!, isAfterGap: true }, third!], [A]).map(({ sessions }) => sessions)).toEqual([5, null, 4, 3]);
  });

  it('adds up the services that count', () => {
    const samples = samplesOf([{ RTCIMMCU: 2, RTCSRV: 5, RTCRGS: 9 }], 10);
    expect(drainCurve(samples, [A, drainedOf('RTCSRV')])[0]?.sessions).toBe(7);
  });
});

describe('the estimate', () => {
  it('cannot say after too few ended sessions', () => {
    expect(estimateEnd(curveOf([10, 9, 8, 7]))).toEqual({ kind: 'cannot-say' });
  });

  it('cannot say when sessions came instead of going, when one is unknown, or when nothing is left', () => {
    expect(estimateEnd(curveOf([10, 20, 30])).kind).toBe('cannot-say');
    expect(estimateEnd(curveOf([20, 10, 'counter-missing'])).kind).toBe('cannot-say');
    expect(estimateEnd(curveOf([20, 10, 0])).kind).toBe('cannot-say');
    expect(estimateEnd([]).kind).toBe('cannot-say');
  });

  it('holds the real end of an evenly dying crowd within its range', () => {
    // 64 sessions with a mean life of 1000 s: the last of 16 ends about H(16) × 1000 s after 16 are left.
    const counts = [64, 52, 43, 35, 29, 24, 19, 16];
    const estimate = estimateEnd(curveOf(counts, 200));
    expect(estimate.kind).toBe('range');
    if (estimate.kind !== 'range') return;
    const expectedMs = 3.38 * 1000 * 1000;
    expect(estimate.lowMs).toBeLessThan(expectedMs);
    expect(estimate.highMs).toBeGreaterThan(expectedMs);
  });

  it('always gives a range that is one', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(500), { minLength: 2, maxLength: 50 }), (counts) => {
        const estimate = estimateEnd(curveOf(counts));
        return (
          estimate.kind === 'cannot-say' || (estimate.lowMs > 0 && estimate.lowMs <= estimate.highMs && Number.isFinite(estimate.highMs))
        );
      }),
    );
  });

  it('looks only at the time since the last restart', () => {
    const before = curveOf([100, 50]);
    const after = before.map((point) => ({ ...point, upMs: point.upMs - 900_000 }));
    expect(estimateEnd([...before, ...after.map((point) => ({ ...point, sessions: 50 }))])).toEqual({ kind: 'cannot-say' });
  });
});

describe('a leak', () => {
  const paused = statusOf('RTCIMMCU', { state: 'paused' });

  it('is a count that rises on a paused service', () => {
    expect(findLeak(paused, readingOf(2), readingOf(3))).toEqual({ serviceName: 'RTCIMMCU', before: 2, after: 3, from: null });
  });

  it('is also a new connection where the count stays, and names where it came from', () => {
    const arrived = {
      kind: 'count',
      count: 2,
      evidence: 'tcp',
      arrivals: [{ address: '10.0.0.9', port: 51000, localPort: 5075 }],
    } as const;
    expect(findLeak(paused, readingOf(2), arrived)).toMatchObject({ from: '10.0.0.9:51000' });
  });

  it('is not a count that falls, a running service, or something unknown', () => {
    expect(findLeak(paused, readingOf(3), readingOf(2))).toBeNull();
    expect(findLeak(statusOf('RTCIMMCU'), readingOf(2), readingOf(3))).toBeNull();
    expect(findLeak(paused, readingOf('unknown'), readingOf(3))).toBeNull();
    expect(findLeak(paused, null, readingOf(3))).toBeNull();
  });
});

describe('a stall', () => {
  const stalledAfterMs = 60_000;

  it('is a count above zero that does not change', () => {
    const samples = samplesOf(
      Array.from({ length: 7 }, () => ({ RTCIMMCU: 4 })),
      100,
      10,
    );
    expect(findStalled(samples, [A], second(100), stalledAfterMs)).toEqual([{ serviceName: 'RTCIMMCU', count: 4, sinceMs: 60_000 }]);
  });

  it('is not a count that changed within that time, zero, or unknown', () => {
    const moving = samplesOf([...Array.from({ length: 7 }, () => ({ RTCIMMCU: 4 })), { RTCIMMCU: 3 }], 100, 10);
    expect(findStalled(moving, [A], second(100), stalledAfterMs)).toEqual([]);
    const zero = samplesOf(
      Array.from({ length: 9 }, () => ({ RTCIMMCU: 0 })),
      100,
      10,
    );
    expect(findStalled(zero, [A], second(100), stalledAfterMs)).toEqual([]);
    const unknown = samplesOf(
      Array.from({ length: 9 }, () => ({ RTCIMMCU: 'counter-missing' as const })),
      100,
      10,
    );
    expect(findStalled(unknown, [A], second(100), stalledAfterMs)).toEqual([]);
  });
});

describe('patience with a pending state', () => {
  it('looks again after a tenth of the wait hint, between 0.1 and 10 seconds', () => {
    const delays = [0, 500, 20_000, 4_294_967_295].map((waitHintMs) => pollDelayMs(statusOf('X', { status: { waitHintMs } })));
    expect(delays).toEqual([100, 100, 2000, 10_000]);
  });

  it('lasts for the hint, at least half a minute, and never for 49 days', () => {
    const patience = [0, 45_000, 4_294_967_295].map((waitHintMs) => patienceMs(statusOf('X', { status: { waitHintMs } })));
    expect(patience).toEqual([30_000, 45_000, 600_000]);
  });

  it('lasts an hour for a Front-End that starts', () => {
    expect(patienceMs(statusOf('RTCSRV', { state: 'start-pending' }))).toBe(3_600_000);
    expect(patienceMs(statusOf('RTCSRV', { state: 'pause-pending' }))).toBe(30_000);
  });
});
