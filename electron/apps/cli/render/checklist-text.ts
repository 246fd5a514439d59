import type { Checklist, RebootPreviewRow, RunSummary } from '../../../contract/checklist.js';
import { withoutControls } from '../../../contract/foreign-text.js';
import type { Problem } from '../../../contract/problem.js';
import { formatInstalledServer } from '../../../core/language/installed-server.js';
import { formatTime } from '../../../core/language/time.js';
import { formatPhase } from '../../../core/language/verdict.js';
import { isAwake } from '../../../core/maintenance/step-status.js';
import { rowsToAccept } from '../services-to-accept.js';
import { bullet } from './bullets.js';
import { renderMoved, renderWorthKnowing } from './checks-text.js';
import { renderCurve } from './drain-curve.js';
import { renderFailover } from './failover-text.js';
import { renderSharedProcesses } from './held-text.js';
import { renderProblem } from './problem-text.js';
import { renderServices } from './services-table.js';
import { renderSigns } from './signs-text.js';
import type { Style } from './style.js';
import { wrapTo } from './text-width.js';
import { renderLosses, renderProof, renderReasons, renderRestart } from './verdict-text.js';

/** What of the surroundings decides how the checklist is told. */
export interface StatusView {
  /** True while a program is at work on the run, which brings a quick pause to its end. */
  readonly isAttended: boolean;
  /** Name of the scheduled task that ends the quick pause too; null if there is none. */
  readonly endTask: string | null;
  /** True if a drain that names no service is one of all services. */
  readonly drainsAll: boolean;
  /** What the administrator does next; null if no run is open. */
  readonly next: string | null;
}

/**
 * The whole checklist as an administrator reads it: server, run, the verdict on a restart, services, the proof, what stands
 * against a restart with its remedies, what is worth knowing, and what comes next.
 */
export function renderChecklist(style: Style, checklist: Checklist, view: StatusView): readonly string[] {
  const { run } = checklist;
  const isJudged = run !== null && run.phase !== 'returning' && run.phase !== 'closed';
  return [
    ...renderComputer(style, checklist),
    ...(run === null ? wrapTo(style.texts.noRun, style.columns) : renderRun(style, run, checklist, view)),
    ...renderFailover(style, checklist),
    ...paragraph(renderLosses(style, checklist)),
    '',
    ...renderServices(style, checklist),
    ...paragraph(renderSharedProcesses(style, checklist)),
    ...paragraph(renderUnread(style, checklist)),
    ...renderDrainCurve(style, checklist),
    ...paragraph(renderProof(style, checklist)),
    ...(isJudged && checklist.restart.reasons.length > 0
      ? ['', style.texts.whyNotSafe, ...renderReasons(style, checklist, view.drainsAll)]
      : []),
    ...renderBlockers(style, checklist),
    ...paragraph(renderSigns(style, rowsToAccept(checklist))),
    ...renderProblems(style, checklist, null),
    ...paragraph(isJudged ? renderWorthKnowing(style, checklist, true) : renderMoved(style, checklist)),
    ...(isJudged || style.isVerbose ? paragraph(renderReboot(style, checklist)) : []),
    ...(view.next === null ? [] : ['', ...wrapTo(view.next, style.columns)]),
  ];
}

/** Lines that stand apart; nothing if there are none. */
export function paragraph(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

/** What `-` in the table is: a source has not answered in this program yet. Neither none nor unknown for good. */
function renderUnread({ messages, texts, columns }: Style, { services, run }: Checklist): readonly string[] {
  const unread = services.filter(
    ({ state, sessions }) => state !== 'stopped' && sessions.kind === 'unknown' && sessions.reason === 'not-read-yet',
  );
  if (unread.length === 0) return [];
  const params = { services: unread.map(({ serviceName }) => serviceName).join(', '), run: run === null ? 'none' : 'open' };
  return wrapTo(messages.format(texts.notReadYet, params), columns);
}

export function renderComputer({ messages, texts, colors, columns }: Style, { computer, installed, now }: Checklist): readonly string[] {
  const source = computer.source === 'simulated' ? `  (${messages.texts.words.sources.simulated})` : '';
  const upSince = messages.format(texts.upSince, { at: formatTime(computer.bootedAt, now.at) });
  return [
    `${colors.bold(withoutControls(computer.name))}${source}  ${upSince}`,
    ...wrapTo(formatInstalledServer(messages, installed), columns),
  ];
}

/** The heading says what holds: first of the services, then of the server. */
function renderRun(
  style: Style,
  run: RunSummary,
  checklist: Checklist,
  view: Pick<StatusView, 'isAttended' | 'endTask'>,
): readonly string[] {
  const { messages, texts, colors, columns } = style;
  const at = (time: string): string => formatTime(time, checklist.now.at);
  const paint = run.phase === 'ready' || run.phase === 'confirmed' ? colors.green : colors.yellow;
  const lines = [messages.format(texts.opened, { at: at(run.openedAt), user: run.openedBy.user })];
  if (run.reason !== null) lines.push(messages.format(texts.reason, { note: run.reason }));
  if (run.until !== null) {
    const text = untilText(style, run.until < checklist.now.at, view);
    lines.push(messages.format(text, { at: at(run.until), name: view.endTask ?? '' }));
  }
  if (run.confirmed !== null) lines.push(formatSignOff(style, run.confirmed, at));
  const heading = messages.format(texts.run, { runId: run.id, phase: formatPhase(messages, run.phase, checklist) });
  const isJudged = run.phase !== 'returning' && run.phase !== 'closed';
  return [
    ...wrapTo(heading, columns).map(paint),
    ...(isJudged ? renderRestart(style, checklist) : []),
    ...renderHalfPaused(style, checklist),
    ...lines.flatMap((line) => wrapTo(line, columns)),
    ...renderRestarted(style, run, at),
  ];
}

function untilText({ texts }: Style, isOver: boolean, { isAttended, endTask }: Pick<StatusView, 'isAttended' | 'endTask'>): string {
  if (endTask !== null) return isOver && !isAttended ? texts.untilOverByTask : texts.untilByTask;
  if (isAttended) return texts.until;
  return isOver ? texts.untilOver : texts.untilUnattended;
}

function formatSignOff(
  { messages, texts }: Style,
  { at, by, note, scope, cut }: NonNullable<RunSummary['confirmed']>,
  formatAt: (time: string) => string,
): string {
  const optional = { ...(cut > 0 && { cut }), ...(note !== null && { note }) };
  return messages.format(texts.signedOff, { at: formatAt(at), user: by.user, scope: messages.texts.words.signOffs[scope], ...optional });
}

/** Some planned services are paused and others take calls: who looks on must not take the server for drained. */
function renderHalfPaused({ messages, texts, columns, colors }: Style, { run, services }: Checklist): readonly string[] {
  const planned = services.filter((row) => row.planned);
  const awake = planned.filter(({ state }) => state !== 'missing' && isAwake(state));
  if (run?.phase !== 'draining' || awake.length === 0) return [];
  const params = {
    paused: planned.length - awake.length,
    all: planned.length,
    count: awake.length,
    services: awake.map(({ serviceName }) => serviceName).join(', '),
  };
  return wrapTo(messages.format(texts.halfPaused, params), columns).map(colors.yellow);
}

function renderRestarted({ messages, texts, columns }: Style, { restart }: RunSummary, at: (time: string) => string): readonly string[] {
  if (restart === null) return [];
  const params = { at: at(restart.bootedAt), services: restart.running.join(', ') };
  return wrapTo(messages.format(restart.running.length === 0 ? texts.stayedStopped : texts.foundRunning, params), columns);
}

function renderDrainCurve(style: Style, { run, curve }: Checklist): readonly string[] {
  if (run?.phase !== 'draining' || curve.length < 2) return [];
  const label = curve.some((point) => point.isAtLeast) ? style.texts.curveAtLeast : style.texts.curve;
  return ['', `${label}  ${renderCurve(style, curve, style.columns - 24)}`];
}

/** What stands between the services and *ready*, if the reasons against a restart do not say it. */
function renderBlockers({ texts, messages, columns }: Style, { blockers, restart }: Checklist): readonly string[] {
  if (blockers.length === 0 || restart.reasons.length > 0) return [];
  return ['', texts.notReady, ...blockers.flatMap((blocker) => bullet([messages.message(blocker)], columns))];
}

/**
 * The problem of every service that has one, but for the one that is told already, and unknown sessions: those are a reason
 * against a restart.
 */
export function renderProblems(style: Style, { services }: Checklist, told: Problem | null): readonly string[] {
  const problems = services.flatMap(({ problem }) =>
    problem === null || problem.id === 'evidence-unreadable' || isSame(problem, told) ? [] : [problem],
  );
  if (problems.length === 0) return [];
  return ['', style.texts.problems, ...problems.flatMap((problem) => renderProblem(style, problem))];
}

function isSame(one: Problem, other: Problem | null): boolean {
  return one.id === other?.id && one.params['serviceName'] === other.params['serviceName'];
}

/** What a restart would do now, one line for each cause with its services. */
export function renderReboot({ texts, messages, columns }: Style, { rebootPreview }: Checklist): readonly string[] {
  if (rebootPreview.length === 0) return [];
  const list = (title: string, rows: readonly RebootPreviewRow[]): readonly string[] => {
    const causes = new Map<string, string[]>();
    for (const { serviceName, because } of rows) {
      const cause = messages.message(because);
      causes.set(cause, [...(causes.get(cause) ?? []), withoutControls(serviceName)]);
    }
    return rows.length === 0 ? [] : [title, ...[...causes].flatMap(([cause, names]) => bullet([`${names.join(', ')}: ${cause}`], columns))];
  };
  const running = list(
    texts.afterRestart,
    rebootPreview.filter((row) => row.wouldRun === true),
  );
  const unsure = list(
    texts.mayRunAfterRestart,
    rebootPreview.filter((row) => row.wouldRun === null),
  );
  return running.length + unsure.length === 0
    ? wrapTo(texts.nothingRuns, columns)
    : [...running, ...(running.length > 0 ? paragraph(unsure) : unsure)];
}
