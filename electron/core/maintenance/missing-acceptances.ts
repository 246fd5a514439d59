import type { Checklist } from '../../contract/checklist.js';
import { problem, type Problem } from '../../contract/problem.js';
import { namesService } from '../../contract/service-names.js';
import { leastSessions } from '../../contract/sessions.js';

/**
 * The services that need an administrator's word now that all others have held zero. Empty before that, and while all that is
 * missing was accepted in advance: waiting settles it.
 */
export function missingAcceptances({ quiet, acceptedInAdvance }: Pick<Checklist, 'quiet' | 'acceptedInAdvance'>): readonly string[] {
  return quiet.kind === 'needs-acceptance' ? quiet.unknown.filter((name) => !namesService(acceptedInAdvance, name)) : [];
}

/** What is said of them, with the sessions that are seen of them all the same. */
export function needsAcceptance(serviceNames: readonly string[], { services }: Pick<Checklist, 'services'>): Problem {
  const seen = services
    .filter((row) => namesService(serviceNames, row.serviceName))
    .flatMap(({ serviceName, sessions }) => (leastSessions(sessions) > 0 ? [`${serviceName} ${leastSessions(sessions)}`] : []));
  return problem('needs-acceptance', { services: serviceNames.join(' '), ...(seen.length > 0 && { seen: seen.join(', ') }) });
}
