import type { ExitCode } from '../../../contract/outcome.js';
import { sayTime } from '../../../core/language/time.js';
import type { EngineEvent } from '../../../engine/engine.js';
import { tell, type CommandContext } from '../context.js';
import { requestedServices } from '../drain-request.js';
import { giveOrder } from '../give-order.js';

/** Stops new work only; with `--for` it goes back by itself when the time is up. */
export async function pause(context: CommandContext): Promise<ExitCode> {
  const { server, parsed, speech, texts } = context;
  const { forMs, reason, overrides, wait: waits } = parsed.options;
  const tellEnd = (event: EngineEvent): void => {
    if (event.type !== 'run' || forMs === null || !waits) return;
    const until = new Date(Date.parse(event.at) + forMs).toISOString();
    tell(context, [speech.say(texts.pausedUntil, { at: sayTime(until, event.at) })]);
  };
  const endsByHand = forMs !== null && !waits;
  return giveOrder(
    context,
    waits ? null : 0,
    (by, listen, wait) =>
      server.engine.pause(
        { services: requestedServices(context), forMs, reason, overrides },
        by,
        (event) => {
          listen(event);
          tellEnd(event);
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
