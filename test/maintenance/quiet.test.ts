import { describe, expect, it } from 'vitest';

import type { Quiet } from '../../electron/contract/checklist.js';
import { type RecordedSample, type RecordedService, type Run, MAX_SAMPLE_GAP_MS } from '../../electron/contract/run.js';
import { ServiceMap } from '../../electron/contract/service-names.js';
import type { SessionReading } from '../../electron/contract/sessions.js';
import { judgeQuiet, viewQuiet, type Sample } from '../../electron/core/maintenance/quiet.js';
import { acceptanceOf, drainedOf, factsOf, proofOf, readingOf, runOf, samplesOf, second } from '../harness/fakes/server-facts.js';
import { fc } from '../harness/properties.js';

const A = drainedOf('RTCMEDSRV');
const B = drainedOf('RTCSRV');

function zeros(count: number): RecordedSample['sessions'][] {
  return Array.from({ length: count }, () => ({ RTCMEDSRV: 0, RTCSRV: 0 }));
}

function now(seconds: number, sessions: Sample['sessions'] = { RTCMEDSRV: 0, RTCSRV: 0 }): Sample {
  return { ...second(seconds), sessions, atLeast: {} };
}

/** Judges a reading that says what the sample does, of services that are paused. */
function judge(run: Run, services: readonly RecordedService[], { at, upMs, sessions }: Sample, allPaused: boolean): Quiet {
  const readings = Object.entries(sessions).map(([name, value]): [string, SessionReading] => [
    name,
    typeof value === 'number' ? readingOf(value) : { kind: 'unknown', reason: value, raw: null },
  ]);
  const facts = {
    ...factsOf({ RTCMEDSRV: { state: 'paused' }, RTCSRV: { state: 'paused' } }, { at, upMs }),
    sessions: new ServiceMap(readings),
  };
  return judgeQuiet(viewQuiet(facts, run), services, allPaused);
}

describe('quiet', () => {
  it('is reached when every service was at zero for the whole hold time', () => {
    const run = runOf([A, B], {}, { samples: samplesOf(zeros(60), 99) });
    expect(judge(run, [A, B], now(100), true)).toEqual({ kind: 'quiet', heldMs: 60_000, samples: 61 });
  });

  it('is not reached a moment before the hold time is over', () => {
    const run = runOf([A, B], {}, { samples: samplesOf(zeros(59), 99) });
    expect(judge(run, [A, B], now(100), true)).toEqual({ kind: 'holding', heldMs: 59_000, holdTimeMs: 60_000 });
  });

  it('begins anew at a session that came in between', () => {
    const samples = samplesOf([...zeros(60), { RTCMEDSRV: 0, RTCSRV: 1 }, ...zeros(10)], 99);
    expect(judge(runOf([A, B], {}, { samples }), [A, B], now(100), true)).toMatchObject({ kind: 'holding', heldMs: 10_000 });
  });

  it.each([{ RTCMEDSRV: 0, RTCSRV: 'counter-failed' as const }, { RTCMEDSRV: 0 }])(
    'begins anew at a count in between that nobody knew: %j',
    (unknown) => {
      const samples = samplesOf([...zeros(60), unknown, ...zeros(10)], 99);
      expect(judge(runOf([A, B], {}, { samples }), [A, B], now(100), true)).toMatchObject({ kind: 'holding', heldMs: 10_000 });
    },
  );

  it('does not ask a service that stands accepted how long it has shown nothing', () => {
    const samples = samplesOf(
      zeros(60).map((sample) => ({ ...sample, RTCSRV: 'counter-missing' as const })),
      99,
    );
    const run = runOf([A, B], {}, { samples, acceptances: new ServiceMap([['RTCSRV', acceptanceOf()]]) });
    expect(judge(run, [A, B], now(100, { RTCMEDSRV: 0, RTCSRV: 'counter-missing' }), true)).toMatchObject({
      kind: 'quiet',
      heldMs: 60_000,
    });
  });

  it('begins anew where nobody looked for too long', () => {
    const early = samplesOf(zeros(60), 70).map((sample, index) => ({ ...sample, seq: index }));
    const gapSeconds = MAX_SAMPLE_GAP_MS / 1000 + 1;
    const run = runOf([A, B], {}, { samples: early });
    expect(judge(run, [A, B], now(70 + gapSeconds), true)).toMatchObject({ kind: 'holding', heldMs: 0 });
  });

  it('does not believe a wall clock that was set forward', () => {
    const samples = samplesOf(zeros(5), 99);
    const jumped: Sample = { ...now(100), at: second(100_000).at };
    expect(judge(runOf([A, B], {}, { samples }), [A, B], jumped, true)).toMatchObject({ kind: 'holding', heldMs: 0 });
  });

  it('does not count zeros from before a restart', () => {
    const samples = samplesOf(zeros(60), 99);
    const afterBoot: Sample = { ...now(100), upMs: 20_000 };
    expect(judge(runOf([A, B], {}, { samples }), [A, B], afterBoot, true)).toMatchObject({ kind: 'holding', heldMs: 0 });
  });

  it('does not count zeros from before the latest pause', () => {
    const samples = samplesOf(zeros(60), 99);
    const run = runOf([A, B], {}, { samples, holdFromSeq: 10 + 50 });
    expect(judge(run, [A, B], now(100), true)).toMatchObject({ kind: 'holding', heldMs: 10_000 });
  });

  it('is not even looked for while a service still takes new work', () => {
    const run = runOf([A, B], {}, { samples: samplesOf(zeros(60), 99) });
    expect(judge(run, [A, B], now(100), false)).toEqual({ kind: 'not-draining' });
  });

  it('lacks only acceptances once all that can be known has held zero', () => {
    const samples = samplesOf(
      zeros(60).map((sample) => ({ ...sample, RTCSRV: 'busy-only' as const })),
      99,
    );
    const last = now(100, { RTCMEDSRV: 0, RTCSRV: 'busy-only' });
    expect(judge(runOf([A, B], {}, { samples }), [A, B], last, true)).toEqual({
      kind: 'needs-acceptance',
      heldMs: 60_000,
      sessions: 0,
      unknown: ['RTCSRV'],
    });
    expect(judge(runOf([A, B], {}, { samples: samples.slice(1) }), [A, B], last, true)).toMatchObject({
      kind: 'busy',
      unknown: ['RTCSRV'],
    });
  });

  it('names the services nobody can count', () => {
    const run = runOf([A, B]);
    const current = now(100, { RTCMEDSRV: 'counter-missing', RTCSRV: 3 });
    expect(judge(run, [A, B], current, true)).toEqual({ kind: 'busy', sessions: 3, unknown: ['RTCMEDSRV'] });
  });

  it('takes a missing reading for unknown, not for zero', () => {
    expect(judge(runOf([A, B]), [A, B], now(100, { RTCSRV: 0 }), true)).toMatchObject({ kind: 'busy', unknown: ['RTCMEDSRV'] });
  });

  it('excuses an unknown count that was accepted by hand, and never one above zero', () => {
    const run = runOf([A, B], { holdTimeMs: 0 }, { acceptances: new ServiceMap([['RTCMEDSRV', acceptanceOf()]]) });
    expect(judge(run, [A, B], now(100, { RTCMEDSRV: 'counter-missing', RTCSRV: 0 }), true).kind).toBe('quiet');
    expect(judge(run, [A, B], now(100, { RTCMEDSRV: 2, RTCSRV: 0 }), true).kind).toBe('busy');
  });

  it('stands once proven, for as long as each reading agrees', () => {
    const proven = proofOf(second(50), 60_000, 60);
    const run = runOf([A, B], {}, { quiet: proven });
    expect(judge(run, [A, B], now(4000), true).kind).toBe('quiet');
    expect(judge(run, [A, B], now(4000, { RTCMEDSRV: 1, RTCSRV: 0 }), true).kind).toBe('busy');
  });

  it('is not carried over to a longer hold time', () => {
    const run = runOf([A, B], { holdTimeMs: 120_000 }, { quiet: proofOf(second(50), 60_000, 60) });
    expect(judge(run, [A, B], now(100), true).kind).toBe('holding');
  });

  it('never comes from readings of which the last is unknown or above zero, whatever came before', () => {
    const count = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5 }), fc.constant('counter-missing' as const));
    const sample = fc.record({ RTCMEDSRV: count, RTCSRV: count });
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 100 }), sample, fc.integer({ min: 0, max: 60_000 }), (history, last, holdTimeMs) => {
        const run = runOf([A, B], { holdTimeMs }, { samples: samplesOf(history, 99) });
        const isProvenZero = last.RTCMEDSRV === 0 && last.RTCSRV === 0;
        return isProvenZero || ['busy', 'needs-acceptance'].includes(judge(run, [A, B], now(100, last), true).kind);
      }),
    );
  });

  it('is never held for longer than the unbroken run of zeros before now', () => {
    const count = fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constantFrom(1, 'tcp-failed' as const) });
    fc.assert(
      fc.property(fc.array(fc.record({ RTCMEDSRV: count, RTCSRV: count }), { maxLength: 100 }), (history) => {
        const run = runOf([A, B], { holdTimeMs: 40_000 }, { samples: samplesOf(history, 99) });
        const zerosBeforeNow = [...history].reverse().findIndex((one) => one.RTCMEDSRV !== 0 || one.RTCSRV !== 0);
        const unbroken = zerosBeforeNow === -1 ? history.length : zerosBeforeNow;
        return (judge(run, [A, B], now(100), true).kind === 'quiet') === unbroken >= 40;
      }),
    );
  });
});
