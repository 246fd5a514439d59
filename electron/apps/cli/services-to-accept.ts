import type { Checklist } from '../../contract/checklist.js';
import { namesService } from '../../contract/service-names.js';

/**
 * Paused services of which nothing says how many sessions they carry, as soon as every other planned one shows none: only an
 * administrator's word can settle them. Empty before that, and if all are known or accepted, be it in advance.
 */
export function rowsToAccept({
  run,
  services,
  accepted,
  acceptedInAdvance,
}: Pick<Checklist, 'run' | 'services' | 'accepted' | 'acceptedInAdvance'>): Checklist['services'] {
  if (run?.phase !== 'draining') return [];
  const planned = services.filter((row) => row.planned);
  const isSettled = planned.every(
    ({ steps, sessions }) => steps.pause !== 'todo' && steps.pause !== 'doing' && (sessions.kind === 'unknown' || sessions.count === 0),
  );
  if (!isSettled) return [];
  const settled = [...acceptedInAdvance, ...accepted.map((one) => one.serviceName)];
  return planned.filter(
    ({ serviceName, state, sessions }) => state === 'paused' && sessions.kind === 'unknown' && !namesService(settled, serviceName),
  );
}
