import type { ExitCode } from '../../contract/outcome.js';
import { problem } from '../../contract/problem.js';
import type { Actor } from '../../contract/run.js';
import { outcomeOf } from '../../core/maintenance/outcome.js';
import type { CommandResult, EngineListener, WaitOptions } from '../../engine/engine.js';
import { printMessages, type CommandContext } from './context.js';
import { blameSettings } from './drain-request.js';
import { finish, type Ending } from './finish.js';
import { createReporter } from './reporter.js';
import { suggestFor } from './suggest-for.js';

/** One order to the engine, with who gives it, who listens, and how long to wait. */
export type EngineCommand = (by: Actor, listen: EngineListener, wait: WaitOptions) => Promise<CommandResult>;

/** Gives an order that changes the server: refused without rights, told as it goes, finished with a result. */
export async function executeOrder(
  context: CommandContext,
  timeoutMs: number | null,
  command: EngineCommand,
  ending: Ending,
): Promise<ExitCode> {
  const { user, elevated } = await context.server.host.computer();
  if (!elevated) return finish(context, { outcome: 'no-rights', problem: problem('not-elevated', { user }), checklist: null }, ending);
  return followOrder(context, timeoutMs, command, ending);
}

/** Follows what the engine does until it ends or the user stops watching. */
export async function followOrder(
  context: CommandContext,
  timeoutMs: number | null,
  command: EngineCommand,
  ending: Ending,
): Promise<ExitCode> {
  const { interruption, processId } = context.terminal;
  const { user } = await context.server.host.computer();
  const by: Actor = { user, face: 'cli', processId };
  const reporter = createReporter(context);
  const acknowledge = (): void => {
    reporter.end();
    printMessages(context, [context.texts.stopAgain]);
  };
  interruption.addEventListener('abort', acknowledge, { once: true });
  try {
    const result = await command(by, reporter.listen, { timeoutMs, signal: interruption });
    reporter.end();
    return finish(context, await explainEnd(context, result), ending);
  } finally {
    interruption.removeEventListener('abort', acknowledge);
    reporter.end();
  }
}

async function explainEnd(context: CommandContext, result: CommandResult): Promise<CommandResult> {
  if (result.problem === null) return result;
  if (result.problem.id === 'interrupted') {
    return { ...result, problem: { ...result.problem, params: { ...result.problem.params, command: orderName(context, result) } } };
  }
  const blamed = blameSettings(result.problem, context);
  const outcome = blamed === result.problem ? result.outcome : outcomeOf(blamed.id);
  return { ...result, outcome, problem: await suggestFor(blamed, context.server) };
}

/** As the sentence about an interruption tells orders apart: a pause that was to end by itself now does not. */
function orderName({ parsed: { command, options } }: CommandContext, { checklist }: CommandResult): string {
  if (command !== 'pause' || options.forMs === null || !options.wait) return command;
  return checklist?.run?.endTask === undefined ? 'countdown' : 'scheduled';
}
