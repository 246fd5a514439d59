import { EXIT_CODES, type ExitCode } from '../../../contract/outcome.js';
import type { ListedRun } from '../../../contract/read-run.js';
import type { LossSummary } from '../../../contract/run.js';
import { formatTime } from '../../../core/language/time.js';
import { printJson, printLines, type CommandContext } from '../context.js';
import { JSON_SCHEMA, problemJson } from '../json/checklist-json.js';
import type { Json } from '../json/json-value.js';
import { renderProblem } from '../render/problem-text.js';
import { renderTable } from '../render/table.js';
import { wrapTo } from '../render/text-width.js';

/**
 * Past runs, newest first. With `--open` only those that are not closed, and the exit code says whether there is one: a
 * record that is too damaged to show its closing counts as open.
 */
export async function history(context: CommandContext): Promise<ExitCode> {
  const { openOnly } = context.parsed.options;
  const runs = [...(await context.server.records.summaries())].filter(({ closedAt }) => !openOnly || closedAt === null);
  if (context.parsed.global.json) printJson(context, { schema: JSON_SCHEMA, runs: runs.map((run) => runJson(run, context)) });
  else printLines(context, renderHistory(context, runs));
  return openOnly && runs.length > 0 ? EXIT_CODES.blocked : EXIT_CODES.done;
}

/** `signOff` and `losses` are left out if they are not known: null is "none". */
function runJson({ runId, path, openedAt, openedBy, reason, closedAt, damage, signOff, losses }: ListedRun, context: CommandContext): Json {
  const problem = damage === null ? null : problemJson(damage, context.messages);
  const lost = losses == null ? losses : { ...losses, message: formatLosses(losses, context) };
  return {
    id: runId,
    path,
    openedAt,
    openedBy,
    reason,
    closedAt,
    problem,
    ...(signOff !== undefined && { signOff }),
    ...(lost !== undefined && { losses: lost }),
  };
}

/** A sentence's cases are single words. */
function formatLosses(
  { services, sessions, certainty }: LossSummary,
  { messages, texts }: Pick<CommandContext, 'messages' | 'texts'>,
): string {
  return messages.format(texts.historyLosses, { services, sessions, certainty: certainty === 'at-least' ? 'least' : certainty });
}

function renderHistory(context: CommandContext, runs: readonly ListedRun[]): readonly string[] {
  const { style, texts, messages, parsed } = context;
  if (runs.length === 0) return [parsed.options.openOnly ? texts.noRun : texts.noHistory];
  const { run, opened, phase, signOff, by, reason } = texts.columns;
  const phaseOf = ({ damage, closedAt }: ListedRun): string => {
    if (damage !== null) return texts.damagedRun;
    return closedAt === null ? messages.texts.report.stillOpen : messages.texts.words.phases.closed;
  };
  const rows = runs.map((read) => [
    { text: read.runId },
    { text: read.openedAt === null ? '-' : formatTime(read.openedAt, null) },
    { text: phaseOf(read) },
    { text: read.signOff == null ? '-' : texts.signedOffFor[read.signOff] },
    { text: read.openedBy ?? '-' },
    { text: read.reason ?? '-', goesBelow: true as const },
  ]);
  const losses = runs.flatMap((read) =>
    read.losses == null ? [] : wrapTo(`${read.runId}: ${formatLosses(read.losses, context)}`, style.columns - 1).map(style.colors.red),
  );
  const damages = runs.flatMap((read) => (read.damage === null ? [] : renderProblem(style, read.damage)));
  return [
    ...renderTable(style, [run, opened, phase, signOff, by, reason], rows),
    ...(losses.length > 0 ? ['', ...losses] : []),
    ...(damages.length > 0 ? ['', ...damages] : []),
  ];
}
