import type { Facts } from '../contract/facts.js';
import type { Order, Run } from '../contract/run.js';
import { drainTurns, type Turn } from '../core/maintenance/next-step.js';
import { findRivals, seenServers, showsMark, takesServerDown, yieldedTo } from '../core/maintenance/pool-claim.js';
import type { RunView } from '../core/maintenance/run-view.js';
import { BackgroundReadings } from './background-readings.js';
import { bringBack } from './bring-back.js';
import { changeServices } from './change-services.js';
import type { EngineContext } from './engine-context.js';
import type { CommandResult } from './engine.js';
import { resumeOrder } from './order.js';
import type { WorkingRun } from './working-run.js';

/** The same facts with the other servers of the pool as they are now, for an order that takes this one down and has no claim yet. */
export async function lookAtPool({ parts }: EngineContext, facts: Facts, order: Order, run: Run | null): Promise<Facts> {
  if (!takesServerDown(order) || run?.claim?.isVerified === true) return facts;
  return { ...facts, pool: await parts.pool.readNow() };
}

/**
 * Sets the mark, the first pause, and looks at the others again (core/maintenance/pool-claim.ts). Goes on from wherever a run that was
 * killed stood: its claim is on record, its mark is the state of its services.
 * @returns null if this server may go down, or if nothing came of the pause; else how the way back ended
 */
export async function verifyClaim(context: EngineContext, working: WorkingRun, facts: Facts): Promise<CommandResult | null> {
  const { parts, wait } = context;
  const readings = new BackgroundReadings(context, working, facts);
  await changeServices(context, working, facts, { turnsOf: firstPause, unreadable: new Map(), readings });
  const isMarked = showsMark(await parts.serviceControl.listServices(), working.run.order);
  if (wait.signal.aborted || !isMarked) return null;
  const first = await parts.pool.readNow();
  // One that has fallen silent is asked once more before this server goes back for it.
  const pool = findRivals(working.run, first).length === 0 ? first : await parts.pool.readNow();
  const rivals = findRivals(working.run, pool);
  if (rivals.length > 0) return giveWay(context, working, rivals);
  working.tell({ type: 'pool-looked', when: 'after-pause', servers: seenServers(pool) });
  return null;
}

/** The first pause of a drain, one service after another until one is seen paused. */
function firstPause(view: RunView): readonly Turn[] {
  if (showsMark(view.facts.statuses.values(), view.run.order)) return [];
  return drainTurns(view)
    .filter(({ step }) => step.kind !== 'set-start')
    .slice(0, 1);
}

/** Both on record at once: a run that is killed now goes on with its way back. */
async function giveWay(context: EngineContext, working: WorkingRun, rivals: ReturnType<typeof findRivals>): Promise<CommandResult> {
  const { by } = context;
  const order = resumeOrder({ services: null, stayStopped: false, conflicts: null }, [...working.run.services.keys()], working.run);
  working.tell({ type: 'yielded', by, to: [...rivals] }, { type: 'ordered', by, order });
  const result = await bringBack(context, working, null);
  return result.outcome === 'returned' ? { ...result, outcome: 'blocked', problem: yieldedTo(rivals, true) } : result;
}
