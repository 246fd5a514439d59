import { EXIT_CODES, type ExitCode } from '../contract/outcome.js';
import type { CommandResult } from '../engine/engine.js';
import { printJson, printLines, tell, type CommandContext } from './context.js';
import { resultJson } from './json/event-json.js';
import { renderProblems, renderServices } from './render/checklist-text.js';
import { sayOutcome } from './render/outcome-text.js';
import { renderProblem } from './render/problem-text.js';
import { wrapTo } from './render/text-width.js';

/** Tells how a command ended, and what comes next. @returns the exit code */
export function finish(context: CommandContext, result: CommandResult, next: string | null): ExitCode {
  const { outcome, problem, checklist } = result;
  const { style, messageStyle, speech, parsed, terminal } = context;
  if (parsed.global.json) printJson(context, resultJson(result, speech));
  else if (checklist !== null && outcome !== 'blocked' && outcome !== 'confirmed') {
    printLines(context, [...renderServices(style, checklist), ...renderProblems(style, checklist, problem), '']);
  }
  if (problem !== null) {
    terminal.stderr.write(renderProblem(messageStyle, problem).map((line) => `${line}\n`).join(''));
  } else if (!parsed.global.json) {
    const { green } = style.colors;
    printLines(context, wrapTo(sayOutcome(context, result), style.columns - 1).map(green));
    if (next !== null) tell(context, wrapTo(next, messageStyle.columns - 1));
  }
  return EXIT_CODES[outcome];
}
