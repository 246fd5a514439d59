import type { CurvePoint } from '../../contract/checklist.js';
import { withoutControls } from '../../contract/foreign-text.js';
import { problem, ProblemError } from '../../contract/problem.js';
import type { ReadRun } from '../../contract/read-run.js';
import type { Actor, Entry, RecordedService, Run } from '../../contract/run.js';
import { isSameStart, shownStartType, type StartSetting } from '../../contract/service.js';
import type { Messages } from '../language/messages.js';
import { formatUtc } from '../language/time.js';
import { drainCurve } from '../maintenance/drain-curve.js';
import { overviewOf, withoutEndsOfWayBack } from '../maintenance/run-overview.js';
import { connectedTables, type Connected } from './connected.js';
import { describeEntry } from './describe-entry.js';
import { hideAddresses } from './hidden-addresses.js';
import type { ReportTable } from './report-table.js';
import { formatSummary, type SummaryLine } from './summary.js';

/** A run as a document: every text said, nothing laid out. What is made of it: HTML here, Markdown in the terminal. */
export interface Report {
  readonly title: string;
  /** What a reader must know before anything else; empty normally. */
  readonly warnings: readonly string[];
  /** The verdict, what was cut, and the proof. */
  readonly summary: { readonly title: string; readonly lines: readonly SummaryLine[] };
  readonly factsTitle: string;
  /** Label and value. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly services: ReportTable;
  /** Who was connected when the report was made; empty unless the run is open. */
  readonly connected: readonly ReportTable[];
  readonly curve: {
    readonly title: string;
    readonly points: readonly CurvePoint[];
    readonly highest: number;
    /** How a curve of characters is read. */
    readonly legend: string;
  };
  readonly events: ReportTable;
}

/**
 * The run of a record that can be reported: at least its opening could be read.
 * @throws ProblemError what is wrong with the record
 */
export function reportableRun({ run, damage, path }: ReadRun): Run {
  if (run === null) throw new ProblemError(damage ?? problem('record-damaged', { path, line: 1 }));
  return run;
}

export interface ReportOptions {
  /** Names remote addresses; left out, there are counts only. */
  readonly withAddresses?: boolean;
  /** Left out if nobody was asked for. */
  readonly connected?: Connected;
}

/**
 * No text of it holds a control character: a report is read on a terminal too.
 * @throws ProblemError see `reportableRun`
 */
export function buildReport(read: ReadRun, messages: Messages, { withAddresses = false, connected }: ReportOptions = {}): Report {
  const entries = withAddresses ? read.entries : hideAddresses(read.entries, messages.texts.report.hiddenAddress);
  const report = {
    ...reportIn(read, entries, messages),
    connected: connected === undefined ? [] : connectedTables(connected, messages, withAddresses),
  };
  const clean = ({ title, header, rows }: ReportTable): ReportTable => ({
    title,
    header,
    rows: rows.map((row) => row.map(withoutControls)),
  });
  return {
    ...report,
    title: withoutControls(report.title),
    warnings: report.warnings.map(withoutControls),
    summary: { ...report.summary, lines: report.summary.lines.map((line) => ({ ...line, text: withoutControls(line.text) })) },
    facts: report.facts.map(([label, value]) => [label, withoutControls(value)]),
    services: clean(report.services),
    connected: report.connected.map(clean),
    events: clean(report.events),
  };
}

function reportIn(read: ReadRun, entries: readonly Entry[], messages: Messages): Omit<Report, 'connected'> {
  const run = reportableRun(read);
  const { report: text } = messages.texts;
  const warnings: string[] = [];
  if (run.source === 'simulated') warnings.push(text.simulated);
  if (read.damage !== null) warnings.push(`${text.damaged} ${messages.problem(read.damage).happened}`);
  const points = drainCurve(
    run.samples,
    [...run.services.values()].filter((service) => !service.leftOut),
  );
  const overview = overviewOf(run, entries);
  const highest = Math.max(0, ...points.map((point) => point.sessions ?? 0));
  return {
    title: messages.format(text.title, { computer: run.computerName }),
    warnings,
    summary: { title: text.summary, lines: formatSummary(run, overview, messages) },
    factsTitle: text.run,
    facts: factsOf(run, messages),
    services: {
      title: text.services,
      header: [text.columns.service, text.columns.before, text.columns.ours, text.columns.result],
      rows: [...run.services.values()].map((service) =>
        serviceRow(
          service,
          messages,
          overview.accepted.some((one) => one.serviceName === service.serviceName && one.ended === null),
        ),
      ),
    },
    curve: {
      title: points.some(({ isAtLeast }) => isAtLeast) ? text.sessionsAtLeast : text.sessions,
      points,
      highest,
      legend: messages.format(text.curve, { highest }),
    },
    events: {
      title: text.events,
      header: [text.columnsOfEvents.time, text.columnsOfEvents.what],
      rows: withoutRepeats(withoutEndsOfWayBack(entries)).flatMap((entry) => eventRow(entry, messages)),
    },
  };
}

function factsOf(run: Run, messages: Messages): Report['facts'] {
  const { report: text, words } = messages.texts;
  const by = (at: string, { user, face }: Actor): string => messages.format(text.by, { at: formatUtc(at), user, face: words.faces[face] });
  const { confirmed, closed, restart } = run;
  const duration = closed === null ? null : Date.parse(closed.at) - Date.parse(run.openedAt);
  const note = confirmed?.note == null ? '' : ` ${messages.format(text.note, { note: confirmed.note })}`;
  return [
    [text.computer, run.computerName],
    [text.run, run.id],
    [text.reason, run.reason ?? text.none],
    [text.opened, by(run.openedAt, run.openedBy)],
    [text.confirmed, confirmed === null ? text.none : by(confirmed.at, confirmed.by) + note],
    [text.restarted, restart === null ? text.none : `${formatUtc(restart.bootedAt)} UTC`],
    [text.closed, closed === null ? text.stillOpen : `${formatUtc(closed.at)} UTC`],
    ...(duration === null ? [] : [[text.duration, messages.duration(duration)] as const]),
  ];
}

function serviceRow(service: RecordedService, messages: Messages, isAccepted: boolean): readonly string[] {
  const { report: text, words } = messages.texts;
  const startWord = (start: StartSetting): string => words.startTypes[shownStartType(start)];
  const { original, firstStart, ourStart, leftOut } = service;
  const start = startWord(original.start);
  const moved = isSameStart(firstStart, original.start)
    ? start
    : messages.format(text.movedStart, { first: startWord(firstStart), now: start });
  const result = leftOut ? text.columns.leftOut : formatReturned(service, messages);
  return [
    `${service.serviceName} (${original.displayName})`,
    `${words.states[original.state]}, ${moved}`,
    ourStart === null ? '-' : startWord(ourStart),
    isAccepted ? `${result} (${text.columns.byHand})` : result,
  ];
}

/** How it came back; what was kept of another person's changes is named. */
function formatReturned({ returned, kept }: RecordedService, messages: Messages): string {
  const { report: text, words } = messages.texts;
  const how = text.returned[returned ?? 'open'];
  const what = [
    kept?.state == null ? null : words.states[kept.state],
    kept?.start == null ? null : words.startTypes[shownStartType(kept.start)],
  ].filter((one) => one !== null);
  return returned === 'kept' && what.length > 0 ? messages.format(text.keptAs, { how, what: what.join(', ') }) : how;
}

/** A further order says once more of what it finds done that it is: nothing happened then. */
function withoutRepeats(entries: readonly Entry[]): readonly Entry[] {
  const intended = new Set<string>();
  return entries.filter((entry) => {
    if (entry.type === 'intended') intended.add(`${entry.change.kind} ${entry.serviceName}`);
    return entry.type !== 'changed' || intended.delete(`${entry.change} ${entry.serviceName}`);
  });
}

function eventRow(entry: Entry, messages: Messages): readonly (readonly string[])[] {
  const sentence = describeEntry(entry, messages);
  return sentence === null ? [] : [[formatUtc(entry.at), sentence]];
}
