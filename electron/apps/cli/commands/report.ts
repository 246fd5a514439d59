import { EXIT_CODES, type ExitCode } from '../../../contract/outcome.js';
import { problem, ProblemError } from '../../../contract/problem.js';
import type { ReadRun } from '../../../contract/read-run.js';
import { overviewOf } from '../../../core/maintenance/run-overview.js';
import type { Connected } from '../../../core/report/connected.js';
import { hideAddresses } from '../../../core/report/hidden-addresses.js';
import { htmlReport } from '../../../core/report/html-report.js';
import { buildReport, reportableRun, type ReportOptions } from '../../../core/report/report.js';
import { readConnected } from '../../../engine/connected-now.js';
import type { ReportFormat, RunRecords } from '../../../ports/run-records.js';
import { printMessages, type CommandContext } from '../context.js';
import { JSON_SCHEMA, problemJson } from '../json/checklist-json.js';
import { connectedJson } from '../json/ends-json.js';
import { jsonText } from '../json/json-text.js';
import type { Json } from '../json/json-value.js';
import { overviewJson, signOffJson } from '../json/verdict-json.js';
import { reportMarkdown } from '../render/report-markdown.js';

/** The record of a run as a document; without a name the open run, else the latest. */
export async function report(context: CommandContext): Promise<ExitCode> {
  const read = await findRun(context);
  const connected = await findConnected(read, context);
  const options = { withAddresses: context.parsed.options.withAddresses, ...(connected !== null && { connected }) };
  await write(context, renderReport(read, context, options));
  return EXIT_CODES.done;
}

/** `--json` is one more way to ask for that one. */
function formatOf({ parsed: { global, options } }: CommandContext): ReportFormat {
  return global.json ? 'json' : options.format;
}

function renderReport(read: ReadRun, context: CommandContext, options: ReportOptions): string {
  const { messages, style } = context;
  switch (formatOf(context)) {
    case 'json':
      return `${jsonText(reportJson(read, context, options), 2)}\n`;
    case 'md':
      return reportMarkdown(buildReport(read, messages, options), style);
    case 'html':
      return htmlReport(read, messages, options);
  }
}

/** Who is connected now belongs to a run that is open. */
async function findConnected(read: ReadRun, context: CommandContext): Promise<Connected | null> {
  const { server, texts } = context;
  if (read.run?.closed === null && server.source === 'windows') printMessages(context, [texts.ends.asksServers]);
  return readConnected(read, server, true);
}

/** @throws ProblemError unknown-run, no-open-run where there is none at all */
async function findRun({ parsed, server }: CommandContext): Promise<ReadRun> {
  const [runId] = parsed.operands;
  if (runId !== undefined) {
    const named = server.records.list().find((read) => read.runId === runId);
    if (named === undefined) throw new ProblemError(problem('unknown-run', { name: runId }));
    return named;
  }
  const latest = await findOpenOrLatest(server.records);
  if (latest === null) throw new ProblemError(problem('no-open-run'));
  return latest;
}

async function findOpenOrLatest(records: RunRecords): Promise<ReadRun | null> {
  let latest: string | null = null;
  for (const { runId, openedAt, closedAt } of await records.summaries()) {
    latest ??= runId;
    if (openedAt !== null && closedAt === null) return records.read(runId);
  }
  return latest === null ? null : records.read(latest);
}

async function write(context: CommandContext, text: string): Promise<void> {
  const { output } = context.parsed.options;
  if (output === null) {
    context.terminal.stdout.write(text);
    return;
  }
  await context.server.records.writeReport(output, text, formatOf(context));
  printMessages(context, [context.messages.format(context.texts.written, { path: output })]);
}

/** The run's record, entry by entry, with what was folded from it. */
function reportJson(read: ReadRun, { messages }: CommandContext, { withAddresses = false, connected }: ReportOptions): Json {
  const run = reportableRun(read);
  const { id, computerName, source, openedAt, openedBy, reason, confirmed, restart, closed, quiet } = run;
  return {
    schema: JSON_SCHEMA,
    run: {
      ...{ id, computer: computerName, source, openedAt, openedBy: openedBy.user, reason },
      confirmed: signOffJson(confirmed),
      restart: restart === null ? null : { bootedAt: restart.bootedAt, running: restart.running },
      quiet: quiet === null ? null : { at: quiet.at, heldMs: quiet.heldMs, samples: quiet.samples },
      closed: closed === null ? null : { at: closed.at, outcome: closed.outcome },
      services: [...run.services.values()].map(({ serviceName, original, firstStart, ourStart, leftOut, returned, kept }) => ({
        ...{
          serviceName,
          displayName: original.displayName,
          state: original.state,
          acceptedByHand: run.acceptances.has(serviceName),
          leftOut,
          returned,
        },
        originalStart: { ...original.start },
        firstStart: { ...firstStart },
        kept: kept === null ? null : { state: kept.state, start: kept.start === null ? null : { ...kept.start } },
        ourStart: ourStart === null ? null : { ...ourStart },
      })),
    },
    summary: overviewJson(overviewOf(run, read.entries), messages),
    problem: read.damage === null ? null : problemJson(read.damage, messages),
    connected: connected === undefined ? null : connectedJson(connected, withAddresses),
    entries: (withAddresses ? read.entries : hideAddresses(read.entries, 'hidden')) as unknown as Json,
  };
}
