import type { ExitCode } from '../../contract/outcome.js';
import type { CommandContext } from '../context.js';
import { follow } from '../give-order.js';
import { nextOfReady } from '../next-of-ready.js';

/** Looks on at the run that is going on. */
export async function watch(context: CommandContext): Promise<ExitCode> {
  return follow(
    context,
    context.parsed.options.timeoutMs,
    (by, listen, wait) => context.server.engine.watch(by, listen, wait),
    (result) => (result.outcome === 'ready' ? nextOfReady(context, result) : null),
  );
}
