import type { ExitCode } from '../../../contract/outcome.js';
import { formatTime } from '../../../core/language/time.js';
import type { EngineEvent } from '../../../engine/engine.js';
import { printSentences, type CommandContext } from '../context.js';
import { requestedServices } from '../drain-request.js';
import { executeOrder } from '../execute-order.js';

/** Stops new work only; with `--for` it goes back by itself when the time is up. */
export async function pause(context: CommandContext): Promise<ExitCode> {
  const { server, parsed, texts } = context;
  const { forMs, reason, overrides, wait: waits, withoutEndTask } = parsed.options;
  let endsByTask = false;
  const printEnd = (event: EngineEvent): void => {
    if (event.type !== 'run' || forMs === null) return;
    endsByTask = typeof event.endTask === 'string';
    printSentences(context, ...endTexts(context, event, forMs));
  };
  return executeOrder(
    context,
    waits ? null : 0,
    (by, listen, wait) =>
      server.engine.pause(
        { services: requestedServices(context), forMs, reason, overrides, ...(withoutEndTask && { withoutEndTask }) },
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
      next: ({ outcome }) => {
        if (outcome !== 'paused') return null;
        return forMs !== null && !waits && !endsByTask ? texts.nextEndByHand : texts.nextWatch;
      },
    },
  );
}

/** When the pause ends, and who sees to it. */
function endTexts(
  { parsed, messages, texts }: CommandContext,
  run: Extract<EngineEvent, { type: 'run' }>,
  forMs: number,
): readonly string[] {
  const { wait: waits } = parsed.options;
  const until = new Date(Date.parse(run.at) + forMs).toISOString();
  const at = formatTime(until, run.at);
  if (typeof run.endTask === 'string') return [messages.format(texts.pausedUntilByTask, { at, name: run.endTask })];
  return [...(run.endTask === null ? [texts.noEndTask] : []), ...(waits ? [messages.format(texts.pausedUntil, { at })] : [])];
}
