import type { Facts } from '../contract/facts.js';
import { problem, type Problem } from '../contract/problem.js';
import type { Kept, RecordedService, ConflictAnswer } from '../contract/run.js';
import { lostOriginals } from '../core/maintenance/lost-tail.js';
import { isAllBack, isBack, wayBackPlaces, wayBackTurns, type Turn, type WayBackPlace } from '../core/maintenance/next-step.js';
import { RunView } from '../core/maintenance/run-view.js';
import { servicesToReturn } from '../core/maintenance/step-status.js';
import type { WayBackDecision } from '../core/maintenance/way-back.js';
import { changeServices } from './change-services.js';
import { forChanges, type EngineContext } from './engine-context.js';
import type { CommandResult, ResumeRequest } from './engine.js';
import { settleEndTask } from './pause-end.js';
import { observeWithRetry, recordProcesses, viewReading } from './record-reading.js';
import type { WorkingRun } from './working-run.js';

/** The way back of one order. */
interface WayBack {
  readonly context: EngineContext;
  readonly working: WorkingRun;
  readonly conflicts: ResumeRequest['conflicts'];
  /** Services whose own status could not be read: left where they are, the others go on. */
  readonly unreadable: Map<string, Problem>;
}

/**
 * Runs the way back that was just ordered, and closes the run if one reading of everything shows that nothing of it is left. Giving up
 * half way would leave a server half dead: there is no deadline, and a failure that passes is waited out.
 */
export async function bringBack(given: EngineContext, working: WorkingRun, conflicts: ResumeRequest['conflicts']): Promise<CommandResult> {
  const context = forChanges(given, null);
  const wayBack: WayBack = { context, working, conflicts, unreadable: new Map() };
  const { facts, ...end } = await runWayBackLoop(wayBack);
  if (end.outcome !== 'returned') return { ...end, checklist: viewReading(context, working, facts).checklist };
  if (conflicts === 'keep') keepUnrecorded(wayBack, facts);
  const lost = lostOriginals(facts, working.run);
  if (lost.length === 0 && isAllBack(new RunView(facts, working.run))) closeRun(wayBack);
  await settleEndTask(context.parts, working.run, working.run);
  const { checklist } = viewReading(context, working, facts);
  if (lost.length === 0) return { ...end, checklist };
  const undoCard = context.parts.records.undoCardPath(working.run.id);
  return { outcome: 'partly', problem: problem('original-lost', { services: lost.join(', '), undoCard }), checklist };
}

/** What this run never touched was not ordered back perhaps; it is as it was all the same. */
function closeRun({ working, context: { by } }: WayBack): void {
  const untouched = servicesToReturn(working.run).map(
    ({ serviceName }) => ({ type: 'returned', serviceName, how: 'was-as-before' }) as const,
  );
  working.store(...untouched, { type: 'closed', by, outcome: 'returned' });
}

/** If the original of a service was lost, it cannot be restored; an administrator may choose that it stays as it is. */
function keepUnrecorded({ working, context: { by } }: WayBack, facts: Facts): void {
  for (const serviceName of lostOriginals(facts, working.run)) {
    const kept = { state: facts.statuses.get(serviceName)?.state ?? null, start: facts.configurations.get(serviceName)?.start ?? null };
    working.store({ type: 'choice', by, serviceName, choice: 'keep', kept });
  }
}

/** How a way back ended, and the reading of everything that says so. */
type WayBackEnd = Pick<CommandResult, 'outcome' | 'problem'> & { readonly facts: Facts };

/** Observes, decides and acts until every ordered service is back, failed, waits for a choice, or was to stay as it is. */
async function runWayBackLoop(wayBack: WayBack): Promise<WayBackEnd> {
  const { context, working, unreadable } = wayBack;
  const { signal } = context.wait;
  let view = recordProcesses(working, await observeWithRetry(context, working, 0));
  for (;;) {
    await changeServices(context, working, view.facts, { turnsOf: wayBackTurns, unreadable, readings: null });
    // Single services were read again on the way; the end is judged by one reading of everything.
    view = recordProcesses(working, await observeWithRetry(context, working, 0, view.facts));
    const { facts } = view;
    if (signal.aborted) view = storeReturned(wayBack, view);
    if (turnsLeft(wayBack, view).length === 0 && !choose(wayBack, view)) return { ...endOfWayBack(wayBack, view), facts };
    if (signal.aborted) return { outcome: 'interrupted', problem: interruptedProblem(new RunView(facts, working.run)), facts };
  }
}

function turnsLeft({ unreadable }: WayBack, view: RunView): readonly Turn[] {
  return wayBackTurns(view).filter(({ serviceName }) => !unreadable.has(serviceName));
}

function placesOf({ unreadable }: WayBack, view: RunView): readonly WayBackPlace[] {
  return wayBackPlaces(view).map((place) => {
    const failure = unreadable.get(place.service.serviceName);
    return failure === undefined ? place : { ...place, step: { kind: 'failed', problem: failure } };
  });
}

/** What is back already is written down also where the way back is broken off. */
function storeReturned(wayBack: WayBack, view: RunView): RunView {
  const { working } = wayBack;
  for (const { serviceName, step } of turnsLeft(wayBack, view)) {
    if (step.kind === 'settled') working.store({ type: 'returned', serviceName, how: step.how });
  }
  return new RunView(view.facts, working.run);
}

/**
 * Writes down what was chosen for every difference that this reading shows: restoring the original once for each service and
 * order, keeping again where something else differs by now.
 * @returns true if the choice changed anything
 */
function choose(wayBack: WayBack, view: RunView): boolean {
  const { working, conflicts, context } = wayBack;
  if (conflicts === null) return false;
  const asked = placesOf(wayBack, view).flatMap(({ service, step }) => {
    const kept = service.choice === null || conflicts === 'keep' ? keepable(view.facts, service, step, conflicts) : null;
    return kept === null ? [] : [{ serviceName: service.serviceName, kept }];
  });
  for (const { serviceName, kept } of asked) {
    working.store({ type: 'choice', by: context.by, serviceName, choice: conflicts, ...(conflicts === 'keep' && { kept }) });
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

function endOfWayBack(wayBack: WayBack, view: RunView): Omit<WayBackEnd, 'facts'> {
  const left = placesOf(wayBack, view).filter((place) => !isBack(place));
  const failed = left.flatMap(({ step }) => (step.kind === 'failed' ? [step.problem] : []));
  const asked = left.flatMap(({ step }) => (step.kind === 'asked' ? [step.state ?? step.start] : [])).filter((one) => one !== null);
  if (failed[0] !== undefined) {
    return { outcome: failed.length === view.run.order.services.length ? 'failed' : 'partly', problem: failed[0] };
  }
  if (asked[0] !== undefined) return { outcome: 'changed-outside', problem: asked[0].problem };
  return { outcome: 'returned', problem: null };
}

/** What is back, and what is not: an administrator who stops a way back half way must not have to search for it. */
function interruptedProblem(view: RunView): Problem {
  const places = wayBackPlaces(view);
  const left = places.filter(({ step }) => step.kind !== 'settled').map(({ service }) => service.serviceName);
  return problem('way-back-interrupted', { back: places.length - left.length, left: left.length, services: left.join(', ') });
}
