import { ProblemError } from '../../contract/problem.js';
import { printMessages, type CommandContext } from './context.js';

/**
 * Takes the name of the pool that was typed, and waits until the pool was asked once, for an order that is checked against it. It waits no
 * longer than the pool's own deadline; what is not known by then is unknown.
 * @param keeps whether a name that was typed goes into the settings
 * @throws ProblemError pool-name-unknown, pool-name-not-ours, and as the settings file does
 */
export async function settlePool(context: CommandContext, keeps: boolean): Promise<void> {
  const { server, parsed, texts } = context;
  if (server.pool === undefined) return;
  const { pool: typed } = parsed.options;
  if (typed !== null) {
    const fault = await server.pool.nameIt(typed);
    if (fault !== null) throw new ProblemError(fault);
    if (keeps) await server.keepPool?.(typed);
  }
  // A simulated server knows its pool at once, and what it is told stays as it was.
  const before = await server.pool.read();
  if (!before.known && before.reason === 'not-read-yet') printMessages(context, [texts.waitsForPool]);
  await server.pool.settle();
}
