import type { ExitCode } from '../../contract/outcome.js';
import type { CommandContext } from '../context.js';
import { giveOrder } from '../give-order.js';

/** Signs off *ready*. */
export async function confirm(context: CommandContext): Promise<ExitCode> {
  const { engine } = context.server;
  return giveOrder(context, null, (by, listen) => engine.confirm(context.parsed.options.note, by, listen), () => context.texts.nextResume);
}
