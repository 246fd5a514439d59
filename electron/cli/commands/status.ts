import { EXIT_CODES, type ExitCode } from '../../contract/outcome.js';
import { printJson, printLines, type CommandContext } from '../context.js';
import { statusJson } from '../json/checklist-json.js';
import { renderChecklist } from '../render/checklist-text.js';
import { renderChecks } from '../render/checks-text.js';

/** Facts, run and checklist. */
export async function status(context: CommandContext): Promise<ExitCode> {
  const checklist = await context.server.engine.observe();
  const { style, parsed, speech } = context;
  if (parsed.global.json) printJson(context, statusJson(checklist, speech));
  else printLines(context, [...renderChecklist(style, checklist), ...(parsed.global.verbose ? ['', ...renderChecks(style, checklist.checks)] : [])]);
  return EXIT_CODES.done;
}
