import type { Quiet } from '../contract/checklist.js';
import type { Instant } from '../contract/computer.js';
import type { RecordedSample, RecordedService, Run } from '../contract/run.js';
import type { SessionReading } from '../contract/sessions.js';

/** Zeros further apart than this do not hold together: nobody looked in between. */
export const MAX_SAMPLE_GAP_MS = 15_000;

/** Wall clock and monotonic clock may differ by this between two samples; more means a restart or a clock that was set. */
const MAX_CLOCK_DRIFT_MS = 5_000;

/** A sample that may not be in the record yet. */
export type Sample = Omit<RecordedSample, 'seq'>;

/** A reading in the record's short form: the count, or why it is unknown. */
export function toSample(now: Instant, sessions: ReadonlyMap<string, SessionReading>): Sample {
  const short: RecordedSample['sessions'] = {};
  for (const [name, reading] of sessions) short[name] = reading.kind === 'count' ? reading.count : reading.reason;
  return { at: now.at, upMs: now.upMs, sessions: short };
}

/** True when the sample proves that the service carries nothing. An unknown count does so only where it was accepted by hand. */
function isZero(sample: Sample, service: Pick<RecordedService, 'serviceName' | 'acceptedByHand'>): boolean {
  const count = sample.sessions[service.serviceName];
  if (typeof count === 'number') return count === 0;
  return service.acceptedByHand;
}

/**
 * Works out whether the services have been without sessions for the hold time.
 * @param services those that count: planned and not left out
 * @param current the reading of just now; nothing older can make it quiet
 */
export function judgeQuiet(run: Run, services: readonly RecordedService[], current: Sample, allPaused: boolean): Quiet {
  if (!allPaused || services.length === 0) return { kind: 'not-draining' };
  const unknown = services.filter((service) => typeof current.sessions[service.serviceName] !== 'number' && !service.acceptedByHand);
  const sessions = sumSessions(services, current);
  if (unknown.length > 0 || sessions > 0) return { kind: 'busy', sessions, unknown: unknown.map((service) => service.serviceName) };

  const { holdTimeMs } = run.order;
  const held = measureHold(run, services, current);
  if (run.quiet !== null && run.quiet.heldMs >= holdTimeMs) return { kind: 'quiet', heldMs: Math.max(held.heldMs, run.quiet.heldMs), samples: held.samples };
  if (held.heldMs >= holdTimeMs) return { kind: 'quiet', heldMs: held.heldMs, samples: held.samples };
  return { kind: 'holding', heldMs: held.heldMs, holdTimeMs };
}

function sumSessions(services: readonly RecordedService[], sample: Sample): number {
  return services.reduce((sum, service) => {
    const count = sample.sessions[service.serviceName];
    return typeof count === 'number' ? sum + count : sum;
  }, 0);
}

/** Goes back from now through samples that are all zero and close enough together. */
function measureHold(run: Run, services: readonly RecordedService[], current: Sample): { heldMs: number; samples: number } {
  let earliest: Sample = current;
  let samples = 1;
  for (let index = run.samples.length - 1; index >= 0; index -= 1) {
    const sample = run.samples[index];
    if (sample === undefined || !continues(sample, earliest) || sample.seq < run.holdFromSeq) break;
    if (!services.every((service) => isZero(sample, service))) break;
    earliest = sample;
    samples += 1;
  }
  return { heldMs: current.upMs - earliest.upMs, samples };
}

/** True when `later` follows `earlier` in the same boot, close enough that nothing can have hidden in between. */
function continues(earlier: Instant, later: Instant): boolean {
  const upMs = later.upMs - earlier.upMs;
  const wallMs = Date.parse(later.at) - Date.parse(earlier.at);
  return upMs >= 0 && upMs <= MAX_SAMPLE_GAP_MS && Math.abs(wallMs - upMs) <= MAX_CLOCK_DRIFT_MS;
}
