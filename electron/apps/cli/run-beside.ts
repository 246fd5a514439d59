import type { ExitCode } from '../../contract/outcome.js';
import { ProblemError, type Problem } from '../../contract/problem.js';
import type { CommandName } from './command-table.js';
import type { CommandContext } from './context.js';
import { renderProblem } from './render/problem-text.js';

/** Commands that change nothing: they are told of the other run, and work. */
const LOOKS: readonly CommandName[] = ['status', 'services', 'sessions', 'plan', 'report', 'history', 'doctor'];

/**
 * Runs a command in another data folder while a run is open in the usual one. An order needs a run of its own here: a second one would
 * take what the first one paused for the usual state, and a way back would find nothing to bring back.
 * @throws ProblemError the one that is given, if the order is refused
 */
export async function runBeside(
  command: CommandName,
  { server, terminal, messageStyle }: CommandContext,
  otherRun: Problem,
  run: () => Promise<ExitCode>,
): Promise<ExitCode> {
  if (!LOOKS.includes(command) && server.records.findOpen() === null) throw new ProblemError(otherRun);
  terminal.stderr.write(
    renderProblem(messageStyle, otherRun)
      .map((line) => `${line}\n`)
      .join(''),
  );
  return run();
}
