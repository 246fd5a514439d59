import type { ExitCode } from '../../../contract/outcome.js';
import type { CommandContext } from '../context.js';
import { drainRequest } from '../drain-request.js';
import { executeOrder, type EngineCommand } from '../execute-order.js';
import { nextOf } from '../next-step.js';
import { settlePool } from '../settle-pool.js';
import { plan } from './plan.js';

/** Pauses, sets the start types, and waits until ready. */
export async function drain(context: CommandContext): Promise<ExitCode> {
  const { options } = context.parsed;
  if (options.dryRun) return plan(context);
  const timeoutMs = options.wait ? (options.timeoutMs ?? context.server.settings.timeoutMs) : 0;
  const request = drainRequest(context);
  const give: EngineCommand = async (by, listen, wait) => {
    await settlePool(context, true);
    return context.server.engine.drain(request, by, listen, wait);
  };
  return executeOrder(context, timeoutMs, give, { shows: 'verdict', warns: true, next: nextOf(context) });
}
