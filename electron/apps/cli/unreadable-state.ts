import type { Checklist } from '../../contract/checklist.js';
import { EXIT_CODES, type ExitCode } from '../../contract/outcome.js';
import { ProblemError, type Problem } from '../../contract/problem.js';
import { outcomeOf } from '../../core/maintenance/outcome.js';
import { findRecordLeft } from '../../engine/record-left.js';
import { printJson, printLines, type CommandContext } from './context.js';
import { unreadableJson } from './json/unreadable-json.js';
import { renderComputer } from './render/checklist-text.js';
import { renderProblem } from './render/problem-text.js';
import { renderRecordSoFar } from './render/record-text.js';
import { renderServices } from './render/services-table.js';

/** Looks at the server; where our own state cannot be read, shows what can be seen all the same. Nothing is acted on then. */
export async function runOrShowRemains(context: CommandContext, run: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ProblemError) || !isAboutState(error.problem)) throw error;
    return showLeft(context, error.problem);
  }
}

/** A service that the settings name and Windows does not list says nothing of the record: the command asks for it, and is refused. */
function isAboutState({ id }: Problem): boolean {
  return outcomeOf(id) === 'state-unreadable' && id !== 'settings-service-unknown';
}

async function showLeft(context: CommandContext, problem: Problem): Promise<ExitCode> {
  const { server, style, messageStyle, messages, terminal, parsed } = context;
  const checklist: Checklist = await server.engine.observeServices();
  const left = findRecordLeft(server.records, problem);
  if (parsed.global.json) printJson(context, unreadableJson(checklist, left, problem, messages));
  else {
    printLines(context, [
      ...renderComputer(style, checklist),
      '',
      ...renderServices(style, checklist),
      ...renderRecordSoFar(style, left, parsed.command === 'status'),
    ]);
  }
  terminal.stderr.write(
    renderProblem(messageStyle, problem)
      .map((line) => `${line}\n`)
      .join(''),
  );
  return EXIT_CODES['state-unreadable'];
}
