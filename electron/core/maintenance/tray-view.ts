import { QUICK_PAUSES_MS, type Activity, type QuickPauseMs } from '../../contract/app-snapshot.js';
import type { Checklist, RunSummary, ServiceRow } from '../../contract/checklist.js';
import type { Problem } from '../../contract/problem.js';
import { namesService } from '../../contract/service-names.js';
import { HOUR_MS, MINUTE_MS } from '../../contract/time-units.js';
import { acceptedParam } from './acceptance.js';
import { activeRows, allowedOrders, isQuickPause, plannedRows, takesCalls } from './allowed-orders.js';
import { findFailover } from './failover.js';
import { missingAcceptances } from './missing-acceptances.js';
import { outcomeOf } from './outcome.js';

/** The tray's five states, told apart by the shape of their icons. */
export const TRAY_SHAPES = ['in-service', 'draining', 'ready', 'attention', 'unknown'] as const;
export type TrayShape = (typeof TRAY_SHAPES)[number];

export const TRAY_TEXT_IDS = [
  'state-not-read',
  'state-unreadable',
  'state-record-broken',
  'state-no-rights',
  'state-no-services',
  'state-in-service',
  'state-paused-outside',
  'state-not-running',
  'state-changing',
  'state-draining',
  'state-draining-unknown',
  'state-holding',
  'state-needs-acceptance',
  'state-ready-not-safe',
  'state-signed-services',
  'state-cuts',
  'state-failed-over',
  'state-lost',
  'state-ready-lost',
  'state-partly-paused',
  'state-quick-pause',
  'state-paused',
  'state-ready',
  'state-ready-accepted',
  'state-confirmed',
  'state-returning',
  'state-problems',
  'state-stalled',
  'state-started-again',
  'menu-pause',
  'menu-pause-minutes',
  'menu-pause-hours',
  'menu-pause-until-told',
  'menu-pause-one',
  'menu-keep-paused',
  'menu-start-maintenance',
  'menu-go-on',
  'menu-finish',
  'menu-back-in-service',
  'menu-open',
  'menu-exit',
] as const;
export type TrayTextId = (typeof TRAY_TEXT_IDS)[number];

/** Something the tray says, in any language; or a name that is the same in all. */
export type TrayText = { readonly id: TrayTextId; readonly params: Readonly<Record<string, string | number>> } | { readonly name: string };

/** What a click on the menu orders. */
export type TrayAction =
  | { readonly kind: 'open' }
  | { readonly kind: 'start-maintenance' }
  /** `services` null: all. */
  | { readonly kind: 'pause'; readonly services: readonly string[] | null; readonly forMs: QuickPauseMs }
  /** The quick pause stays until it is ended by hand. */
  | { readonly kind: 'keep-paused' }
  /** The order that was cut off is given again. */
  | { readonly kind: 'finish' }
  | { readonly kind: 'back-in-service' }
  | { readonly kind: 'exit' };

export type TrayMenuItem =
  | { readonly kind: 'separator' }
  /** A line to read, not to click. */
  | { readonly kind: 'heading'; readonly text: TrayText }
  | { readonly kind: 'action'; readonly text: TrayText; readonly action: TrayAction; readonly isEnabled: boolean }
  | { readonly kind: 'submenu'; readonly text: TrayText; readonly isEnabled: boolean; readonly items: readonly TrayMenuItem[] };

/** How the server is. */
export interface ServerView {
  readonly shape: TrayShape;
  readonly tooltip: TrayText;
}

export interface TrayView extends ServerView {
  readonly menu: readonly TrayMenuItem[];
}

/** Delayed services start some minutes after Windows (AutoStartDelay, 120 s); until then a stopped one is no news. */
const START_UP_MS = 10 * MINUTE_MS;

/** Everything the tray shows; parameters as of `serverView`. @param isCutOff an order waits to be gone on with */
export function trayView(checklist: Checklist | null, readingProblem: Problem | null, activity: Activity, isCutOff = false): TrayView {
  const { shape, tooltip } = serverView(checklist, readingProblem, activity);
  const believed = readingProblem === null ? checklist : null;
  return { shape, tooltip, menu: [...headingItems(tooltip, isCutOff), ...buildMenu(believed, activity)] };
}

/**
 * What tray and window say of the server. Apart from the menu, which the window has none of.
 * @param checklist null before the first reading
 * @param readingProblem why the last reading failed; then the checklist is old and not believed
 */
export function serverView(checklist: Checklist | null, readingProblem: Problem | null, activity: Activity): ServerView {
  const [shape, tooltip] = judge(checklist, readingProblem, activity);
  return { shape, tooltip };
}

type Judgement = readonly [TrayShape, TrayText];

function judge(checklist: Checklist | null, readingProblem: Problem | null, activity: Activity): Judgement {
  if (readingProblem !== null) return judgeUnread(readingProblem);
  if (checklist === null) return ['unknown', trayText('state-not-read')];
  if (!checklist.computer.elevated) return ['unknown', trayText('state-no-rights')];
  if (checklist.services.length === 0) return ['unknown', trayText('state-no-services')];
  if (checklist.run === null) return judgeIdle(checklist);
  return judgeTrouble(checklist, checklist.run) ?? judgeLosses(checklist, judgeRun(checklist, checklist.run, activity));
}

/** Sessions that may have been cut are nothing to be calm about for the rest of the run. */
function judgeLosses({ losses, run }: Checklist, [shape, text]: Judgement): Judgement {
  const count = new Set(losses.map(({ serviceName }) => serviceName)).size;
  if (count === 0 || run?.phase === 'returning' || run?.phase === 'closed') return [shape, text];
  if (shape === 'ready') return ['attention', trayText('state-ready-lost', { count })];
  return ['attention', run?.phase === 'draining' ? trayText('state-lost', { count }) : text];
}

/** The services cannot be read; or they can, and our own record of the maintenance cannot. */
function judgeUnread({ id }: Problem): Judgement {
  return outcomeOf(id) === 'state-unreadable' ? ['attention', trayText('state-record-broken')] : ['unknown', trayText('state-unreadable')];
}

function judgeIdle(checklist: Checklist): Judgement {
  if (findFailover(checklist) !== undefined) return ['attention', trayText('state-failed-over')];
  const paused = checklist.services.filter((row) => row.state === 'paused' || row.state === 'pause-pending').length;
  if (paused > 0) return ['draining', trayText('state-paused-outside', { count: paused })];
  const missing = checklist.services.filter((row) => shouldRun(row, checklist.now.upMs)).length;
  if (missing > 0) return ['attention', trayText('state-not-running', { count: missing })];
  return ['in-service', trayText('state-in-service', { count: checklist.services.filter((row) => row.state === 'running').length })];
}

function shouldRun(row: ServiceRow, upMs: number): boolean {
  if (row.state !== 'stopped') return false;
  return row.startType === 'auto' || (row.startType === 'auto-delayed' && upMs > START_UP_MS);
}

/** What an administrator has to look at before anything else. */
function judgeTrouble(checklist: Checklist, run: RunSummary): Judgement | null {
  const startedAgain = checklist.services.filter(
    (row) => row.state === 'running' && namesService(run.restart?.running ?? [], row.serviceName),
  ).length;
  if (startedAgain > 0 && run.phase === 'draining') return ['attention', trayText('state-started-again', { count: startedAgain })];
  const stalled = checklist.stalled.length;
  if (stalled > 0) return ['attention', trayText('state-stalled', { count: stalled })];
  const problems = plannedRows(checklist).filter(isTrouble).length;
  return problems > 0 ? ['attention', trayText('state-problems', { count: problems })] : null;
}

/** Sessions that cannot be counted are part of what is said of the drain; they trouble an administrator when only that is left. */
function isTrouble({ conflict, stateConflict, problem }: ServiceRow): boolean {
  return conflict !== null || stateConflict !== null || (problem !== null && problem.id !== 'evidence-unreadable');
}

function judgeRun(checklist: Checklist, run: RunSummary, activity: Activity): Judgement {
  switch (run.phase) {
    case 'ready':
      // A quick pause keeps the start types, so it is never "safe to restart".
      return isQuickPause(checklist) ? ['draining', formatPaused(checklist, run)] : judgeReady(checklist, 'state-ready');
    case 'confirmed':
      return judgeReady(checklist, run.confirmed?.scope === 'server' ? 'state-confirmed' : 'state-ready');
    case 'returning':
      return ['draining', trayText('state-returning')];
    case 'closed':
      return judgeIdle(checklist);
    case 'draining':
      if (activity.kind === 'working') return ['draining', trayText('state-changing', { count: activeRows(checklist).length })];
      if (isQuickPause(checklist)) return ['draining', formatPaused(checklist, run)];
      return [missingAcceptances(checklist).length > 0 ? 'attention' : 'draining', formatWaiting(checklist)];
  }
}

/** Quiet services are not a server that is safe to restart: only that has the tick. */
function judgeReady({ restart, run }: Checklist, whenSafe: TrayTextId): Judgement {
  switch (restart.kind) {
    case 'safe':
      return ['ready', trayText(whenSafe)];
    case 'accepted':
      return ['ready', trayText(whenSafe === 'state-ready' ? 'state-ready-accepted' : whenSafe)];
    case 'cuts':
      return ['draining', trayText('state-cuts', { count: restart.cut })];
    case 'not-safe':
      return [
        'draining',
        trayText(run?.phase === 'confirmed' ? 'state-signed-services' : 'state-ready-not-safe', { count: restart.reasons.length }),
      ];
  }
}

/** Some services still take calls, and no command is changing that. */
function formatPartlyPaused(checklist: Checklist): TrayText | null {
  const planned = activeRows(checklist);
  const paused = planned.filter(({ state }) => state === 'paused' || state === 'stopped').length;
  return paused === planned.length ? null : trayText('state-partly-paused', { paused, count: planned.length });
}

function formatPaused(checklist: Checklist, run: RunSummary): TrayText {
  const partly = formatPartlyPaused(checklist);
  if (partly !== null) return partly;
  const sessions = countSessions(checklist);
  if (run.until === null) return trayText('state-paused', sessions);
  return trayText('state-quick-pause', {
    ...sessions,
    minutes: Math.max(0, Math.ceil((Date.parse(run.until) - Date.parse(checklist.now.at)) / MINUTE_MS)),
  });
}

/** The sessions that are known, and the services whose sessions are unknown. */
function countSessions(checklist: Checklist): { readonly sessions: number; readonly unknown: number } {
  const counts = activeRows(checklist).map(({ sessions }) => (sessions.kind === 'count' ? sessions.count : null));
  return {
    sessions: counts.reduce<number>((sum, count) => sum + (count ?? 0), 0),
    unknown: counts.filter((count) => count === null).length,
  };
}

function formatWaiting(checklist: Checklist): TrayText {
  const { quiet } = checklist;
  const missing = missingAcceptances(checklist).length;
  if (missing > 0) return trayText('state-needs-acceptance', { count: missing });
  switch (quiet.kind) {
    case 'needs-acceptance':
    case 'busy':
      return quiet.unknown.length === 0
        ? trayText('state-draining', { sessions: quiet.sessions })
        : trayText('state-draining-unknown', { sessions: quiet.sessions, count: quiet.unknown.length });
    case 'holding':
      return trayText('state-holding', { seconds: Math.ceil((quiet.holdTimeMs - quiet.heldMs) / 1_000), ...acceptedParam(checklist) });
    case 'quiet':
      return trayText('state-holding', { seconds: 0 });
    case 'not-draining':
      return formatPartlyPaused(checklist) ?? trayText('state-changing', { count: activeRows(checklist).length });
  }
}

function headingItems(heading: TrayText, isCutOff: boolean): readonly TrayMenuItem[] {
  return [{ kind: 'heading', text: heading }, { kind: 'separator' }, ...(isCutOff ? [act('menu-finish', { kind: 'finish' }, true)] : [])];
}

function buildMenu(checklist: Checklist | null, activity: Activity): readonly TrayMenuItem[] {
  const allowed = allowedOrders(checklist, activity);
  const isCountingDown = checklist?.run?.phase !== 'returning' && typeof checklist?.run?.until === 'string';
  const hasRun = checklist !== null && checklist.run !== null && checklist.run.phase !== 'closed';
  return [
    { kind: 'submenu', text: trayText('menu-pause'), isEnabled: allowed.pause, items: allowed.pause ? pauseItems(checklist) : [] },
    ...(isCountingDown ? [act('menu-keep-paused', { kind: 'keep-paused' }, allowed.keepPaused)] : []),
    act(hasRun ? 'menu-go-on' : 'menu-start-maintenance', { kind: 'start-maintenance' }, checklist?.computer.elevated === true),
    act('menu-back-in-service', { kind: 'back-in-service' }, allowed.resume),
    { kind: 'separator' },
    act('menu-open', { kind: 'open' }, true),
    act('menu-exit', { kind: 'exit' }, true),
  ];
}

/** All services at once, then one by one. */
function pauseItems(checklist: Checklist | null): readonly TrayMenuItem[] {
  const single = (checklist?.services ?? []).filter(takesCalls).map((row): TrayMenuItem => {
    return { kind: 'submenu', text: { name: row.displayName }, isEnabled: true, items: durations([row.serviceName]) };
  });
  return [
    ...durations(null),
    { kind: 'separator' },
    { kind: 'submenu', text: trayText('menu-pause-one'), isEnabled: single.length > 0, items: single },
  ];
}

function durations(services: readonly string[] | null): readonly TrayMenuItem[] {
  return QUICK_PAUSES_MS.map((forMs) => ({
    kind: 'action',
    text: formatDuration(forMs),
    action: { kind: 'pause', services, forMs },
    isEnabled: true,
  }));
}

function formatDuration(forMs: QuickPauseMs): TrayText {
  if (forMs === null) return trayText('menu-pause-until-told');
  return forMs < HOUR_MS
    ? trayText('menu-pause-minutes', { count: forMs / MINUTE_MS })
    : trayText('menu-pause-hours', { count: forMs / HOUR_MS });
}

function act(id: TrayTextId, action: TrayAction, isEnabled: boolean): TrayMenuItem {
  return { kind: 'action', text: trayText(id), action, isEnabled };
}

function trayText(id: TrayTextId, params: Readonly<Record<string, string | number>> = {}): TrayText {
  return { id, params };
}
