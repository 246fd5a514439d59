import type { Facts } from '../contract/facts.js';
import { problem, ProblemError } from '../contract/problem.js';
import type { Order, Run } from '../contract/run.js';
import { isSameService, namesService } from '../contract/service-names.js';
import { assumeChanged } from '../core/maintenance/assumed-changes.js';
import { isBack, wayBackPlaces } from '../core/maintenance/next-step.js';
import { RunView } from '../core/maintenance/run-view.js';
import { bringBack } from './bring-back.js';
import { endWithLosses } from './end-with-losses.js';
import { forChanges, type EngineContext } from './engine-context.js';
import type { CommandResult, ResumeRequest } from './engine.js';
import { findFailoverProblem } from './failover.js';
import { findRunToBringBack, type OpenRun } from './open-run.js';
import { requireElevation, resumeOrder } from './order.js';
import { mayEndPause, settleEndTask } from './pause-end.js';
import { viewReading } from './record-reading.js';
import type { WorkingRun } from './working-run.js';

const NOTHING_TO_DO: CommandResult = { outcome: 'nothing-to-do', problem: null, checklist: null };

/** The way back: start types exactly as they were, then everything that ran runs again. */
export async function executeResume(context: EngineContext, request: ResumeRequest): Promise<CommandResult> {
  const { parts, lock } = context;
  try {
    await lock.take('resume');
    const open = await findRunToBringBack(parts);
    requireElevation(await parts.host.computer());
    if (request.ifPauseOver === true && !(await mayEndPause(parts, open?.run ?? null))) return NOTHING_TO_DO;
    if (open === null) return NOTHING_TO_DO;
    const services = requireOfRun(open.run, request.services);
    const working = lock.reopenRun(open);
    const asking = forChanges(context, null);
    if (request.conflicts === null) await refuseInFailover(asking, open.run);
    await tellTailLoss(asking, working, open);
    const result = (await endIfBack(asking, working, request, services)) ?? (await returnAll(context, working, request, services));
    return endWithLosses(result, open.run.losses.length);
  } catch (error) {
    return lock.resultOf(error);
  } finally {
    await lock.release();
  }
}

async function returnAll(
  context: EngineContext,
  working: WorkingRun,
  request: ResumeRequest,
  services: readonly string[],
): Promise<CommandResult> {
  const before = working.run;
  working.store({ type: 'ordered', by: context.by, order: resumeOrder(request, services, before) });
  await settleEndTask(context.parts, before, working.run);
  working.announce({ type: 'run', runId: working.run.id, opened: false, undoCardPath: null });
  return bringBack(context, working, request.conflicts);
}

/** What a failover stops would take calls again. An administrator who says what to do with its services says that it is none. */
async function refuseInFailover({ observer }: EngineContext, run: Run): Promise<void> {
  const failover = findFailoverProblem(await observer.readFacts([...run.services.keys()], 0, false), run);
  if (failover !== null) throw new ProblemError(failover);
}

/**
 * What was asked for, as the record spells it; all of the run if nothing was named, also what is back: it is looked at again.
 * @throws ProblemError not-in-run
 */
function requireOfRun({ services }: Run, requested: readonly string[] | null): readonly string[] {
  if (requested === null) return [...services.keys()];
  const named = requested.map((name) => {
    const found = [...services.values()].find((one) => isSameService(one.serviceName, name));
    if (found === undefined) throw new ProblemError(problem('not-in-run', { serviceName: name }));
    return found.serviceName;
  });
  return [...services.keys()].filter((name) => namesService(named, name));
}

/** Says aloud and in the record that the tail is lost, if it is, and what counts as changed by the run from now on. */
async function tellTailLoss({ observer, by }: EngineContext, working: WorkingRun, { read, lost }: OpenRun): Promise<void> {
  if (lost === null) return;
  const { entries, anchored, unrecorded } = lost;
  const facts = await observer.readFacts([...working.run.services.keys()], 0, false);
  working.store({ type: 'tail-lost', by, entries, anchored, held: assumeChanged(facts, working.run), unrecorded: [...unrecorded] });
  working.announce({ type: 'tail-lost', path: read.path, entries, anchored, services: unrecorded });
}

/** Nothing is to do if services were named that came back already and still are as they were; null otherwise. */
async function endIfBack(
  context: EngineContext,
  working: WorkingRun,
  request: ResumeRequest,
  services: readonly string[],
): Promise<CommandResult | null> {
  if (request.services === null) return null;
  const facts = await context.observer.readFacts([...working.run.services.keys()], 0, false);
  if (!areBack(facts, working.run, services)) return null;
  return { outcome: 'nothing-to-do', problem: null, checklist: viewReading(context, working, facts).checklist };
}

function areBack(facts: Facts, run: Run, services: readonly string[]): boolean {
  const order: Order = { ...run.order, command: 'resume', services, stayStopped: false };
  return wayBackPlaces(new RunView(facts, { ...run, order })).every(isBack);
}
