import type { ExitCode } from '../../../contract/outcome.js';
import type { CommandContext } from '../context.js';
import { executeOrder } from '../execute-order.js';

/** The way back. */
export async function resume(context: CommandContext): Promise<ExitCode> {
  const { operands, options } = context.parsed;
  const { stayStopped, conflicts, ifPauseOver } = options;
  const services = operands.length > 0 ? operands : null;
  const { engine } = context.server;
  return executeOrder(
    context,
    null,
    (by, listen, wait) => engine.resume({ services, stayStopped, conflicts, ...(ifPauseOver && { ifPauseOver }) }, by, listen, wait),
    {
      shows: 'nothing',
      warns: false,
      next: ({ outcome, checklist }) =>
        outcome === 'returned' && checklist?.run?.phase === 'returning' && !stayStopped ? context.texts.nextFinish : null,
    },
  );
}
