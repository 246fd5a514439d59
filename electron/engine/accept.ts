import type { Facts } from '../contract/facts.js';
import { problem, ProblemError, type Problem } from '../contract/problem.js';
import type { Actor, EntryDraft, Run } from '../contract/run.js';
import type { ServiceStatus } from '../contract/service.js';
import { leastSessions } from '../contract/sessions.js';
import { findInCatalogue } from '../core/catalogue/catalogue.js';
import { nameOfEnd } from '../core/maintenance/acceptance.js';
import { carriesSessions, selectServices } from '../core/maintenance/selection.js';
import { isAwake } from '../core/maintenance/step-status.js';
import type { EngineContext } from './engine-context.js';
import type { AcceptRequest, CommandResult } from './engine.js';
import { findOpenRun } from './open-run.js';
import { requireElevation } from './order.js';
import { recordReading } from './record-reading.js';
import { requireAllowed } from './run-lock.js';

/**
 * Takes an administrator's word that services are empty although no evidence can say it, or that some of their sessions may
 * be cut. All of it or nothing: one service that cannot be accepted refuses the order. What could be seen is recorded with it.
 */
export async function acceptServices(context: EngineContext, request: AcceptRequest): Promise<CommandResult> {
  const { parts, lock, observer, by } = context;
  try {
    await lock.take('accept');
    const open = await findOpenRun(parts);
    requireElevation(await parts.host.computer());
    requireAllowed('accept', open);
    if (open === null) throw new ProblemError(problem('no-open-run'));
    if (request.note.trim() === '') throw new ProblemError(problem('note-missing'));
    const working = lock.reopenRun(open);
    // Not as the order writes its services: what is read is recorded under the name that it is read by.
    const facts = await observer.readFacts([...working.run.services.keys()]);
    recordReading(context, working, facts);
    const entries = acceptances(facts, working.run, request, by);
    if (entries.length > 0) working.tell(...entries);
    const { checklist } = recordReading(context, working, facts);
    return { outcome: entries.length > 0 ? 'done' : 'nothing-to-do', problem: null, checklist };
  } finally {
    await lock.release();
  }
}

type Accepted = Extract<EntryDraft, { type: 'accepted' }>;

/** @throws ProblemError unknown-service, or why one of the services cannot be accepted */
function acceptances(facts: Facts, run: Run, request: AcceptRequest, by: Actor): readonly Accepted[] {
  const selection = selectServices(facts.statuses, request.services);
  if (!selection.ok) throw new ProblemError(selection.problem);
  return selection.serviceNames.flatMap((serviceName) => {
    const refusal = refusalOf(facts, run, serviceName, request.cut);
    if (refusal !== null) throw new ProblemError(refusal);
    return isEmpty(facts, serviceName) ? [] : [acceptance(facts, serviceName, request, by)];
  });
}

function refusalOf(facts: Facts, run: Run, serviceName: string, cut: number | null): Problem | null {
  const status = facts.statuses.get(serviceName);
  if (status === undefined || !mayCarrySessions(status, run)) return problem('no-sessions-carried', { serviceName });
  if (isAwake(status.state)) return problem('accept-awake', { serviceName, state: status.state });
  const reading = facts.sessions.get(serviceName);
  const count = leastSessions(reading);
  if (cut !== null) return count > cut ? problem('cut-too-small', { serviceName, count, cut }) : null;
  return reading?.kind === 'count' && count > 0 ? problem('sessions-counted', { serviceName, count }) : null;
}

/** What a planned service that is none of Lync carries is not known, so the run waits for an acceptance of it. */
function mayCarrySessions(status: ServiceStatus, { services }: Run): boolean {
  return carriesSessions(status) || (services.has(status.serviceName) && findInCatalogue(status.serviceName) === undefined);
}

/** A count of zero, or of a stopped service, needs no word. */
function isEmpty(facts: Facts, serviceName: string): boolean {
  const reading = facts.sessions.get(serviceName);
  return reading?.kind === 'count' && reading.count === 0;
}

function acceptance(facts: Facts, serviceName: string, { note, cut }: AcceptRequest, by: Actor): Accepted {
  const reading = facts.sessions.get(serviceName);
  const processId = facts.statuses.get(serviceName)?.processId ?? 0;
  const ends = (reading?.signs?.ends ?? []).map(nameOfEnd);
  const mediaPorts = reading?.signs?.mediaPorts ?? null;
  const seen = { count: leastSessions(reading), ends, ...(mediaPorts !== null && { mediaPorts }) };
  return { type: 'accepted', by, serviceName, note, processId, ...seen, cut, inAdvance: false };
}
