import { problem, ProblemError } from '../contract/problem.js';
import type { Actor } from '../contract/run.js';
import type { CommandResult, EngineListener } from './engine.js';
import { conclude, observePatiently } from './look.js';
import { Observer } from './observer.js';
import { requireElevation } from './order.js';
import type { EngineParts } from './parts.js';
import { underLock } from './under-lock.js';
import { Vigil } from './vigil.js';
import { whileWorking, WorkingRun } from './working-run.js';

const NEVER = new AbortController().signal;

/** Signs off *ready*, from a reading of just now; refused unless it is. */
export function confirmRun(parts: EngineParts, note: string | null, by: Actor, listen: EngineListener): Promise<CommandResult> {
  return underLock(parts, 'confirm', by, listen, async (open) => {
    requireElevation(await parts.host.computer());
    if (open === null) throw new ProblemError(problem('no-open-run'));
    const working = new WorkingRun(parts.records.reopen(open.read), parts.host, listen);
    return whileWorking(working, () => sign(parts, working, note, by));
  });
}

async function sign(parts: EngineParts, working: WorkingRun, note: string | null, by: Actor): Promise<CommandResult> {
  const lookout = { parts, working, observer: new Observer(parts), vigil: new Vigil(working), signal: NEVER };
  const facts = await observePatiently(lookout, 0);
  const checklist = conclude(lookout, facts);
  if (checklist.run?.phase === 'confirmed') return { outcome: 'nothing-to-do', problem: null, checklist };
  if (!checklist.ready) {
    return { outcome: 'blocked', problem: problem('not-ready', { because: checklist.blockers[0]?.id ?? 'blocks-not-read' }), checklist };
  }
  working.store({ type: 'confirmed', by, note });
  return { outcome: 'confirmed', problem: null, checklist: conclude(lookout, facts) };
}
