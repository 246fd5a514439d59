import type { ServiceStatus } from '../../contract/service.js';
import type { SessionReading } from '../../contract/sessions.js';
import type { LiveView } from './live-view.js';

type Readings = ReadonlyMap<string, SessionReading>;

/**
 * What the sources of a copied server say: as many sessions as there are, told as the server told them. What was unknown there stays
 * unknown here, because nothing makes it known on the server either.
 */
export function asTold(view: LiveView, services: readonly ServiceStatus[], readings: Readings): Readings {
  return new Map(
    services.flatMap((status) => {
      const reading = readings.get(status.serviceName);
      return reading === undefined ? [] : [[status.serviceName, retell(view, status, reading)] as const];
    }),
  );
}

function retell(view: LiveView, { serviceName, state }: ServiceStatus, reading: SessionReading): SessionReading {
  const live = view.of(serviceName);
  const told = live?.service.told;
  if (live === null || told === undefined || state === 'stopped') return reading;
  if ('evidence' in told) return reading.kind === 'count' ? { ...reading, evidence: told.evidence } : reading;
  if (!told.isLasting && state !== 'running') return reading;
  const { signs, arrivals } = reading;
  const count = live.sessions.length;
  return {
    kind: 'unknown',
    reason: told.unknown,
    raw: null,
    ...(count > 0 && { atLeast: { count, evidence: 'tcp' as const, ageMs: told.ageMs } }),
    ...(arrivals !== undefined && { arrivals }),
    ...(signs !== undefined && { signs }),
  };
}
