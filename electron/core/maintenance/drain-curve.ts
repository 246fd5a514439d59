import type { CurvePoint, Estimate } from '../../contract/checklist.js';
import type { RecordedService } from '../../contract/run.js';
import type { Sample } from './quiet.js';

/** Fewer ended sessions than this say nothing about the rest. */
const MIN_ENDED = 4;

/** Remaining sessions over time, at least; a point without a number stands for a time in which nothing was read. */
export function drainCurve(samples: readonly Sample[], services: readonly RecordedService[]): readonly CurvePoint[] {
  return samples.flatMap((sample, index): CurvePoint[] => {
    const point = pointOf(sample, services);
    const before = samples[index - 1];
    if (before === undefined || sample.isAfterGap !== true) return [point];
    return [{ at: before.at, upMs: before.upMs, sessions: null }, point];
  });
}

function pointOf(sample: Sample, services: readonly RecordedService[]): CurvePoint {
  let sessions = 0;
  let isAtLeast = false;
  for (const { serviceName } of services) {
    const count = sample.sessions[serviceName];
    sessions += typeof count === 'number' ? count : (sample.atLeast[serviceName] ?? 0);
    isAtLeast ||= typeof count !== 'number';
  }
  return { at: sample.at, upMs: sample.upMs, sessions, ...(isAtLeast && { isAtLeast }) };
}

/**
 * When the last session may end. Calls end at a rate that is proportional to how many are left, so R sessions take about
 * (1 + 1/2 + … + 1/R) / rate; the rate comes from the sessions that ended so far, k of them, and is uncertain by 1/√k.
 * It cannot say when too few ended, when the count rose over the time looked at, or when a count is unknown.
 */
export function estimateEnd(curve: readonly CurvePoint[]): Estimate {
  const last = curve.at(-1);
  const first = lastBootOf(curve)[0];
  if (last?.sessions == null || first?.sessions == null) return { kind: 'cannot-say' };
  const left = last.sessions;
  const ended = first.sessions - left;
  const elapsedMs = last.upMs - first.upMs;
  if (left === 0 || ended < MIN_ENDED || elapsedMs <= 0) return { kind: 'cannot-say' };
  const ratePerMs = Math.log(first.sessions / left) / elapsedMs;
  const likelyMs = harmonic(left) / ratePerMs;
  const doubt = 1 / Math.sqrt(ended);
  return { kind: 'range', lowMs: likelyMs / (1 + 2 * doubt), highMs: likelyMs * (1 + 2 * doubt) };
}

/** The points since the monotonic clock last started from zero. */
function lastBootOf(curve: readonly CurvePoint[]): readonly CurvePoint[] {
  let start = curve.length - 1;
  while (start > 0) {
    const before = curve[start - 1];
    const here = curve[start];
    if (before === undefined || here === undefined || before.upMs > here.upMs) break;
    start -= 1;
  }
  return curve.slice(Math.max(start, 0));
}

function harmonic(count: number): number {
  if (count > 100) return Math.log(count) + 0.5772;
  let sum = 0;
  for (let index = 1; index <= count; index += 1) sum += 1 / index;
  return sum;
}
