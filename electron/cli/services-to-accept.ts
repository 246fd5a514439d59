import type { Checklist } from '../contract/checklist.js';

/**
 * Paused services of which nothing says how many sessions they carry, as soon as every other planned one shows none: only an
 * administrator's word can settle them. Empty before that, and if all are known or accepted.
 */
export function servicesToAccept({ run, services, accepted }: Pick<Checklist, 'run' | 'services' | 'accepted'>): Checklist['services'] {
  if (run?.phase !== 'draining') return [];
  const planned = services.filter((row) => row.planned);
  const isSettled = planned.every(({ steps, sessions }) => steps.pause !== 'todo' && steps.pause !== 'doing' && (sessions.kind === 'unknown' || sessions.count === 0));
  if (!isSettled) return [];
  return planned.filter(({ serviceName, state, sessions }) => state === 'paused' && sessions.kind === 'unknown' && !accepted.some((one) => one.serviceName === serviceName));
}
