import type { ExitCode } from '../../contract/outcome.js';
import type { CommandContext } from '../context.js';
import { giveOrder } from '../give-order.js';
import { nextOf } from '../next-step.js';

/** Signs off that the server is safe to restart, or the planned services alone. */
export async function confirm(context: CommandContext): Promise<ExitCode> {
  const { engine } = context.server;
  const { note, servicesOnly } = context.parsed.options;
  return giveOrder(context, null, (by, listen) => engine.confirm({ note, servicesOnly }, by, listen), { shows: 'verdict', warns: true, next: nextOf(context) });
}
