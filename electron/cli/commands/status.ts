import { EXIT_CODES, type ExitCode } from '../../contract/outcome.js';
import { printJson, printLines, type CommandContext } from '../context.js';
import { statusJson } from '../json/checklist-json.js';
import { renderChecklist } from '../render/checklist-text.js';
import { renderChecks } from '../render/checks-text.js';

/** Facts, run and checklist. */
export async function status(context: CommandContext): Promise<ExitCode> {
  const checklist = await context.server.engine.observe();
  const { style, parsed, speech, server } = context;
  // Only a quick pause that ends by itself needs somebody at work for what is said of it.
  const isAttended = checklist.run?.until != null && server.records.readLockOwner() !== null;
  if (parsed.global.json) printJson(context, statusJson(checklist, speech));
  else printLines(context, [...renderChecklist(style, checklist, isAttended), ...(parsed.global.verbose ? ['', ...renderChecks(style, checklist.checks)] : [])]);
  return EXIT_CODES.done;
}
