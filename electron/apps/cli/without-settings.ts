import { EXIT_CODES, type ExitCode } from '../../contract/outcome.js';
import { ProblemError, type Problem } from '../../contract/problem.js';
import type { CommandName } from './command-table.js';
import type { CommandContext } from './context.js';
import { renderProblem } from './render/problem-text.js';
import { wrapTo } from './render/text-width.js';
import { runCommand } from './run-command.js';

/** What a command does while the settings file cannot be used: shows what it can all the same, goes on, or is refused. */
const WITHOUT_SETTINGS: Readonly<Record<Exclude<CommandName, 'explain'>, 'show' | 'go-on' | 'refuse'>> = {
  status: 'show',
  services: 'show',
  sessions: 'show',
  report: 'show',
  history: 'show',
  doctor: 'show',
  plan: 'refuse',
  pause: 'refuse',
  drain: 'refuse',
  watch: 'refuse',
  accept: 'refuse',
  confirm: 'refuse',
  resume: 'go-on',
};

/**
 * Runs a command although the settings file cannot be used, as far as it needs none. The way back always goes on.
 * @throws ProblemError the one that is given, where the command is refused
 */
export async function runWithoutSettings(
  command: Exclude<CommandName, 'explain'>,
  context: CommandContext,
  settingsProblem: Problem,
): Promise<ExitCode> {
  const { stderr } = context.terminal;
  const { messageStyle, texts } = context;
  const print = (lines: readonly string[]): void => stderr.write(lines.map((line) => `${line}\n`).join(''));
  switch (WITHOUT_SETTINGS[command]) {
    case 'refuse':
      throw new ProblemError(settingsProblem);
    case 'go-on':
      print([...renderProblem(messageStyle, settingsProblem), ...wrapTo(texts.goesOnWithoutSettings, messageStyle.columns - 1)]);
      return runCommand(command, context);
    case 'show':
      try {
        await runCommand(command, context);
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        print(renderProblem(messageStyle, error.problem));
        throw new ProblemError(settingsProblem, { cause: error });
      }
      print(renderProblem(messageStyle, settingsProblem));
      return EXIT_CODES['state-unreadable'];
  }
}
