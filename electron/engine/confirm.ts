import { problem, ProblemError } from '../contract/problem.js';
import { endWithLosses } from './end-with-losses.js';
import type { EngineContext } from './engine-context.js';
import type { CommandResult, ConfirmRequest } from './engine.js';
import { findOpenRun } from './open-run.js';
import { requireElevation } from './order.js';
import { recordReading } from './record-reading.js';
import { requireAllowed } from './run-lock.js';
import type { WorkingRun } from './working-run.js';

/** Signs off from a reading of just now: the server if it is safe to restart, or the planned services alone; refused otherwise. */
export async function confirmRun(context: EngineContext, request: ConfirmRequest): Promise<CommandResult> {
  const { parts, lock } = context;
  try {
    await lock.take('confirm');
    const open = await findOpenRun(parts);
    requireElevation(await parts.host.computer());
    requireAllowed('confirm', open);
    if (open === null) throw new ProblemError(problem('no-open-run'));
    return endWithLosses(await sign(context, lock.reopenRun(open), request), open.run.losses.length);
  } finally {
    await lock.release();
  }
}

async function sign(context: EngineContext, working: WorkingRun, { note, servicesOnly }: ConfirmRequest): Promise<CommandResult> {
  // Also after an earlier sign-off: a word for the whole server needs counts of now.
  const facts = await context.observer.readFacts([...working.run.services.keys()]);
  const { checklist } = recordReading(context, working, facts);
  const signed = checklist.run?.phase === 'confirmed' ? checklist.run.confirmed : null;
  if (signed !== null && (servicesOnly || signed.scope === 'server')) return { outcome: 'nothing-to-do', problem: null, checklist };
  if (!checklist.ready) {
    return { outcome: 'blocked', problem: problem('not-ready', { because: checklist.blockers[0]?.id ?? 'blocks-not-read' }), checklist };
  }
  const { kind, reasons, cut } = checklist.restart;
  if (kind === 'not-safe' && !servicesOnly) {
    return { outcome: 'blocked', problem: problem('not-safe', { reasons: reasons.length }), checklist };
  }
  const scope = kind === 'not-safe' ? 'services' : 'server';
  working.store({ type: 'confirmed', by: context.by, note, scope, ...(cut > 0 && { cut }) });
  return { outcome: 'confirmed', problem: null, checklist: recordReading(context, working, facts).checklist };
}
