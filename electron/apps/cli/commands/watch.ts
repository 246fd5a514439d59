import type { ExitCode } from '../../../contract/outcome.js';
import type { CommandContext } from '../context.js';
import { followOrder } from '../execute-order.js';
import { nextOf } from '../next-step.js';

/** Looks on at the run that is going on. */
export async function watch(context: CommandContext): Promise<ExitCode> {
  return followOrder(context, context.parsed.options.timeoutMs, (by, listen, wait) => context.server.engine.watch(by, listen, wait), {
    shows: 'verdict',
    warns: true,
    next: nextOf(context),
  });
}
