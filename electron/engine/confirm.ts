import { problem, ProblemError } from '../contract/problem.js';
import type { Actor } from '../contract/run.js';
import type { CommandResult, ConfirmRequest, EngineListener } from './engine.js';
import { Observer } from './observer.js';
import { requireElevation } from './order.js';
import type { EngineParts } from './parts.js';
import { recordReading, type MonitorContext } from './record-reading.js';
import { requireAllowed, withRunLock } from './run-lock.js';
import { whileWorking, WorkingRun } from './working-run.js';

const NEVER = new AbortController().signal;

/** Signs off from a reading of just now: the server if it is safe to restart, or the planned services alone; refused otherwise. */
export function confirmRun(parts: EngineParts, request: ConfirmRequest, by: Actor, listen: EngineListener): Promise<CommandResult> {
  return withRunLock(parts, { command: 'confirm', by, listen }, async (open) => {
    requireElevation(await parts.host.computer());
    requireAllowed('confirm', open);
    if (open === null) throw new ProblemError(problem('no-open-run'));
    const working = new WorkingRun(parts.records.reopen(open.read), parts.host, listen);
    const context = { parts, working, observer: new Observer(parts), signal: NEVER };
    return whileWorking(working, () => sign(context, request, by));
  });
}

async function sign(context: MonitorContext, { note, servicesOnly }: ConfirmRequest, by: Actor): Promise<CommandResult> {
  const { working } = context;
  // Also after an earlier sign-off: a word for the whole server needs counts of now.
  const facts = await context.observer.readFacts([...working.run.services.keys()]);
  const { checklist } = recordReading(context, facts);
  const signed = checklist.run?.phase === 'confirmed' ? checklist.run.confirmed : null;
  if (signed !== null && (servicesOnly || signed.scope === 'server')) return { outcome: 'nothing-to-do', problem: null, checklist };
  if (!checklist.ready) {
    return { outcome: 'blocked', problem: problem('not-ready', { because: checklist.blockers[0]?.id ?? 'blocks-not-read' }), checklist };
  }
  const { kind, reasons, cut } = checklist.restart;
  if (kind === 'not-safe' && !servicesOnly) {
    return { outcome: 'blocked', problem: problem('not-safe', { reasons: reasons.length }), checklist };
  }
  working.store({ type: 'confirmed', by, note, scope: kind === 'not-safe' ? 'services' : 'server', ...(cut > 0 && { cut }) });
  return { outcome: 'confirmed', problem: null, checklist: recordReading(context, facts).checklist };
}
