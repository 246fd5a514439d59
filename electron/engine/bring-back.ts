import type { Facts } from '../contract/facts.js';
import { problem } from '../contract/problem.js';
import type { Actor, Run } from '../contract/run.js';
import { wayBackPlaces, type WayBackPlace } from '../maintenance/next-step.js';
import { servicesToReturn } from '../maintenance/standing.js';
import type { WayBackStep } from '../maintenance/way-back.js';
import { changeService } from './change-service.js';
import type { CommandResult, ResumeRequest } from './engine.js';
import { drawRun, observePatiently } from './look.js';
import { awaitState, type Pursuit } from './pursue.js';

/** What somebody must decide: whose start type stands, or that a removed service is gone for good. */
function isAsked(step: WayBackStep): boolean {
  return step.kind === 'conflict' || (step.kind === 'failed' && step.problem.id === 'service-missing');
}

/** Pursues the way back that was just ordered, and closes the run when nothing of it is left. */
export async function bringBack(pursuit: Pursuit, by: Actor, conflicts: ResumeRequest['conflicts']): Promise<CommandResult> {
  const { working, observer } = pursuit;
  if (conflicts !== null) {
    const facts = await observer.readFacts([...working.run.services.keys()]);
    const asked = wayBackPlaces(facts, working.run).filter(({ step }) => isAsked(step));
    for (const { service } of asked) working.store({ type: 'choice', by, serviceName: service.serviceName, choice: conflicts });
  }
  const { facts, ...end } = await pursueWayBack(pursuit);
  if (end.outcome === 'returned' && servicesToReturn(working.run).length === 0) {
    working.store({ type: 'closed', by, outcome: working.run.order.stayStopped ? 'returned-stopped' : 'returned' });
  }
  return { ...end, checklist: drawRun(pursuit, facts) };
}

/** How a way back ended, and the reading that says so. */
type WayBackEnd = Pick<CommandResult, 'outcome' | 'problem'> & { readonly facts: Facts };

/** Observes, decides and acts until every ordered service is back, failed, or waits for a choice. */
async function pursueWayBack(pursuit: Pursuit): Promise<WayBackEnd> {
  let facts = await observePatiently(pursuit, 0);
  pursuit.vigil.noteRestart(facts);
  for (;;) {
    let place = nextPlace(facts, pursuit.working.run);
    if (place === undefined) {
      // Single services were read anew on the way; the end is judged by one reading of everything.
      facts = await observePatiently(pursuit, 0, facts);
      place = nextPlace(facts, pursuit.working.run);
    }
    if (place === undefined) return { ...endOfWayBack(facts, pursuit.working.run), facts };
    if (pursuit.signal.aborted) return { outcome: 'interrupted', problem: problem('interrupted'), facts };
    facts = await stepBack(pursuit, facts, place);
  }
}

function nextPlace(facts: Facts, run: Run): WayBackPlace | undefined {
  return wayBackPlaces(facts, run).find(({ step }) => step.kind !== 'conflict' && step.kind !== 'failed');
}

async function stepBack(pursuit: Pursuit, facts: Facts, place: WayBackPlace): Promise<Facts> {
  const { observer, working } = pursuit;
  const { serviceName } = place.service;
  const fresh = await observer.refresh(facts, serviceName);
  const step = wayBackPlaces(fresh, working.run).find(({ service }) => service.serviceName === serviceName)?.step;
  switch (step?.kind) {
    case 'restore-start':
      await changeService(pursuit, serviceName, { kind: 'restore-start', from: step.from, to: step.to });
      break;
    case 'continue':
    case 'start':
      await changeService(pursuit, serviceName, { kind: step.kind });
      break;
    case 'await-state':
      await awaitState(pursuit, serviceName, 'start');
      break;
    case 'settled':
      working.store({ type: 'returned', serviceName, how: step.how });
      return fresh;
    case 'conflict':
    case 'failed':
    case undefined:
      return fresh;
  }
  return observer.refresh(fresh, serviceName);
}

function endOfWayBack(facts: Facts, run: Run): Omit<WayBackEnd, 'facts'> {
  const left = wayBackPlaces(facts, run);
  const failed = left.flatMap(({ step }) => (step.kind === 'failed' ? [step.problem] : []));
  const conflicts = left.flatMap(({ service, step }) => (step.kind === 'conflict' ? [{ serviceName: service.serviceName, ...step.conflict }] : []));
  const [conflict] = conflicts;
  if (failed[0] !== undefined) return { outcome: failed.length === run.order.services.length ? 'failed' : 'partly', problem: failed[0] };
  if (conflict !== undefined) return { outcome: 'changed-outside', problem: problem('conflict', conflict) };
  return { outcome: 'returned', problem: null };
}
