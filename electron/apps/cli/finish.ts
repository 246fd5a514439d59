import type { Checklist } from '../../contract/checklist.js';
import { EXIT_CODES, type ExitCode, type OutcomeKind } from '../../contract/outcome.js';
import { missingAcceptances } from '../../core/maintenance/missing-acceptances.js';
import type { CommandResult } from '../../engine/engine.js';
import { findRecordLeft } from '../../engine/record-left.js';
import { printJson, printLines, printMessages, printSentences, warn, type CommandContext } from './context.js';
import { drainsAll } from './drain-request.js';
import { resultJson } from './json/event-json.js';
import { renderProblems, renderReboot } from './render/checklist-text.js';
import { renderWorthKnowing } from './render/checks-text.js';
import { formatClosed, formatOutcome, formatReady } from './render/outcome-text.js';
import { renderProblem } from './render/problem-text.js';
import { renderServices } from './render/services-table.js';
import { renderSigns } from './render/signs-text.js';
import { wrapTo } from './render/text-width.js';
import { renderLosses, renderProof, renderReasons, renderRestart } from './render/verdict-text.js';

/** What a command tells at its end besides its own sentence. */
export interface Ending {
  /** The verdict on a restart of the server, or only what a restart would start. */
  readonly shows: 'verdict' | 'preview' | 'nothing';
  /** True if what is worth knowing besides is told once more. */
  readonly warns: boolean;
  /** What comes next; null if nothing does. Not asked if a problem says it. */
  readonly next: (result: CommandResult) => string | null;
  /** Services whose signs of sessions are shown. */
  readonly lookedAt?: () => readonly string[];
}

/** Ends with a problem after which the usual next step still holds; where much is listed below a problem, it is said once more. */
const ASKS_NEXT: ReadonlySet<OutcomeKind> = new Set(['lost', 'needs-acceptance']);

/** Tells how a command ended, and what comes next. @returns the exit code */
export function finish(context: CommandContext, result: CommandResult, ending: Ending): ExitCode {
  const { outcome, problem, checklist } = result;
  if (context.parsed.global.json) printJson(context, resultJson(result, context.messages));
  else printTable(context, result);
  if (problem !== null) printProblem(context, result, problem);
  else printSentence(context, result);
  if (checklist !== null) printChecklist(context, result, checklist, ending);
  const next = problem === null || ASKS_NEXT.has(outcome) ? ending.next(result) : null;
  if (next !== null) printSentences(context, next);
  return EXIT_CODES[outcome];
}

function isSuccess({ outcome }: CommandResult): boolean {
  return EXIT_CODES[outcome] === 0;
}

/** A table is for what was done: a refusal and a sign-off change no row, and with -q a success goes without. */
function printTable(context: CommandContext, result: CommandResult): void {
  const { outcome, problem, checklist } = result;
  const { style, parsed } = context;
  if (checklist === null || outcome === 'blocked' || outcome === 'confirmed' || (parsed.global.quiet && isSuccess(result))) return;
  printLines(context, [...renderServices(style, checklist), ...renderProblems(style, checklist, problem), '']);
}

function printSentence(context: CommandContext, result: CommandResult): void {
  const { style, parsed } = context;
  if (parsed.global.json || parsed.global.quiet) return;
  printLines(context, wrapTo(formatOutcome(context, result), style.columns - 1).map(style.colors.green));
}

/** A problem is told with --json too, in words beside the object. A loss is not all there is: where the run stands follows. */
function printProblem(
  context: CommandContext,
  { outcome, checklist }: CommandResult,
  problem: NonNullable<CommandResult['problem']>,
): void {
  const { messageStyle, texts, terminal } = context;
  terminal.stderr.write(
    renderProblem(messageStyle, problem)
      .map((line) => `${line}\n`)
      .join(''),
  );
  if (problem.id === 'record-damaged' || problem.id === 'record-newer') printUndoCard(context, problem);
  if (outcome === 'blocked' && checklist?.run != null && checklist.run.phase !== 'closed' && checklist.restart.reasons.length > 0) {
    warn(context, [texts.whyNotSafe, ...renderReasons(messageStyle, checklist, drainsAll(context))]);
  }
  if (outcome !== 'lost' || checklist === null) return;
  if (checklist.losses.length > 1) warn(context, renderLosses(messageStyle, checklist));
  if (checklist.ready) printMessages(context, [formatReady(context, checklist)]);
  else if (checklist.run?.phase === 'draining') printMessages(context, [texts.stillOpen]);
  else if (checklist.run?.phase === 'closed') printSentences(context, formatClosed(context, checklist));
}

/** The way back that needs no record. */
function printUndoCard(context: CommandContext, problem: NonNullable<CommandResult['problem']>): void {
  const { undoCard } = findRecordLeft(context.server.records, problem);
  if (undoCard !== null) {
    warn(context, wrapTo(context.messages.format(context.texts.undoCard, { path: undoCard.path }), context.messageStyle.columns - 1));
  }
}

function printChecklist(
  context: CommandContext,
  { outcome }: CommandResult,
  checklist: Checklist,
  { shows, warns, lookedAt }: Ending,
): void {
  const { messageStyle } = context;
  const named = lookedAt?.() ?? (outcome === 'needs-acceptance' ? missingAcceptances(checklist) : []);
  warn(
    context,
    renderSigns(
      messageStyle,
      checklist.services.filter(({ serviceName }) => named.includes(serviceName)),
    ),
  );
  if (shows === 'verdict' && checklist.ready && outcome !== 'blocked') printVerdict(context, checklist);
  // A refusal before the first change has told the checks already. What a closed run planned is nothing to warn of any more.
  if (warns && (outcome !== 'blocked' || checklist.run !== null) && checklist.run?.phase !== 'closed') {
    warn(context, renderWorthKnowing(messageStyle, checklist, shows === 'verdict'));
  }
  if (shows === 'preview' && outcome !== 'blocked') printMessages(context, renderReboot(messageStyle, checklist));
}

/** With -q only what speaks against a restart. */
function printVerdict(context: CommandContext, checklist: Checklist): void {
  const { style, messageStyle, parsed } = context;
  if (parsed.global.json) return;
  if (!parsed.global.quiet) {
    printLines(context, [
      ...renderProof(style, checklist),
      '',
      ...renderRestart(style, checklist),
      ...renderReasons(style, checklist, drainsAll(context)),
      '',
    ]);
  } else if (checklist.restart.kind === 'not-safe') {
    warn(context, [...renderRestart(messageStyle, checklist), ...renderReasons(messageStyle, checklist, drainsAll(context))]);
  }
}
