import { EXIT_CODES, type ExitCode } from '../../../contract/outcome.js';
import { printJson, printLines, type CommandContext } from '../context.js';
import { drainsAll } from '../drain-request.js';
import { statusJson } from '../json/checklist-json.js';
import { nextStep } from '../next-step.js';
import { paragraph, renderChecklist } from '../render/checklist-text.js';
import { renderChecks } from '../render/checks-text.js';
import { lookOrShowLeft } from '../unreadable-state.js';

/**
 * Facts, run and checklist. Asks the evidence also after a sign-off, and closes it again: a status that does not count would
 * not say much.
 */
export function status(context: CommandContext): Promise<ExitCode> {
  return lookOrShowLeft(context, () => look(context));
}

async function look(context: CommandContext): Promise<ExitCode> {
  const checklist = await context.server.engine.observe(true);
  const { style, parsed, speech, server } = context;
  // Only a quick pause that ends by itself needs a program at work for what is said of it.
  const isAttended = checklist.run?.until != null && server.records.readLockOwner() !== null;
  const view = { isAttended, drainsAll: drainsAll(context), next: nextStep(context, checklist) };
  if (parsed.global.json) printJson(context, statusJson(checklist, speech));
  else {
    printLines(context, [
      ...renderChecklist(style, checklist, view),
      ...(parsed.global.verbose ? paragraph(renderChecks(style, checklist.checks)) : []),
    ]);
  }
  return EXIT_CODES.done;
}
