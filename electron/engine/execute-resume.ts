import type { Facts } from '../contract/facts.js';
import { problem, ProblemError } from '../contract/problem.js';
import type { Order, Run } from '../contract/run.js';
import { isSameService, namesService } from '../contract/service-names.js';
import { isBack, wayBackPlaces } from '../core/maintenance/next-step.js';
import { bringBack } from './bring-back.js';
import type { CommandResult, ResumeRequest } from './engine.js';
import { Observer } from './observer.js';
import { findRunToBringBack } from './open-run.js';
import { requireElevation, resumeOrder } from './order.js';
import type { EngineParts } from './parts.js';
import { mayEndPause, settleEndTask } from './pause-end.js';
import { withQueryRetry } from './query-retry.js';
import { drawRun } from './record-reading.js';
import { withRunLock, type WaitingCaller } from './run-lock.js';
import { RunMonitor } from './run-monitor.js';
import { storeTailLoss } from './store-tail-loss.js';
import { whileWorking, WorkingRun } from './working-run.js';

const NOTHING_TO_DO: CommandResult = { outcome: 'nothing-to-do', problem: null, checklist: null };

/** The way back: start types exactly as they were, then everything that ran runs again. */
export function executeResume(
  parts: EngineParts,
  request: ResumeRequest,
  { by, listen, wait: { signal } }: WaitingCaller,
): Promise<CommandResult> {
  return withRunLock(
    parts,
    { command: 'resume', by, listen },
    async (open) => {
      requireElevation(await parts.host.computer());
      if (request.ifPauseOver === true && !(await mayEndPause(parts, open?.run ?? null))) return NOTHING_TO_DO;
      if (open === null) return NOTHING_TO_DO;
      const services = requireOfRun(open.run, request.services);
      const working = new WorkingRun(parts.records.reopen(open.read), parts.host, listen);
      return whileWorking(working, async () => {
        const context = {
          parts,
          working,
          observer: new Observer(withQueryRetry(parts, signal)),
          monitor: new RunMonitor(working),
          signal,
          deadlineUpMs: null,
          waits: true,
        };
        if (open.lost !== null) await storeTailLoss(working, context.observer, open.lost, { by, path: open.read.path });
        if (request.services !== null) {
          const facts = await context.observer.readFacts([...open.run.services.keys()], 0, false);
          if (areBack(facts, working.run, services)) return { outcome: 'nothing-to-do', problem: null, checklist: drawRun(context, facts) };
        }
        working.store({ type: 'ordered', by, order: resumeOrder(request, services, open.run) });
        await settleEndTask(parts, open.run, working.run);
        working.announce({ type: 'run', runId: working.run.id, opened: false, undoCardPath: null });
        return bringBack(context, by, request.conflicts);
      });
    },
    findRunToBringBack,
  );
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

/** True if these services came back already, and still are as they were. */
function areBack(facts: Facts, run: Run, services: readonly string[]): boolean {
  const order: Order = { ...run.order, command: 'resume', services, stayStopped: false };
  return wayBackPlaces(facts, { ...run, order }).every(isBack);
}
