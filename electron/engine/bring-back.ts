import type { Facts } from '../contract/facts.js';
import { problem, type Problem } from '../contract/problem.js';
import type { Actor, Kept, RecordedService, Run, ConflictAnswer } from '../contract/run.js';
import { lostOriginals } from '../core/maintenance/lost-tail.js';
import { isAllBack, isBack, wayBackPlaces, wayBackTurn, type Turn, type WayBackPlace } from '../core/maintenance/next-step.js';
import { servicesToReturn } from '../core/maintenance/step-status.js';
import type { WayBackDecision } from '../core/maintenance/way-back.js';
import { changeServices } from './change-services.js';
import type { RunContext } from './drain-loop.js';
import type { CommandResult, ResumeRequest } from './engine.js';
import { Observer } from './observer.js';
import { settleEndTask } from './pause-end.js';
import { withQueryRetry } from './query-retry.js';
import { drawRun, observeWithRetry } from './record-reading.js';

/** The way back of one order. */
interface WayBack extends RunContext {
  readonly by: Actor;
  readonly conflicts: ResumeRequest['conflicts'];
  /** Services whose own status could not be read: left where they are, the others go on. */
  readonly unreadable: Map<string, Problem>;
}

/** Runs the way back that was just ordered, and closes the run if one reading of everything shows that nothing of it is left. */
export async function bringBack(context: RunContext, by: Actor, conflicts: ResumeRequest['conflicts']): Promise<CommandResult> {
  const wayBack = beginWayBack(context, by, conflicts);
  const { facts, ...end } = await runWayBackLoop(wayBack);
  const { working } = wayBack;
  if (end.outcome !== 'returned') return { ...end, checklist: drawRun(wayBack, facts) };
  if (conflicts === 'keep') keepUnrecorded(wayBack, facts);
  const lost = lostOriginals(facts, working.run);
  if (lost.length === 0 && isAllBack(facts, working.run)) closeRun(wayBack);
  await settleEndTask(wayBack.parts, working.run, working.run);
  const checklist = drawRun(wayBack, facts);
  if (lost.length === 0) return { ...end, checklist };
  const undoCard = wayBack.parts.records.undoCardPath(working.run.id);
  return { outcome: 'partly', problem: problem('original-lost', { services: lost.join(', '), undoCard }), checklist };
}

/** What this run never touched was not ordered back perhaps; it is as it was all the same. */
function closeRun({ working, by }: WayBack): void {
  const untouched = servicesToReturn(working.run).map(
    ({ serviceName }) => ({ type: 'returned', serviceName, how: 'was-as-before' }) as const,
  );
  working.store(...untouched, { type: 'closed', by, outcome: 'returned' });
}

/** If the original of a service was lost, it cannot be restored; an administrator may choose that it stays as it is. */
function keepUnrecorded({ working, by }: WayBack, facts: Facts): void {
  for (const serviceName of lostOriginals(facts, working.run)) {
    const kept = { state: facts.statuses.get(serviceName)?.state ?? null, start: facts.configurations.get(serviceName)?.start ?? null };
    working.store({ type: 'choice', by, serviceName, choice: 'keep', kept });
  }
}

/** Giving up half way would leave a server half dead: no deadline, and a failure that passes is waited out. */
function beginWayBack(context: RunContext, by: Actor, conflicts: ResumeRequest['conflicts']): WayBack {
  const parts = withQueryRetry(context.parts, context.signal);
  return { ...context, parts, observer: new Observer(parts), deadlineUpMs: null, by, conflicts, unreadable: new Map() };
}

/** How a way back ended, and the reading of everything that says so. */
type WayBackEnd = Pick<CommandResult, 'outcome' | 'problem'> & { readonly facts: Facts };

/** Observes, decides and acts until every ordered service is back, failed, waits for a choice, or was to stay as it is. */
async function runWayBackLoop(wayBack: WayBack): Promise<WayBackEnd> {
  const { working, signal, monitor, unreadable } = wayBack;
  let facts = await observeWithRetry(wayBack, 0);
  monitor.noteProcesses(facts);
  for (;;) {
    const { unread } = await changeServices(wayBack, facts, (now) => turnsLeft(wayBack, now), null);
    for (const [serviceName, failure] of unread) unreadable.set(serviceName, failure);
    // Single services were read again on the way; the end is judged by one reading of everything.
    facts = await observeWithRetry(wayBack, 0, facts);
    monitor.noteProcesses(facts);
    if (signal.aborted) storeReturned(wayBack, facts);
    if (turnsLeft(wayBack, facts).length === 0 && !choose(wayBack, facts)) return { ...endOfWayBack(wayBack, facts), facts };
    if (signal.aborted) return { outcome: 'interrupted', problem: interruptedProblem(facts, working.run), facts };
  }
}

function turnsLeft(wayBack: WayBack, facts: Facts): readonly Turn[] {
  return placesOf(wayBack, facts).flatMap((place) => wayBackTurn(place) ?? []);
}

function placesOf({ working, unreadable }: WayBack, facts: Facts): readonly WayBackPlace[] {
  return wayBackPlaces(facts, working.run).map((place) => {
    const failure = unreadable.get(place.service.serviceName);
    return failure === undefined ? place : { ...place, step: { kind: 'failed', problem: failure } };
  });
}

/** What is back already is written down also where the way back is broken off. */
function storeReturned(wayBack: WayBack, facts: Facts): void {
  for (const { serviceName, step } of turnsLeft(wayBack, facts)) {
    if (step.kind === 'settled') wayBack.working.store({ type: 'returned', serviceName, how: step.how });
  }
}

/**
 * Writes down what was chosen for every difference that this reading shows: restoring the original once for each service and
 * order, keeping again where something else differs by now.
 * @returns true if the choice changed anything
 */
function choose(wayBack: WayBack, facts: Facts): boolean {
  const { working, by, conflicts } = wayBack;
  if (conflicts === null) return false;
  const asked = placesOf(wayBack, facts).flatMap(({ service, step }) => {
    const kept = service.choice === null || conflicts === 'keep' ? keepable(facts, service, step, conflicts) : null;
    return kept === null ? [] : [{ serviceName: service.serviceName, kept }];
  });
  for (const { serviceName, kept } of asked) {
    working.store({ type: 'choice', by, serviceName, choice: conflicts, ...(conflicts === 'keep' && { kept }) });
  }
  return asked.length > 0;
}

/** What stays if an administrator keeps what is there; null if there is nothing to choose. */
function keepable(facts: Facts, service: RecordedService, step: WayBackDecision, choice: ConflictAnswer): Kept | null {
  const state = facts.statuses.get(service.serviceName)?.state ?? null;
  if (step.kind === 'asked') {
    const start = step.start?.now ?? null;
    // Windows does not start what is disabled: with its start type it stays stopped.
    const staysStopped = start?.startType === 'disabled' && state === 'stopped' && service.original.state !== 'stopped';
    return { state: step.state?.conflict.now ?? (staysStopped ? state : null), start };
  }
  if (step.kind !== 'failed' || choice === 'original') return null;
  if (step.problem.id === 'service-missing') return { state: 'missing', start: null };
  return step.problem.id === 'service-disabled' ? { state, start: null } : null;
}

function endOfWayBack(wayBack: WayBack, facts: Facts): Omit<WayBackEnd, 'facts'> {
  const left = placesOf(wayBack, facts).filter((place) => !isBack(place));
  const failed = left.flatMap(({ step }) => (step.kind === 'failed' ? [step.problem] : []));
  const asked = left.flatMap(({ step }) => (step.kind === 'asked' ? [step.state ?? step.start] : [])).filter((one) => one !== null);
  if (failed[0] !== undefined) {
    return { outcome: failed.length === wayBack.working.run.order.services.length ? 'failed' : 'partly', problem: failed[0] };
  }
  if (asked[0] !== undefined) return { outcome: 'changed-outside', problem: asked[0].problem };
  return { outcome: 'returned', problem: null };
}

/** What is back, and what is not: an administrator who stops a way back half way must not have to search for it. */
function interruptedProblem(facts: Facts, run: Run): Problem {
  const places = wayBackPlaces(facts, run);
  const left = places.filter(({ step }) => step.kind !== 'settled').map(({ service }) => service.serviceName);
  return problem('way-back-interrupted', { back: places.length - left.length, left: left.length, services: left.join(', ') });
}
