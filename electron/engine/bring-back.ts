import type { Facts } from '../contract/facts.js';
import { problem, ProblemError, type Problem } from '../contract/problem.js';
import type { Actor, Change, Kept, Run } from '../contract/run.js';
import { isAllBack, isBack, wayBackPlaces, type WayBackPlace } from '../maintenance/next-step.js';
import type { WayBackStep } from '../maintenance/way-back.js';
import { changeService } from './change-service.js';
import type { CommandResult, ResumeRequest } from './engine.js';
import { STEP_OF_CHANGE } from './entry-event.js';
import { drawRun, observePatiently, POLL_MS } from './look.js';
import { Observer } from './observer.js';
import { askPatiently } from './patient-control.js';
import { awaitState, type Pursuit } from './pursue.js';

/** The way back of one order. */
interface WayBack extends Pursuit {
  readonly by: Actor;
  readonly conflicts: ResumeRequest['conflicts'];
  /** Services whose own status could not be read: left where they are, the others go on. */
  readonly unreadable: Map<string, Problem>;
  /** Services of which it was told that a pause of them is waited for. */
  readonly awaited: Set<string>;
}

/** Pursues the way back that was just ordered, and closes the run if one reading of everything shows that nothing of it is left. */
export async function bringBack(pursuit: Pursuit, by: Actor, conflicts: ResumeRequest['conflicts']): Promise<CommandResult> {
  const wayBack = beginWayBack(pursuit, by, conflicts);
  const { facts, ...end } = await pursueWayBack(wayBack);
  const { working } = wayBack;
  if (end.outcome === 'returned' && isAllBack(facts, working.run)) working.store({ type: 'closed', by, outcome: 'returned' });
  return { ...end, checklist: drawRun(wayBack, facts) };
}

/** Giving up half way would leave a server half dead: no deadline, and a failure that passes is waited out. */
function beginWayBack(pursuit: Pursuit, by: Actor, conflicts: ResumeRequest['conflicts']): WayBack {
  const { serviceControl, host } = pursuit.parts;
  const parts = { ...pursuit.parts, serviceControl: askPatiently(serviceControl, host, pursuit.signal) };
  return { ...pursuit, parts, observer: new Observer(parts), deadlineUpMs: null, by, conflicts, unreadable: new Map(), awaited: new Set() };
}

/** How a way back ended, and the reading of everything that says so. */
type WayBackEnd = Pick<CommandResult, 'outcome' | 'problem'> & { readonly facts: Facts };

/** Observes, decides and acts until every ordered service is back, failed, waits for a choice, or was to stay as it is. */
async function pursueWayBack(wayBack: WayBack): Promise<WayBackEnd> {
  const { working, signal, vigil } = wayBack;
  let facts = await observePatiently(wayBack, 0);
  vigil.noteProcesses(facts);
  for (;;) {
    let next = nextPlace(wayBack, facts);
    if (next === undefined) {
      // Single services were read again on the way; the end is judged by one reading of everything.
      facts = await observePatiently(wayBack, 0, facts);
      next = nextPlace(wayBack, facts);
      if (next === undefined && !choose(wayBack, facts)) return { ...endOfWayBack(wayBack, facts), facts };
    }
    // What is back already is still written down.
    if (signal.aborted && next?.step.kind !== 'settled') return { outcome: 'interrupted', problem: interruptedProblem(facts, working.run), facts };
    if (next !== undefined) facts = await stepBack(wayBack, facts, next);
  }
}

/** The next service of which something can be done now. Those whose pause may still come are waited for when all others are done. */
function nextPlace(wayBack: WayBack, facts: Facts): WayBackPlace | undefined {
  const open = placesOf(wayBack, facts).filter((place) => isStep(place.step) && !isBack(place));
  return open.find(({ step }) => step.kind !== 'await-pause') ?? open[0];
}

function placesOf({ working, unreadable }: WayBack, facts: Facts): readonly WayBackPlace[] {
  return wayBackPlaces(facts, working.run).map((place) => {
    const failure = unreadable.get(place.service.serviceName);
    return failure === undefined ? place : { ...place, step: { kind: 'failed', problem: failure } };
  });
}

function isStep({ kind }: WayBackStep): boolean {
  return kind !== 'asked' && kind !== 'failed' && kind !== 'later';
}

/** Reads the service again, and acts only if it still needs something. */
async function stepBack(wayBack: WayBack, facts: Facts, { service, step }: WayBackPlace): Promise<Facts> {
  const { serviceName } = service;
  try {
    const fresh = await wayBack.observer.refresh(facts, serviceName);
    const place = placesOf(wayBack, fresh).find((one) => one.service.serviceName === serviceName);
    if (place === undefined || isBack(place) || !(await carryOut(wayBack, place, fresh))) return fresh;
    return await wayBack.observer.refresh(fresh, serviceName);
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.id === 'record-not-written') throw error;
    giveUpReading(wayBack, serviceName, step, error.problem);
    return facts;
  }
}

/** One service that cannot be read must not keep the others from coming back. */
function giveUpReading({ working, unreadable }: WayBack, serviceName: string, step: WayBackStep, failure: Problem): void {
  const change: Change['kind'] = step.kind === 'restore-start' || step.kind === 'start' || step.kind === 'pause' ? step.kind : 'continue';
  unreadable.set(serviceName, failure);
  working.store({ type: 'failed', serviceName, change, problem: failure });
  working.announce({ type: 'step', serviceName, step: STEP_OF_CHANGE[change], state: 'failed', problem: failure });
}

/** @returns true if the service was changed or waited for, so that it must be read again */
async function carryOut(wayBack: WayBack, { service, step }: WayBackPlace, { now }: Facts): Promise<boolean> {
  const { working, parts, signal } = wayBack;
  const { serviceName } = service;
  switch (step.kind) {
    case 'restore-start':
      await changeService(wayBack, serviceName, { kind: 'restore-start', from: step.from, to: step.to });
      return true;
    case 'continue':
    case 'start':
    case 'pause':
      await changeService(wayBack, serviceName, { kind: step.kind });
      return true;
    case 'countermand':
      await changeService(wayBack, serviceName, { kind: 'continue' });
      return true;
    case 'await-state':
      await awaitState(wayBack, serviceName, 'start');
      return true;
    case 'await-pause':
      tellAwaited(wayBack, serviceName, step.untilUpMs - now.upMs);
      await parts.host.sleep(POLL_MS, signal);
      return true;
    case 'settled':
      working.store({ type: 'returned', serviceName, how: step.how });
      return false;
    case 'asked':
    case 'failed':
    case 'later':
      return false;
  }
}

function tellAwaited({ working, awaited }: WayBack, serviceName: string, leftMs: number): void {
  if (awaited.has(serviceName)) return;
  awaited.add(serviceName);
  working.announce({ type: 'unseen-pause', serviceName, leftMs });
}

/**
 * Writes down what was chosen for every difference that this reading shows, once for each service and order.
 * @returns true if the choice changed anything
 */
function choose(wayBack: WayBack, facts: Facts): boolean {
  const { working, by, conflicts } = wayBack;
  if (conflicts === null) return false;
  const asked = placesOf(wayBack, facts).flatMap(({ service, step }) => {
    const kept = service.choice === null ? keepable(facts, service.serviceName, step, conflicts) : null;
    return kept === null ? [] : [{ serviceName: service.serviceName, kept }];
  });
  for (const { serviceName, kept } of asked) {
    working.store({ type: 'choice', by, serviceName, choice: conflicts, ...(conflicts === 'keep' && { kept }) });
  }
  return asked.length > 0;
}

/** What stays if an administrator keeps what is there; null if there is nothing to choose. */
function keepable(facts: Facts, serviceName: string, step: WayBackStep, choice: 'keep' | 'original'): Kept | null {
  if (step.kind === 'asked') return { state: step.state?.conflict.now ?? null, start: step.start?.now ?? null };
  if (step.kind !== 'failed' || choice === 'original') return null;
  if (step.problem.id === 'service-missing') return { state: 'missing', start: null };
  // Windows does not start what is disabled: it stays stopped, or is given another start type first.
  if (step.problem.id === 'service-disabled') return { state: facts.statuses.get(serviceName)?.state ?? null, start: null };
  return null;
}

function endOfWayBack(wayBack: WayBack, facts: Facts): Omit<WayBackEnd, 'facts'> {
  const left = placesOf(wayBack, facts).filter((place) => !isBack(place));
  const failed = left.flatMap(({ step }) => (step.kind === 'failed' ? [step.problem] : []));
  const asked = left.flatMap(({ step }) => (step.kind === 'asked' ? [step.state ?? step.start] : [])).filter((one) => one !== null);
  if (failed[0] !== undefined) return { outcome: failed.length === wayBack.working.run.order.services.length ? 'failed' : 'partly', problem: failed[0] };
  if (asked[0] !== undefined) return { outcome: 'changed-outside', problem: asked[0].problem };
  return { outcome: 'returned', problem: null };
}

/** What is back, and what is not: an administrator who stops a way back half way must not have to search for it. */
function interruptedProblem(facts: Facts, run: Run): Problem {
  const places = wayBackPlaces(facts, run);
  const left = places.filter(({ step }) => step.kind !== 'settled').map(({ service }) => service.serviceName);
  return problem('way-back-interrupted', { back: places.length - left.length, left: left.length, services: left.join(', ') });
}
