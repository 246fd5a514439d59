import type { Checklist, Phase } from './checklist.js';
import type { OutcomeKind } from './outcome.js';
import type { Problem } from './problem.js';
import type { Actor, Order } from './run.js';
import type { Settings } from './settings-schema.js';
import { LANGUAGES } from './settings.js';
import type { ChangeState, ChangeStep, PlannedStep } from './steps.js';
import { HOUR_MS, MINUTE_MS } from './time-units.js';

/** What the tray app knows, as the window draws it. Made in the main process; the window keeps none of it. */

export type Language = (typeof LANGUAGES)[number];

export const LANGUAGE_SETTINGS = ['system', ...LANGUAGES] as const;
export type LanguageSetting = (typeof LANGUAGE_SETTINGS)[number];

/** How long a quick pause may last, in milliseconds; null: until it is ended by hand. */
export const QUICK_PAUSES_MS = [15 * MINUTE_MS, HOUR_MS, null] as const;
export type QuickPauseMs = (typeof QUICK_PAUSES_MS)[number];

/** Characters that a reason or a note may have. */
export const MAX_NOTE_LENGTH = 500;

/** Characters that a failure of the window may have, its stack included. */
export const MAX_FAILURE_LENGTH = 8_000;

/** How many times faster than real time a rehearsal runs. */
export const REHEARSAL_SPEEDS = [1, 10, 60] as const;
export type RehearsalSpeed = (typeof REHEARSAL_SPEEDS)[number];

/** What may go wrong in a rehearsal: each is a scenario of the simulated server (electron/adapters/simulator/scenarios.ts). */
export const REHEARSAL_MISHAPS = [
  'leak',
  'stalled',
  'no-counters',
  'pending-for-ever',
  'undone-by-itself',
  'crashes-and-recovers',
  'start-type-reverts',
  'logon-failed',
] as const;
export type RehearsalMishap = (typeof REHEARSAL_MISHAPS)[number];

/** How a rehearsal goes. */
export interface RehearsalChoice {
  readonly speed: RehearsalSpeed;
  readonly mishaps: readonly RehearsalMishap[];
}

/**
 * The settings that the window shows and sets; others stay as they are in the file. `waitTimeoutMs` is the file's `timeoutMs`: a
 * drain that takes longer is told about, and goes on. `system` is the file's language null.
 */
export interface AppSettings extends Pick<Settings, 'services' | 'holdTimeMs' | 'hold' | 'startWithWindows' | 'pool'> {
  readonly language: LanguageSetting;
  readonly waitTimeoutMs: Settings['timeoutMs'];
}

export const APP_COMMANDS = ['pause', 'drain', 'accept', 'resume', 'confirm'] as const;
export type AppCommand = (typeof APP_COMMANDS)[number];

/** What a command is doing to one service. */
export interface ServiceProgress {
  readonly serviceName: string;
  readonly step: ChangeStep;
  readonly state: ChangeState;
  readonly problem: Problem | null;
}

/**
 * What the app itself is doing now. Another process's work shows in the checklist, and so does the waiting for quiet,
 * which needs no administrator.
 *
 *   idle ── order ──▶ working ── all changes made, failed, or stopped ──▶ idle
 */
export type Activity =
  | { readonly kind: 'idle' }
  | { readonly kind: 'working'; readonly command: AppCommand; readonly startedAt: string; readonly services: readonly ServiceProgress[] };

/** A record that cannot be gone on with, and the way back that does without it. */
export interface BrokenRecord {
  /** Null where not even that can be read. */
  readonly runId: string | null;
  /** The exact commands that restore everything by hand; null where none was written. */
  readonly undoCard: { readonly path: string; readonly text: string } | null;
}

/** Another process that holds the right to change this server. */
export interface LockHolder {
  readonly user: string;
  readonly face: Actor['face'];
  readonly command: string;
  /** UTC, ISO 8601. */
  readonly since: string;
}

/** A quick pause that was refused because no scheduled task could end it: it can be given again without one. */
export interface RefusedPause {
  readonly services: readonly string[] | null;
  readonly forMs: QuickPauseMs;
  readonly reason: string | null;
  readonly overrides: readonly string[];
}

/** What was ordered and not finished. */
export type CutOffOrder = Order['command'];

/** How the app's last command ended. */
export interface LastResult {
  readonly command: AppCommand;
  readonly at: string;
  readonly outcome: OutcomeKind;
  readonly problem: Problem | null;
  /** Left out unless the choice is to pause without the task. */
  readonly refusedPause?: RefusedPause;
}

export const APP_EVENT_KINDS = [
  'run-opened',
  'step-done',
  'step-failed',
  'service-waiting',
  'leak',
  'lost',
  'accepted',
  'awake',
  'acceptance-ended',
  'stalled',
  'outside-change',
  'withdrawn',
  'yielded',
  'tail-lost',
  'restarted',
  'lock-taken-over',
  'ready',
  'needs-acceptance',
  'still-draining',
  'returned',
  'front-end-starting',
  'front-end-back',
  'command-failed',
  'watch-failed',
  'reading-failed',
  'reading-recovered',
  'record-broken',
  'quick-pause-ends',
  'cut-off',
  'open-run-reminder',
  'shutdown-seen',
  'session-end-seen',
  'tray-restored',
  'app-failed',
] as const;
export type AppEventKind = (typeof APP_EVENT_KINDS)[number];

export const EVENT_LEVELS = ['info', 'attention', 'failure'] as const;

/** One line of the window's event list. Its sentence is made from `kind` and `params` in the language of the day. */
export interface AppEvent {
  /** Counts up from 1 while the app runs. */
  readonly id: number;
  readonly at: string;
  readonly level: (typeof EVENT_LEVELS)[number];
  readonly kind: AppEventKind;
  readonly params: Readonly<Record<string, string | number>>;
  readonly problem: Problem | null;
}

/** The event list keeps so many, newest last. */
export const MAX_EVENTS = 200;

/** A quick pause that ends by itself. */
export interface QuickPause {
  /** UTC, ISO 8601. */
  readonly until: string;
  /** Milliseconds left at the snapshot's time; 0 when the way back begins. */
  readonly leftMs: number;
}

export interface AppSnapshot {
  /** Grows with every change; what has a lower one is older and to be dropped. */
  readonly revision: number;
  /** The language that is spoken now. */
  readonly language: Language;
  /** Null until the first reading worked. */
  readonly checklist: Checklist | null;
  /** Why the last reading failed, so that the checklist is old or missing; null when it worked. */
  readonly readingProblem: Problem | null;
  /**
   * Present while the services can be read and the record of the open maintenance cannot be gone on with: `readingProblem` says
   * why, the checklist shows the services as they are now, and nothing is acted on.
   */
  readonly brokenRecord: BrokenRecord | null;
  readonly activity: Activity;
  /** The other process at work on this server; null if there is none. */
  readonly worker: LockHolder | null;
  readonly lastResult: LastResult | null;
  /** The order whose process was killed in the middle, before this app began; it waits for the word of an administrator. */
  readonly cutOff: CutOffOrder | null;
  readonly events: readonly AppEvent[];
  readonly settings: AppSettings;
  readonly quickPause: QuickPause | null;
  /** Present while this is a rehearsal on a simulated copy: nothing real is touched. */
  readonly rehearsal: RehearsalChoice | null;
  /**
   * Present while the server may be restarted or shut down: a run is open, ready and confirmed. The token must come back
   * with the order; it changes whenever that stops holding.
   */
  readonly power: { readonly token: string } | null;
}

/** What `drain` would do. */
export interface PlanPreview {
  readonly checklist: Checklist;
  readonly steps: readonly PlannedStep[];
}

/** One past or open run. */
export interface HistoryRow {
  readonly runId: string;
  /** Null where the record could not be read that far. */
  readonly openedAt: string | null;
  readonly openedBy: string | null;
  readonly closedAt: string | null;
  readonly phase: Phase | 'unreadable';
  readonly services: number;
  readonly reason: string | null;
  /** What is wrong with its record; null when it is whole. */
  readonly damage: Problem | null;
}
