import type { Checklist, Leak, ServiceRow } from '../../../contract/checklist.js';
import { withoutControls } from '../../../contract/foreign-text.js';
import { problem, type Problem } from '../../../contract/problem.js';
import { findInCatalogue } from '../../../core/catalogue/catalogue.js';
import { formatTime } from '../../../core/language/time.js';
import { formatPhase } from '../../../core/language/verdict.js';
import { acceptedParam } from '../../../core/maintenance/acceptance.js';
import { lossProblem } from '../../../core/maintenance/losses.js';
import { stalledProblem } from '../../../core/maintenance/stalled-problem.js';
import type { EngineEvent } from '../../../engine/engine.js';
import { renderCurve } from './drain-curve.js';
import { renderProblem } from './problem-text.js';
import type { Style } from './style.js';
import { cutTo, textWidth, wrapTo } from './text-width.js';

/** Services that the live view names; the rest is counted. */
const MAX_NAMED = 8;

/** Events that are told with -q too: whatever is, or may be, wrong. */
const ALARMS: ReadonlySet<EngineEvent['type']> = new Set([
  'leak',
  'stalled',
  'lost',
  'awake',
  'acceptance-ended',
  'outside-change',
  'withdrawn',
  'yielded',
  'restarted',
  'lock-taken-over',
]);

/** True for an event that must be told however quiet the program is asked to be. */
export function isAlarm(event: EngineEvent): boolean {
  return ALARMS.has(event.type) || (event.type === 'step' && event.state === 'failed');
}

/** A further alarm of one kind about one service, in a line: what to do was said with the first. */
export function renderAgain(style: Style, event: Extract<EngineEvent, { type: 'leak' }>): readonly string[] {
  return renderHappened(style, leakProblem(event));
}

function renderHappened({ messages, columns }: Style, told: Problem): readonly string[] {
  const { code, happened } = messages.problem(told);
  return wrapTo(`${code}  ${happened}`, columns - 1);
}

/** What stays on the screen of an event; empty where the event only changes the live view. */
export function renderEvent(style: Style, event: EngineEvent): readonly string[] {
  const { messages, texts } = style;
  const wrap = (text: string): readonly string[] => wrapTo(text, style.columns - 1);
  switch (event.type) {
    case 'run':
      return renderRunEvent(style, event);
    case 'step':
      return renderStep(style, event);
    case 'leak':
      return renderProblem(style, leakProblem(event));
    case 'stalled':
      return [...renderProblem(style, stalledProblem(event)), ...renderLingers(style, event.serviceName)];
    case 'lost':
      return renderProblem(style, lossProblem(event));
    case 'accepted':
      return wrap(messages.format(texts.accepted, { serviceName: event.serviceName, user: event.user }));
    case 'awake':
    case 'acceptance-ended':
    case 'outside-change':
      return renderProblem(style, event.problem);
    case 'unseen-pause':
      return wrap(messages.format(texts.unseenPause, { serviceName: event.serviceName, left: messages.duration(event.leftMs) }));
    case 'tail-lost':
      return wrap(messages.format(texts.tailLost, tailParams(event))).map(style.colors.yellow);
    case 'withdrawn':
      return [style.colors.yellow(texts.withdrawn), ...renderProblem(style, event.problem)];
    case 'yielded':
      // What to do next is said with the result, when this server is back.
      return renderHappened(style, event.problem);
    case 'restarted':
      return [messages.format(texts.restarted, { at: formatTime(event.bootedAt, event.at) })];
    case 'lock-taken-over':
      return wrap(
        messages.format(texts.lockTakenOver, { user: event.from.user, command: event.from.command, processId: event.from.processId }),
      );
    case 'check':
    case 'sessions':
    case 'waiting':
      return [];
  }
}

function tailParams({ path, entries, anchored }: Extract<EngineEvent, { type: 'tail-lost' }>): Readonly<Record<string, string | number>> {
  return { path, entries, ...(anchored !== null && { anchored }) };
}

function renderRunEvent({ messages, texts, columns }: Style, event: Extract<EngineEvent, { type: 'run' }>): readonly string[] {
  const lines = wrapTo(messages.format(event.opened ? texts.runOpened : texts.runContinued, { runId: event.runId }), columns - 1);
  return event.undoCardPath === null ? lines : [...lines, messages.format(texts.undoCard, { path: event.undoCardPath })];
}

function renderStep(style: Style, event: Extract<EngineEvent, { type: 'step' }>): readonly string[] {
  const { messages, texts, colors } = style;
  switch (event.state) {
    case 'doing':
      return [];
    case 'done':
      return [messages.format(texts.stepDone, { serviceName: event.serviceName, step: messages.texts.words.stepsDone[event.step] })];
    case 'failed':
      return [
        colors.red(messages.format(texts.stepFailed, { serviceName: event.serviceName, step: messages.texts.words.steps[event.step] })),
        ...(event.problem === null ? [] : renderProblem(style, event.problem)),
      ];
  }
}

/** The lines below the others while steps are under way: one for the services of each step, one for each that takes long. */
export function renderDoing(style: Style, doing: readonly Doing[]): readonly string[] {
  const { messages, texts, columns } = style;
  const long = doing.flatMap((event) => (event.type === 'waiting' ? [event] : []));
  const steps = new Set(doing.flatMap((event) => (event.type === 'step' ? [event.step] : [])));
  const lines = [...steps].map((step) => {
    const names = doing.filter((event) => event.type === 'step' && event.step === step).map(({ serviceName }) => serviceName);
    return messages.format(texts.stepDoing, { serviceName: names.join(', '), step: messages.texts.words.steps[step] });
  });
  return [...lines.map((line) => cutTo(line, columns - 1)), ...long.flatMap((event) => renderWaiting(style, event))];
}

/** A step that was begun and has not ended, by the last that was heard of it. */
export type Doing = Extract<EngineEvent, { type: 'step' | 'waiting' }>;

/** Names a service that is not yet where it was told to go. */
export function renderWaiting(
  { messages, texts, columns, colors }: Style,
  event: Extract<EngineEvent, { type: 'waiting' }>,
): readonly string[] {
  const { serviceName, step, state, sinceMs, isAnswered } = event;
  const params = { serviceName, step: messages.texts.words.steps[step], state, duration: messages.duration(sinceMs) };
  return wrapTo(messages.format(isAnswered ? texts.stepWaiting : texts.stepNotAnswered, params), columns - 1).map((line) =>
    colors.yellow(line),
  );
}

function leakProblem({ serviceName, before, after, from }: Leak): Problem {
  return problem('leak', { serviceName, before, after, ...(from !== null && { from }) });
}

function renderLingers({ messages, columns }: Style, serviceName: string): readonly string[] {
  const service = findInCatalogue(serviceName);
  return service === undefined
    ? []
    : wrapTo(messages.texts.words.lingers[service.lingers], columns - 10).map((line) => ' '.repeat(9) + line);
}

/** Sessions left, and which services still have them, in one line. */
function renderCounts({ messages, texts }: Style, checklist: Checklist): string {
  const { quiet } = checklist;
  if (isReturning(checklist)) return messages.format(texts.backCount, countBack(checklist));
  if (quiet.kind === 'holding') {
    return messages.format(texts.held, { held: messages.duration(quiet.heldMs), hold: messages.duration(quiet.holdTimeMs) });
  }
  const left = servicesLeft(checklist);
  const named = left.slice(0, MAX_NAMED).map((row) => `${withoutControls(row.serviceName)} ${shortCount(row.sessions)}`);
  const more = left.length > MAX_NAMED ? [`+${left.length - MAX_NAMED}`] : [];
  const last = checklist.curve.at(-1);
  const total = last?.sessions ?? null;
  const sum =
    total === null
      ? texts.sessionsUnknown
      : messages.format(last?.isAtLeast ? texts.sessionsAtLeast : texts.sessionsLeft, { count: total });
  return named.length === 0 ? sum : messages.format(texts.sessionsOf, { sum, services: [...named, ...more].join(', ') });
}

/** On the way back sessions are not asked for: what counts is how many services are back. */
export function isReturning({ run }: Checklist): boolean {
  return run?.phase === 'returning';
}

/** How many planned services are back, of how many. */
export function countBack({ services }: Checklist): { readonly back: number; readonly count: number } {
  const planned = services.filter((row) => row.planned);
  return { back: planned.filter((row) => row.wayBack === 'done').length, count: planned.length };
}

/** In a line of counts: the count, `3+` if there may be more, `?` if nothing is known. */
function shortCount(sessions: ServiceRow['sessions']): string {
  if (sessions.kind === 'count') return String(sessions.count);
  return sessions.atLeast === undefined ? '?' : `${sessions.atLeast.count}+`;
}

/** Planned services that still carry sessions, or whose sessions are unknown. */
export function servicesLeft({ services }: Checklist): readonly ServiceRow[] {
  return services.filter(({ planned, sessions }) => planned && (sessions.kind === 'unknown' || sessions.count > 0));
}

/** What is just being changed; while it is, it need not be said of each service. */
const BLOCKED_BY_CHANGES: readonly string[] = ['blocks-not-paused', 'blocks-pending', 'blocks-start-type'];

/** What blocks, one line each; while services are being changed only how far that is, and what else blocks. */
function renderBlockers({ messages, texts }: Style, { blockers, services }: Checklist, isChanging: boolean): readonly string[] {
  const planned = services.filter((row) => row.planned);
  const paused = planned.filter(({ state }) => state === 'paused' || state === 'stopped').length;
  const said = blockers.filter(
    ({ id }) => id !== 'blocks-sessions' && id !== 'blocks-hold-time' && !(isChanging && BLOCKED_BY_CHANGES.includes(id)),
  );
  const progress = isChanging ? [messages.format(texts.pausedSoFar, { paused, planned: planned.length })] : [];
  return [...progress, ...said.slice(0, MAX_NAMED).map((blocker) => `- ${messages.message(blocker)}`)];
}

/**
 * The live view: elapsed and estimate, the curve, the counts, and what blocks.
 * @param isChanging true while services are being paused and held
 */
export function renderLive(style: Style, checklist: Checklist, isChanging = false): readonly string[] {
  const { messages, texts, columns, colors } = style;
  const { run, estimate, now } = checklist;
  const parts = [withoutControls(checklist.computer.name)];
  if (run !== null) {
    parts.push(formatPhase(messages, run.phase, checklist));
    parts.push(messages.format(texts.elapsed, { duration: messages.duration(Date.parse(now.at) - Date.parse(run.openedAt)) }));
  }
  if (estimate.kind === 'range') {
    const [low, high] = roundRange(estimate.lowMs, estimate.highMs);
    parts.push(messages.format(texts.estimate, { low: messages.duration(low), high: messages.duration(high) }));
  }
  const lines = [
    '',
    parts.join('  '),
    ...(isReturning(checklist) ? [] : [`${texts.curve}  ${renderCurve(style, checklist.curve, columns - textWidth(texts.curve) - 4)}`]),
    ...wrapTo(renderCounts(style, checklist), columns - 1),
    ...renderBlockers(style, checklist, isChanging),
  ];
  return lines.map((line, index) => (index === 1 ? colors.bold(cutTo(line, columns - 1)) : cutTo(line, columns - 1)));
}

/** An estimate in seconds would promise more than is known: outwards to whole minutes, or to ten seconds near the end. */
function roundRange(lowMs: number, highMs: number): readonly [low: number, high: number] {
  const step = highMs >= 120_000 ? 60_000 : 10_000;
  return [Math.floor(lowMs / step) * step, Math.ceil(highMs / step) * step];
}

/** The counts as a line that stays, the time in front. */
export function renderLogLine(style: Style, checklist: Checklist): string {
  const { now, quiet } = checklist;
  const { messages, texts } = style;
  const counts =
    quiet.kind === 'holding' && !isReturning(checklist)
      ? messages.format(texts.holding, { hold: messages.duration(quiet.holdTimeMs), ...acceptedParam(checklist) })
      : renderCounts(style, checklist);
  return `${formatTime(now.at, now.at)}  ${counts}`;
}
