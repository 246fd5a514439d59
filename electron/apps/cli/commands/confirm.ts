import type { ExitCode } from '../../../contract/outcome.js';
import { problem } from '../../../contract/problem.js';
import type { CommandContext } from '../context.js';
import { executeOrder, type EngineCommand } from '../execute-order.js';
import { nextOf } from '../next-step.js';
import { settlePool } from '../settle-pool.js';
import { waitForCmdlet } from '../wait-for-cmdlet.js';

/** Signs off that the server is safe to restart, or the planned services alone. */
export async function confirm(context: CommandContext): Promise<ExitCode> {
  const { engine } = context.server;
  const { note, servicesOnly } = context.parsed.options;
  const give: EngineCommand = async (by, listen) => {
    await settlePool(context, false);
    if (await waitForCmdlet(context)) return engine.confirm({ note, servicesOnly }, by, listen);
    return { outcome: 'interrupted', problem: problem('interrupted'), checklist: null };
  };
  return executeOrder(context, null, give, { shows: 'verdict', warns: true, next: nextOf(context) });
}
