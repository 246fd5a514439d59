import type { ExitCode } from '../../../contract/outcome.js';
import { formatTime } from '../../../core/language/time.js';
import type { EngineEvent } from '../../../engine/engine.js';
import { printMessages, type CommandContext } from '../context.js';
import { requestedServices } from '../drain-request.js';
import { executeOrder } from '../execute-order.js';

/** Stops new work only; with `--for` it goes back by itself when the time is up. */
export async function pause(context: CommandContext): Promise<ExitCode> {
  const { server, parsed, messages, texts } = context;
  const { forMs, reason, overrides, wait: waits } = parsed.options;
  const printEnd = (event: EngineEvent): void => {
    if (event.type !== 'run' || forMs === null || !waits) return;
    const until = new Date(Date.parse(event.at) + forMs).toISOString();
    printMessages(context, [messages.format(texts.pausedUntil, { at: formatTime(until, event.at) })]);
  };
  const endsByHand = forMs !== null && !waits;
  return executeOrder(
    context,
    waits ? null : 0,
    (by, listen, wait) =>
      server.engine.pause(
        { services: requestedServices(context), forMs, reason, overrides },
        by,
        (event) => {
          listen(event);
          printEnd(event);
        },
        wait,
      ),
    {
      shows: 'preview',
      warns: true,
      next: ({ outcome }) => (outcome !== 'paused' ? null : endsByHand ? texts.nextEndByHand : texts.nextWatch),
    },
  );
}
