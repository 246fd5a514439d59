import type { Instant } from '../../contract/computer.js';
import type { Facts } from '../../contract/facts.js';
import { problem, type Problem } from '../../contract/problem.js';
import type { EntryContents, LastSeen, LossKind, Run } from '../../contract/run.js';
import type { ServiceStatus } from '../../contract/service.js';
import type { SessionReading } from '../../contract/sessions.js';
import { isUnbroken } from './quiet.js';
import { isRestartUnrecorded } from './step-status.js';

export type FoundLoss = EntryContents['lost'];

/** A reading of one service, and when it was taken. */
export interface LatestReading {
  readonly reading: SessionReading;
  readonly now: Instant;
}

const NO_READINGS: ReadonlyMap<string, LatestReading> = new Map();

/**
 * Sessions that may have been cut since the record's last word: the process that carried them ended or changed (in a shared
 * process: the service stopped), and its last reading was not proved zero. Fewer sessions in the same process are people
 * who hung up; what was accepted by hand is no loss.
 * @param latest the last reading of each service that this process took; what is missing there is taken from the record
 */
export function findLosses(facts: Facts, run: Run, latest: ReadonlyMap<string, LatestReading> = NO_READINGS): readonly FoundLoss[] {
  const restarted = isRestartUnrecorded(facts, run);
  return [...run.lastSeen].flatMap(([serviceName, last]) => {
    const how = lossOfProcess(last, facts.statuses.get(serviceName), restarted);
    if (how === null || run.acceptances.has(serviceName)) return [];
    const carried = carriedAt(run, serviceName, latest.get(serviceName) ?? null, facts.now);
    return carried === null ? [] : [{ serviceName, how, ...carried }];
  });
}

/** A loss in a problem's form. A sentence's cases are single words. */
export function lossProblem({ serviceName, how, count, certainty }: FoundLoss): Problem {
  return problem('sessions-lost', { serviceName, how, count, certainty: certainty === 'at-least' ? 'least' : certainty });
}

/** A service that stops ends its sessions from the beginning: what it still counts while it does so says nothing of what it carried. */
function lossOfProcess(last: LastSeen, status: ServiceStatus | undefined, restarted: boolean): LossKind | null {
  if (last.processId === 0 || last.isLost || last.state === 'stop-pending') return null;
  if (restarted) return 'restarted';
  if (status === undefined || status.processId === 0 || status.state === 'stopped' || status.state === 'stop-pending') return 'ended';
  return status.processId === last.processId ? null : 'replaced';
}

/** What was read of a service last, as far as is known. */
interface Carried {
  readonly count: number | null;
  readonly atLeast: number | null;
  readonly now: Instant;
}

const UNKNOWN_NUMBER = { count: 0, certainty: 'unknown' } as const;

/** What the process carried as far as is known; null if it was proved to carry nothing. */
function carriedAt(
  run: Run,
  serviceName: string,
  latest: LatestReading | null,
  now: Instant,
): Pick<FoundLoss, 'count' | 'certainty'> | null {
  const carried = latest === null ? carriedOnRecord(run, serviceName) : carriedInReading(latest);
  if (carried === null) return UNKNOWN_NUMBER;
  if (carried.count === 0) return provesZero(run, serviceName, carried.now, now) ? null : UNKNOWN_NUMBER;
  if (carried.count !== null) return { count: carried.count, certainty: 'exact' };
  return carried.atLeast === null ? UNKNOWN_NUMBER : { count: carried.atLeast, certainty: 'at-least' };
}

function carriedInReading({ reading, now }: LatestReading): Carried {
  return reading.kind === 'count'
    ? { count: reading.count, atLeast: null, now }
    : { count: null, atLeast: reading.atLeast?.count ?? null, now };
}

function carriedOnRecord(run: Run, serviceName: string): Carried | null {
  const sample = run.samples.at(-1);
  if (sample === undefined) return null;
  const count = sample.sessions[serviceName];
  return { count: typeof count === 'number' ? count : null, atLeast: sample.atLeast[serviceName] ?? null, now: sample };
}

/**
 * What takes no new work stays at zero. Where new work still comes, a zero says something of its own moment only; and none was read
 * since this way back woke the service, because a way back asks no evidence.
 */
function provesZero(run: Run, serviceName: string, readAt: Instant, now: Instant): boolean {
  const isAsleep = (run.lastSeen.get(serviceName)?.asleepFromSeq ?? null) !== null;
  const restart = run.services.get(serviceName)?.restart;
  const isWoken = restart?.kind === 'done' && !restart.stale;
  return isAsleep || (!isWoken && isUnbroken(readAt, now));
}
