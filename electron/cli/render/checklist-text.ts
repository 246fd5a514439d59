import type { Checklist, RunSummary, ServiceRow } from '../../contract/checklist.js';
import { withoutControls } from '../../contract/foreign-text.js';
import { problem, type Problem } from '../../contract/problem.js';
import { sayTime } from '../../language/time.js';
import { renderCurve } from './drain-curve.js';
import { renderProblem } from './problem-text.js';
import { renderTable, type Cell } from './table.js';
import { wrapTo } from './text-width.js';
import type { Style } from './style.js';

/**
 * The whole checklist as an administrator reads it: server, run, services, what blocks, what a restart would do.
 * @param isAttended true while a program is at work on the run, which brings a quick pause to its end
 */
export function renderChecklist(style: Style, checklist: Checklist, isAttended: boolean): readonly string[] {
  return [
    ...renderComputer(style, checklist),
    ...(checklist.run === null ? wrapTo(style.texts.noRun, style.columns) : renderRun(style, checklist.run, checklist.now.at, isAttended)),
    '',
    ...renderServices(style, checklist),
    ...renderWhatStandsInTheWay(style, checklist),
    ...renderReboot(style, checklist),
    ...renderNext(style, checklist.run),
  ];
}

function renderComputer({ speech, texts, colors }: Style, { computer, now }: Checklist): readonly string[] {
  const source = computer.source === 'simulated' ? `  (${speech.texts.words.sources.simulated})` : '';
  const upSince = speech.say(texts.upSince, { at: sayTime(computer.bootedAt, now.at) });
  return [`${colors.bold(withoutControls(computer.name))}${source}  ${upSince}`];
}

function renderRun({ speech, texts, colors, columns }: Style, run: RunSummary, now: string, isAttended: boolean): readonly string[] {
  const at = (time: string): string => sayTime(time, now);
  const paint = run.phase === 'ready' || run.phase === 'confirmed' ? colors.green : colors.yellow;
  const lines = [speech.say(texts.opened, { at: at(run.openedAt), user: run.openedBy.user })];
  if (run.reason !== null) lines.push(speech.say(texts.reason, { note: run.reason }));
  if (run.until !== null) lines.push(speech.say(isAttended ? texts.until : now < run.until ? texts.untilUnattended : texts.untilOver, { at: at(run.until) }));
  if (run.confirmed !== null) lines.push(speech.say(texts.confirmedBy, { at: at(run.confirmed.at), user: run.confirmed.by.user }));
  const heading = paint(speech.say(texts.run, { runId: run.id, phase: speech.texts.words.phases[run.phase] }));
  return [heading, ...lines.flatMap((line) => wrapTo(line, columns)), ...renderRestart({ speech, texts, columns }, run, at)];
}

function renderRestart(
  { speech, texts, columns }: Pick<Style, 'speech' | 'texts' | 'columns'>,
  { restart }: RunSummary,
  at: (time: string) => string,
): readonly string[] {
  if (restart === null) return [];
  const params = { at: at(restart.bootedAt), services: restart.running.join(', ') };
  return wrapTo(speech.say(restart.running.length === 0 ? texts.stayedStopped : texts.foundRunning, params), columns);
}

/** Planned services, or all where nothing is planned. */
export function renderServices(style: Style, checklist: Checklist): readonly string[] {
  const { texts } = style;
  const planned = checklist.services.filter((row) => row.planned || row.steps.pause !== 'skipped');
  const rows = planned.length === 0 || style.isVerbose ? checklist.services : planned;
  const { run } = checklist;
  const hasRun = run !== null;
  const { service, state, startType, sessions, now } = texts.columns;
  const header = hasRun ? [service, state, startType, sessions, now] : [service, state, startType, sessions];
  return renderTable(style, header, rows.map((row) => [...factCells(style, row), ...(hasRun ? [standingCell(style, row, run.phase === 'returning')] : [])]));
}

function factCells({ speech, texts, colors }: Style, row: ServiceRow): readonly Cell[] {
  const { states, startTypes } = speech.texts.words;
  return [
    { text: row.serviceName },
    { text: states[row.state] },
    { text: row.startType === null ? texts.unknown : startTypes[row.startType] },
    sessionsCell(row, texts.unknown, colors.yellow),
  ];
}

function sessionsCell({ sessions }: ServiceRow, unknown: string, paint: (text: string) => string): Cell {
  if (sessions.kind === 'count') return { text: String(sessions.count) };
  return sessions.reason === 'not-read-yet' ? { text: '-' } : { text: unknown, paint };
}

/** Where a service stands, in one or two words; a problem shows by its code and is told below the table. */
function standingCell({ speech, texts, colors }: Style, row: ServiceRow, isReturning: boolean): Cell {
  if (row.problem !== null) return { text: speech.problem(row.problem).code, paint: colors.red };
  const { now } = texts;
  if (row.wayBack === 'done') return { text: row.returned === 'kept' ? now.kept : now.returned, paint: colors.green };
  if (row.wayBack === 'doing') return { text: now.returning };
  if (isReturning && row.wayBack === 'todo') return { text: now.toReturn };
  const { pause, manual, wait, confirm } = row.steps;
  if (pause === 'skipped' && manual === 'skipped' && wait === 'skipped') return { text: now.leftOut, paint: colors.dim };
  if (pause === 'todo') return { text: now.toPause };
  if (pause === 'doing') return { text: now.pausing };
  if (manual === 'todo' || manual === 'doing') return { text: now.toHold };
  if (confirm === 'done') return { text: now.confirmed, paint: colors.green };
  if (wait === 'by-hand') return { text: now.byHand };
  const isEmpty = row.sessions.kind === 'count' && row.sessions.count === 0;
  return wait === 'done' || isEmpty ? { text: now.quiet, paint: colors.green } : { text: now.waiting };
}

function renderWhatStandsInTheWay(style: Style, checklist: Checklist): readonly string[] {
  const { texts, columns, speech } = style;
  const lines: string[] = [];
  const curve = renderCurve(style, checklist.curve, columns - 12);
  if (checklist.run?.phase === 'draining' && checklist.curve.length > 1) lines.push('', `${texts.curve}  ${curve}`);
  if (checklist.blockers.length > 0) {
    lines.push('', texts.notReady, ...checklist.blockers.flatMap((blocker) => bullet(speech.message(blocker), columns)));
  }
  return [...lines, ...renderProblems(style, checklist, null), ...renderMoved(style, checklist)];
}

/** The problem of every service that has one, but for the one that is told already. */
export function renderProblems(style: Style, { services }: Checklist, told: Problem | null): readonly string[] {
  const problems = services.flatMap((row) => (row.problem === null || isSame(row.problem, told) ? [] : [row.problem]));
  if (problems.length === 0) return [];
  return ['', style.texts.problems, ...problems.flatMap((problem) => renderProblem(style, problem))];
}

/** Start types that another person set before this run set one: the way back restores those, not the first ones. */
function renderMoved({ speech, columns }: Style, { services }: Checklist): readonly string[] {
  const moved = services.flatMap(({ serviceName, firstStartType: first, originalStartType: now }) =>
    first === null || now === null ? [] : [problem('start-type-moved', { serviceName, first, now })],
  );
  return moved.length === 0 ? [] : ['', ...moved.flatMap((one) => wrapTo(speech.problem(one).happened, columns))];
}

/** What the administrator does next. */
function renderNext({ texts, columns }: Style, run: RunSummary | null): readonly string[] {
  if (run === null || run.phase === 'closed') return [];
  const next = { draining: texts.nextWatch, ready: texts.nextConfirm, confirmed: texts.nextResume, returning: texts.nextFinish }[run.phase];
  return ['', ...wrapTo(next, columns)];
}

function isSame(one: Problem, other: Problem | null): boolean {
  return one.id === other?.id && one.params['serviceName'] === other.params['serviceName'];
}

function renderReboot({ texts, speech, columns, isVerbose }: Style, { run, rebootPreview }: Checklist): readonly string[] {
  if ((run === null && !isVerbose) || run?.phase === 'returning' || rebootPreview.length === 0) return [];
  const running = rebootPreview.filter((row) => row.wouldRun === true);
  const unsure = rebootPreview.filter((row) => row.wouldRun === null);
  const list = (title: string, rows: typeof rebootPreview): readonly string[] =>
    rows.length === 0 ? [] : ['', title, ...rows.flatMap((row) => bullet(`${withoutControls(row.serviceName)}: ${speech.message(row.because)}`, columns))];
  if (running.length === 0 && unsure.length === 0) return ['', texts.nothingRuns];
  return [...list(texts.afterRestart, running), ...list(texts.mayRunAfterRestart, unsure)];
}

function bullet(text: string, columns: number): readonly string[] {
  return wrapTo(text, columns - 5).map((line, index) => (index === 0 ? `  - ${line}` : `    ${line}`));
}
