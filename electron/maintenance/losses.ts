import type { Facts } from '../contract/facts.js';
import { problem, type Problem } from '../contract/problem.js';
import type { EntryContents, LastSeen, LossKind, Run } from '../contract/run.js';
import type { ServiceStatus } from '../contract/service.js';
import type { SessionReading } from '../contract/sessions.js';
import { isRestartUnrecorded } from './standing.js';

export type FoundLoss = EntryContents['lost'];

/**
 * Sessions that may have been cut since the record's last word: the process that carried them ended or changed (in a shared
 * process: the service stopped), and its last reading was not proved zero. Fewer sessions in the same process are people
 * who hung up; what was accepted by hand is no loss.
 * @param latest the last reading of each service that this process took; what is missing there is taken from the record
 */
export function findLosses(facts: Facts, run: Run, latest: ReadonlyMap<string, SessionReading>): readonly FoundLoss[] {
  const restarted = isRestartUnrecorded(facts, run);
  return [...run.lastSeen].flatMap(([serviceName, last]) => {
    const how = lossOfProcess(last, facts.statuses.get(serviceName), restarted);
    if (how === null || run.acceptances.has(serviceName) || (run.services.get(serviceName)?.returned ?? null) !== null) return [];
    const carried = carriedAt(run, serviceName, latest.get(serviceName));
    return carried === null ? [] : [{ serviceName, how, ...carried }];
  });
}

/** A loss in a problem's form. A sentence's cases are single words. */
export function lossProblem({ serviceName, how, count, certainty }: FoundLoss): Problem {
  return problem('sessions-lost', { serviceName, how, count, certainty: certainty === 'at-least' ? 'least' : certainty });
}

function lossOfProcess(last: LastSeen, status: ServiceStatus | undefined, restarted: boolean): LossKind | null {
  if (last.processId === 0) return null;
  if (restarted) return 'restarted';
  if (status === undefined || status.processId === 0 || status.state === 'stopped') return 'ended';
  return status.processId === last.processId ? null : 'replaced';
}

/** What the process carried as far as is known; null if it was proved to carry nothing. */
function carriedAt(run: Run, serviceName: string, latest: SessionReading | undefined): Pick<FoundLoss, 'count' | 'certainty'> | null {
  const sample = run.samples.at(-1);
  const counted = latest?.kind === 'count' ? latest.count : latest === undefined ? sample?.sessions[serviceName] : undefined;
  if (typeof counted === 'number') return counted === 0 ? null : { count: counted, certainty: 'exact' };
  const atLeast = latest === undefined ? sample?.atLeast[serviceName] : latest.kind === 'unknown' ? latest.atLeast?.count : undefined;
  return atLeast === undefined ? { count: 0, certainty: 'unknown' } : { count: atLeast, certainty: 'at-least' };
}
