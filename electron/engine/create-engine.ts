import type { Checklist } from '../contract/checklist.js';
import type { Facts } from '../contract/facts.js';
import { ProblemError } from '../contract/problem.js';
import type { Actor, Run } from '../contract/run.js';
import { namesService } from '../contract/service-names.js';
import { drawChecklist } from '../core/maintenance/checklist.js';
import { outcomeOf } from '../core/maintenance/outcome.js';
import { selectServices } from '../core/maintenance/selection.js';
import { showsStatuses } from '../core/maintenance/shown-statuses.js';
import type { EngineContext } from './engine-context.js';
import type { CommandResult, Engine, EngineListener, WaitOptions } from './engine.js';
import { asksEvidence, Observer } from './observer.js';
import { findOpenRun } from './open-run.js';
import type { EngineParts } from './parts.js';

/** Builds the engine over its parts. What only one command needs is loaded with that command: a look must not wait for it. */
export function createEngine(parts: EngineParts): Engine {
  return {
    observe: (asksEvidence = false) => releasingEvidence(parts, async () => (await observe(parts, asksEvidence)).checklist),
    readInventory: () =>
      releasingEvidence(parts, async () => {
        const { facts, checklist } = await observe(parts, false);
        return (await import('./read-inventory.js')).readInventory(parts, facts, checklist);
      }),
    observeServices: () => releasingEvidence(parts, async () => drawNow(parts, await new Observer(parts).readFacts([]), null)),
    hasChanged: (since) => hasChanged(parts, since),
    findUnlisted: async (serviceNames) => {
      const listed = (await parts.serviceControl.listServices()).map(({ serviceName }) => serviceName);
      return serviceNames.filter((name) => !namesService(listed, name));
    },
    listEnds: async (request) => (await import('./list-ends.js')).listServiceEnds(parts, request),
    findNames: async (addresses) => (await parts.openSessionEnds()).findNames(addresses),
    plan: (request) => releasingEvidence(parts, async () => (await import('./plan-drain.js')).planDrain(parts, request)),
    pause: async (request, by, listen, wait) => {
      const { executePause } = await import('./execute-pause.js');
      return resultOf(parts, executePause(await contextOf(parts, by, listen, wait), request));
    },
    drain: async (request, by, listen, wait) => {
      const { executeDrain } = await import('./execute-drain.js');
      return resultOf(parts, executeDrain(await contextOf(parts, by, listen, wait), request));
    },
    watch: async (by, listen, wait) => {
      const { watchRun } = await import('./watch-run.js');
      return resultOf(parts, watchRun(await contextOf(parts, by, listen, wait)));
    },
    accept: async (request, by, listen) => {
      const { acceptServices } = await import('./accept.js');
      return resultOf(parts, acceptServices(await contextOf(parts, by, listen, NO_WAIT), request));
    },
    confirm: async (request, by, listen) => {
      const { confirmRun } = await import('./confirm.js');
      return resultOf(parts, confirmRun(await contextOf(parts, by, listen, NO_WAIT), request));
    },
    resume: async (request, by, listen, wait) => {
      const { executeResume } = await import('./execute-resume.js');
      return resultOf(parts, executeResume(await contextOf(parts, by, listen, wait), request));
    },
  };
}

/** Of a command that is done with one reading. */
const NO_WAIT: WaitOptions = { timeoutMs: null, signal: new AbortController().signal };

async function contextOf(parts: EngineParts, by: Actor, listen: EngineListener, wait: WaitOptions): Promise<EngineContext> {
  return (await import('./engine-context.js')).createContext(parts, by, listen, wait);
}

async function resultOf(parts: EngineParts, command: Promise<CommandResult>): Promise<CommandResult> {
  const result = await command.catch(obstacleResult);
  return result.problem === null ? result : (await import('./record-left.js')).nameUndoCard(parts.records, result);
}

/** A command that could not be carried out is answered with what stood in the way; a defect goes up as it is. */
function obstacleResult(error: unknown): CommandResult {
  if (!(error instanceof ProblemError)) throw error;
  return { outcome: outcomeOf(error.problem.id), problem: error.problem, checklist: null };
}

/** One look leaves no counter open: open ones disturb Lync updates. */
async function releasingEvidence<T>(parts: EngineParts, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } finally {
    await parts.evidence.release();
  }
}

/** Looks until facts and record are of one time; another process that writes on and on does not keep it for ever. */
const MAX_READINGS = 4;

interface EngineLook {
  readonly facts: Facts;
  readonly checklist: Checklist;
}

async function observe(parts: EngineParts, asksAlways: boolean, readings = 1): Promise<EngineLook> {
  const open = await findOpenRun(parts);
  const asks = open === null || asksAlways || asksEvidence(open.run);
  const facts = await new Observer(parts).readFacts(open === null ? [] : [...open.run.services.keys()], 0, asks);
  // What another process has changed meanwhile would pass for a change from outside, and a run that was closed would come back.
  const latest = parts.records.findOpen();
  const isOtherRun = latest?.runId !== open?.read.runId;
  if (isOtherRun || (latest?.entryCount !== open?.read.entryCount && readings < MAX_READINGS)) {
    return observe(parts, asksAlways, readings + 1);
  }
  return { facts, checklist: drawNow(parts, facts, open?.run ?? null) };
}

function drawNow({ stalledAfterMs }: EngineParts, facts: Facts, run: Run | null): Checklist {
  const selection = selectServices(facts.statuses, null);
  const plan = { serviceNames: selection.ok ? selection.serviceNames : [], hold: 'demand', overrides: [] } as const;
  return drawChecklist(facts, run, { plan, stalledAfterMs });
}

/** The start type of a service that does not run says whether that is a trouble; for the others it waits for the next whole look. */
async function hasChanged(parts: EngineParts, since: Checklist): Promise<boolean> {
  if (!showsStatuses(since, await parts.serviceControl.listServices())) return true;
  const observer = new Observer(parts);
  for (const { serviceName, startType, state } of since.services) {
    if (state === 'stopped' && (await observer.readStartType(serviceName)) !== startType) return true;
  }
  return false;
}
