import type { ExitCode } from '../../../contract/outcome.js';
import type { CommandContext } from '../context.js';
import { executeOrder } from '../execute-order.js';
import { followPlacement, settleHealth } from '../front-end-health.js';

/** The way back. */
export async function resume(context: CommandContext): Promise<ExitCode> {
  const { operands, options } = context.parsed;
  const { stayStopped, conflicts, ifPauseOver } = options;
  const services = operands.length > 0 ? operands : null;
  const request = { services, stayStopped, conflicts, ...(ifPauseOver && { ifPauseOver }) };
  return executeOrder(
    context,
    null,
    async (by, listen, wait) => {
      const { engine, health } = context.server;
      if (health === undefined) return engine.resume(request, by, listen, wait);
      const result = await followPlacement(context, health, listen, async (heard) => engine.resume(request, by, heard, wait));
      await settleHealth(context, health, result);
      return result;
    },
    {
      shows: 'nothing',
      warns: false,
      next: ({ outcome, checklist }) =>
        outcome === 'returned' && checklist?.run?.phase === 'returning' && !stayStopped ? context.texts.nextFinish : null,
    },
  );
}
