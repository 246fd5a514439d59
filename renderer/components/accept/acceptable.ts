import type { Checklist, ServiceRow } from '../../../electron/contract/checklist.js';
import { namesService } from '../../../electron/contract/service-names.js';

type Seen = Pick<Checklist, 'services' | 'accepted' | 'acceptedInAdvance' | 'restart' | 'run'>;

/** Services that take no new work and that an administrator may accept by hand: planned ones, and others that stand against a restart. */
export function acceptableRows(checklist: Seen): readonly ServiceRow[] {
  if (checklist.run?.phase !== 'draining' && checklist.run?.phase !== 'ready') return [];
  const accepted = checklist.accepted.map(({ serviceName }) => serviceName);
  const inTheWay = checklist.restart.reasons.flatMap(({ serviceName }) => serviceName ?? []);
  return checklist.services.filter(({ serviceName, planned, state, sessions }) => {
    const isEmpty = sessions.kind === 'count' && sessions.count === 0;
    return state === 'paused' && !isEmpty && (planned || namesService(inTheWay, serviceName)) && !namesService(accepted, serviceName);
  });
}

/** Those of them whose sessions no source can count, and that were not accepted in advance. */
export function uncountedRows(checklist: Seen): readonly ServiceRow[] {
  return acceptableRows(checklist).filter(
    ({ serviceName, sessions }) => sessions.kind === 'unknown' && !namesService(checklist.acceptedInAdvance, serviceName),
  );
}
