import type { AcceptedService, Checklist } from '../../contract/checklist.js';
import type { Facts } from '../../contract/facts.js';
import { problem, type Problem } from '../../contract/problem.js';
import type { Acceptance, AcceptanceEnd, EntryContents, Run } from '../../contract/run.js';
import type { ServiceStatus } from '../../contract/service.js';
import { leastSessions, type RemoteEnd, type SessionReading } from '../../contract/sessions.js';
import { isAwake } from './step-status.js';

/** What ended an acceptance, with the number or the remote end that did. */
export interface EndOfAcceptance {
  readonly because: AcceptanceEnd;
  readonly detail: string | null;
}

/**
 * Why an acceptance does not hold any more; null while it does. An administrator accepted what was seen then, in that
 * process, while the service took no new work: whatever exceeds that was not accepted.
 * @param reading undefined if the evidence was not asked; then only process and state can end it
 */
export function endOfAcceptance(
  acceptance: Acceptance,
  status: ServiceStatus | undefined,
  reading: SessionReading | undefined,
): EndOfAcceptance | null {
  if (status === undefined || status.state === 'stopped') return null;
  if (isAwake(status.state)) return { because: 'awake', detail: status.state };
  if (acceptance.processId !== null && acceptance.processId !== status.processId) {
    return { because: 'other-process', detail: String(status.processId) };
  }
  return reading === undefined ? null : endBySessions(acceptance, reading);
}

function endBySessions({ cut, count, ends, mediaPorts }: Acceptance, reading: SessionReading): EndOfAcceptance | null {
  const least = leastSessions(reading);
  if (cut !== null) return least > cut ? { because: 'more-sessions', detail: String(least) } : null;
  if (reading.kind === 'count') return reading.count > 0 ? { because: 'counted', detail: String(reading.count) } : null;
  const seen = reading.signs?.ends ?? [];
  const newEnd = seen.map(nameOfEnd).find((end) => !ends.includes(end));
  if (newEnd !== undefined) return { because: 'new-connection', detail: newEnd };
  // UDP names no remote ends: more ports than then may be more calls.
  const ports = reading.signs?.mediaPorts ?? null;
  if (ports !== null && ports > (mediaPorts ?? 0)) return { because: 'more-sessions', detail: String(ports) };
  return seen.length === 0 && least > count ? { because: 'more-sessions', detail: String(least) } : null;
}

/** As the record keeps a remote end. */
export function nameOfEnd({ address, port }: Pick<RemoteEnd, 'address' | 'port'>): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** The acceptance of a service that holds now, null if there is none. */
export function currentAcceptance(facts: Facts, run: Run, serviceName: string): Acceptance | null {
  const acceptance = run.acceptances.get(serviceName);
  if (acceptance === undefined) return null;
  return endOfAcceptance(acceptance, facts.statuses.get(serviceName), facts.sessions.get(serviceName)) === null ? acceptance : null;
}

/** Everything that stands accepted, for all faces. */
export function acceptedServices(facts: Facts, run: Run): readonly AcceptedService[] {
  return [...run.acceptances.keys()].flatMap((serviceName) => {
    const acceptance = currentAcceptance(facts, run, serviceName);
    if (acceptance === null) return [];
    const { at, by, note, cut } = acceptance;
    return [{ serviceName, at, by, note, cut }];
  });
}

/** Given to a sentence that calls services quiet, if some of them were accepted by hand instead. */
export function acceptedParam({ accepted }: Pick<Checklist, 'accepted'>): { readonly accepted?: number } {
  return accepted.length > 0 ? { accepted: accepted.length } : {};
}

/**
 * Services that were accepted in advance and are not accepted yet: that needs the hold time, and that all others have held zero.
 * What shows something now is not among them: it needs a word of now.
 */
export function awaitedInAdvance(facts: Facts, run: Run): readonly string[] {
  return [...run.acceptedInAdvance.keys()].filter(
    (name) =>
      facts.sessions.get(name)?.kind === 'unknown' && currentAcceptance(facts, run, name) === null && isAwaitedInAdvance(facts, run, name),
  );
}

/** Accepted as soon as it has shown nothing for the hold time; what shows something now is not waited for that way. */
export function isAwaitedInAdvance(facts: Facts, run: Run, serviceName: string): boolean {
  return run.acceptedInAdvance.has(serviceName) && leastSessions(facts.sessions.get(serviceName)) === 0;
}

/** The cases of the sentence, which are single words. */
const CASES: Readonly<Record<AcceptanceEnd, string>> = {
  'new-connection': 'connection',
  'more-sessions': 'more',
  counted: 'counted',
  awake: 'awake',
  'other-process': 'process',
};

/** Why an acceptance does not hold any more, in a problem's form. */
export function acceptanceEnded({ serviceName, because, detail }: EntryContents['acceptance-ended']): Problem {
  return problem('acceptance-ended', { serviceName, because: CASES[because], ...(detail !== null && { detail }) });
}
