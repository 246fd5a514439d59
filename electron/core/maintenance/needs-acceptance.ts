import type { Checklist, Quiet } from '../../contract/checklist.js';
import type { Facts } from '../../contract/facts.js';
import { problem, type Problem } from '../../contract/problem.js';
import { namesService } from '../../contract/service-names.js';
import { leastSessions } from '../../contract/sessions.js';
import { isAwaitedInAdvance } from './acceptance.js';
import { holdTimeOf } from './quiet.js';
import type { RunView } from './run-view.js';

/**
 * The services that only an administrator's word can settle; null as long as waiting may still settle one of them: a source
 * has not answered yet or failed only just now, or what is seen of one has fallen within the stall time. What was accepted in
 * advance is settled by waiting too, but not before each of these others is.
 */
export function servicesToAccept(view: RunView, quiet: Quiet, stalledAfterMs: number): readonly string[] | null {
  if (quiet.kind !== 'needs-acceptance') return null;
  const { facts, run } = view;
  const mayAnswer = quiet.unknown.some((name) => isPending(facts, name) || isFalling(view, name, stalledAfterMs));
  const missing = quiet.unknown.filter((name) => !isAwaitedInAdvance(facts, run, name));
  return mayAnswer || missing.length === 0 || !missing.every((name) => isUnknownForLong(view, name)) ? null : missing;
}

function isPending(facts: Facts, serviceName: string): boolean {
  const reading = facts.sessions.get(serviceName);
  return reading === undefined || (reading.kind === 'unknown' && reading.reason === 'not-read-yet');
}

/** A source that failed once may answer again: as long as zero must hold, so long must a count be unknown. */
function isUnknownForLong({ run, quiet: { current } }: RunView, serviceName: string): boolean {
  for (let index = run.samples.length - 1; index >= 0; index -= 1) {
    const sample = run.samples[index];
    if (sample === undefined || sample.upMs > current.upMs || typeof sample.sessions[serviceName] === 'number') return false;
    if (current.upMs - sample.upMs >= holdTimeOf(run)) return true;
  }
  return false;
}

/** What is seen of it is above zero and has fallen within the stall time: it may go on falling. */
function isFalling({ run, quiet: { current: now } }: RunView, serviceName: string, stalledAfterMs: number): boolean {
  const seen = now.atLeast[serviceName] ?? 0;
  if (seen === 0) return false;
  const recent = run.samples.filter(({ upMs }) => upMs <= now.upMs && now.upMs - upMs < stalledAfterMs);
  return recent.some((sample) => (sample.atLeast[serviceName] ?? 0) > seen);
}

/** What is said of services that need an administrator's word, with the sessions that are seen of them all the same. */
export function needsAcceptance(serviceNames: readonly string[], { services }: Pick<Checklist, 'services'>): Problem {
  const seen = services
    .filter((row) => namesService(serviceNames, row.serviceName))
    .flatMap(({ serviceName, sessions }) => (leastSessions(sessions) > 0 ? [`${serviceName} ${leastSessions(sessions)}`] : []));
  return problem('needs-acceptance', { services: serviceNames.join(' '), ...(seen.length > 0 && { seen: seen.join(', ') }) });
}
