import { EXIT_CODES, type ExitCode } from '../../contract/outcome.js';
import { sayTime } from '../../language/time.js';
import type { ListedRun } from '../../record/run-records.js';
import { printJson, printLines, type CommandContext } from '../context.js';
import { JSON_SCHEMA, problemJson } from '../json/checklist-json.js';
import type { Json } from '../json/json-value.js';
import { renderProblem } from '../render/problem-text.js';
import { renderTable } from '../render/table.js';
import type { Speech } from '../../language/speech.js';

/**
 * Past runs, newest first. With `--open` only those that are not closed, and the exit code says whether there is one: a
 * record that is too damaged to show its closing counts as open.
 */
export function history(context: CommandContext): ExitCode {
  const { openOnly } = context.parsed.options;
  const runs = [...context.server.records.summaries()].filter(({ closedAt }) => !openOnly || closedAt === null);
  if (context.parsed.global.json) printJson(context, { schema: JSON_SCHEMA, runs: runs.map((run) => runJson(run, context.speech)) });
  else printLines(context, renderHistory(context, runs));
  return openOnly && runs.length > 0 ? EXIT_CODES.blocked : EXIT_CODES.done;
}

function runJson({ runId, path, openedAt, openedBy, reason, closedAt, damage }: ListedRun, speech: Speech): Json {
  return { id: runId, path, openedAt, openedBy, reason, closedAt, problem: damage === null ? null : problemJson(damage, speech) };
}

function renderHistory({ style, texts, speech, parsed }: CommandContext, runs: readonly ListedRun[]): readonly string[] {
  if (runs.length === 0) return [parsed.options.openOnly ? texts.noRun : texts.noHistory];
  const { run, opened, phase, by, reason } = texts.columns;
  const phaseOf = ({ damage, closedAt }: ListedRun): string => {
    if (damage !== null) return texts.damagedRun;
    return closedAt === null ? speech.texts.report.stillOpen : speech.texts.words.phases.closed;
  };
  const rows = runs.map((read) =>
    [
      read.runId,
      read.openedAt === null ? '-' : sayTime(read.openedAt, null),
      phaseOf(read),
      read.openedBy ?? '-',
      read.reason ?? '-',
    ].map((text) => ({ text })),
  );
  const damages = runs.flatMap((read) => (read.damage === null ? [] : renderProblem(style, read.damage)));
  return [...renderTable(style, [run, opened, phase, by, reason], rows), ...(damages.length > 0 ? ['', ...damages] : [])];
}
