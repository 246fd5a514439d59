import type { Leak, Stalled } from '../../contract/checklist.js';
import type { Instant } from '../../contract/computer.js';
import type { RecordedService } from '../../contract/run.js';
import type { ServiceStatus } from '../../contract/service.js';
import { leastSessions, type SessionReading } from '../../contract/sessions.js';
import { nameOfEnd } from './acceptance.js';
import type { Sample } from './quiet.js';

/**
 * New work on a paused service: its count rose, or a connection came that was not there before. People may still be
 * added to a meeting that goes on, so it is an alarm to look at, not a failure.
 * @param before the reading before this one, taken while the service was paused already; null at the first
 */
export function findLeak(status: ServiceStatus | undefined, before: SessionReading | null, now: SessionReading | undefined): Leak | null {
  // Two readings of different sources cannot be compared: one may see what the other does not.
  if (status?.state !== 'paused' || before === null || before.kind !== now?.kind) return null;
  const [arrival] = now.arrivals ?? [];
  const [less, more] = [leastSessions(before), leastSessions(now)];
  if (more <= less && arrival === undefined) return null;
  return { serviceName: status.serviceName, before: less, after: more, from: arrival === undefined ? null : nameOfEnd(arrival) };
}

/** Services whose count is above zero and has not changed for `stalledAfterMs` of recorded samples. */
export function findStalled(
  samples: readonly Sample[],
  services: readonly RecordedService[],
  now: Instant,
  stalledAfterMs: number,
): readonly Stalled[] {
  return services.flatMap((service) => {
    const since = unchangedSince(samples, service.serviceName, now);
    if (since === null) return [];
    const sinceMs = now.upMs - since.upMs;
    return sinceMs >= stalledAfterMs ? [{ serviceName: service.serviceName, count: since.count, sinceMs }] : [];
  });
}

function unchangedSince(samples: readonly Sample[], serviceName: string, now: Instant): { upMs: number; count: number } | null {
  const count = samples.at(-1)?.sessions[serviceName];
  if (typeof count !== 'number' || count === 0) return null;
  let upMs = now.upMs;
  for (let index = samples.length - 1; index >= 0; index -= 1) {
    const sample = samples[index];
    if (sample === undefined || sample.upMs > upMs || sample.sessions[serviceName] !== count) break;
    upMs = sample.upMs;
  }
  return { upMs, count };
}
