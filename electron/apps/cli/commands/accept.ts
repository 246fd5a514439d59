import type { ExitCode } from '../../../contract/outcome.js';
import { problem, ProblemError } from '../../../contract/problem.js';
import type { CommandContext } from '../context.js';
import { executeOrder } from '../execute-order.js';
import { nextOf } from '../next-step.js';

/** Accepts by hand what no evidence can say, or the cut of sessions that never end; shows what could be seen of it. */
export async function accept(context: CommandContext): Promise<ExitCode> {
  const { engine } = context.server;
  const {
    operands: services,
    options: { note, cut },
  } = context.parsed;
  if (services.length === 0) throw new ProblemError(problem('missing-argument', { argument: 'SERVICE' }));
  if (note === null) throw new ProblemError(problem('note-missing'));
  const accepted: string[] = [];
  return executeOrder(
    context,
    null,
    (by, listen) =>
      engine.accept({ services, note, cut }, by, (event) => {
        listen(event);
        if (event.type === 'accepted') accepted.push(event.serviceName);
      }),
    { shows: 'verdict', warns: false, next: nextOf(context), lookedAt: () => accepted },
  );
}
