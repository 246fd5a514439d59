import type { Checklist, Phase, StepState } from './checklist.js';
import type { OutcomeKind } from './outcome.js';
import type { Problem } from './problem.js';
import type { Actor } from './run.js';

/** What the tray app knows, as the window draws it. Made in the main process; the window keeps none of it. */

export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];

export const LANGUAGE_SETTINGS = ['system', ...LANGUAGES] as const;
export type LanguageSetting = (typeof LANGUAGE_SETTINGS)[number];

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long a quick pause may last, in milliseconds; null: until it is ended by hand. */
export const QUICK_PAUSES_MS = [15 * MINUTE_MS, HOUR_MS, null] as const;
export type QuickPauseMs = (typeof QUICK_PAUSES_MS)[number];

/** Hold times the window offers, in milliseconds; the settings file may hold another one within the limits. */
export const HOLD_TIMES_MS = [30_000, MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS, 10 * MINUTE_MS] as const;
export const HOLD_TIME_LIMITS_MS = { least: 1_000, most: HOUR_MS } as const;

/** Timeouts the window offers, in milliseconds; the settings file may hold another one within the limits. */
export const WAIT_TIMEOUTS_MS = [HOUR_MS, 4 * HOUR_MS, 12 * HOUR_MS] as const;
export const WAIT_TIMEOUT_LIMITS_MS = { least: MINUTE_MS, most: 7 * 24 * HOUR_MS } as const;

/** After how long without a change a service's sessions may be called stalled, in milliseconds; only the settings file says. */
export const STALLED_AFTER_LIMITS_MS = { least: MINUTE_MS, most: 24 * HOUR_MS } as const;

/** Characters that a reason or a note may have. */
export const MAX_NOTE_LENGTH = 500;

/** Characters that a failure of the window may have, its stack included. */
export const MAX_FAILURE_LENGTH = 8_000;

/** What start types are set to in a maintenance. */
export const HOLDS = ['demand', 'disabled'] as const;
export type Hold = (typeof HOLDS)[number];

/** How many times faster than real time a rehearsal runs. */
export const REHEARSAL_SPEEDS = [1, 10, 60] as const;
export type RehearsalSpeed = (typeof REHEARSAL_SPEEDS)[number];

export interface AppSettings {
  readonly language: LanguageSetting;
  /** Services a maintenance is about unless told otherwise; null: all Lync services that carry sessions. */
  readonly services: readonly string[] | null;
  /** How long every planned service must stay at zero, in milliseconds. */
  readonly holdTimeMs: number;
  /** A drain that takes longer is told about, in milliseconds; it goes on. */
  readonly waitTimeoutMs: number;
  readonly hold: Hold;
  readonly startWithWindows: boolean;
}

export const DEFAULT_APP_SETTINGS: AppSettings = {
  language: 'system',
  services: null,
  holdTimeMs: MINUTE_MS,
  waitTimeoutMs: HOUR_MS,
  hold: 'demand',
  startWithWindows: false,
};

export const APP_COMMANDS = ['pause', 'drain', 'accept', 'resume', 'confirm'] as const;
export type AppCommand = (typeof APP_COMMANDS)[number];

/** What a command is doing to one service. */
export interface ServiceProgress {
  readonly serviceName: string;
  readonly step: 'pause' | 'manual' | 'continue' | 'start' | 'restore-start-type';
  readonly state: Extract<StepState, 'doing' | 'done' | 'failed'>;
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

/** How the app's last command ended. */
export interface LastResult {
  readonly command: AppCommand;
  readonly at: string;
  readonly outcome: OutcomeKind;
  readonly problem: Problem | null;
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
  'tail-lost',
  'restarted',
  'lock-taken-over',
  'ready',
  'needs-acceptance',
  'still-draining',
  'returned',
  'command-failed',
  'watch-failed',
  'reading-failed',
  'reading-recovered',
  'record-broken',
  'quick-pause-ends',
  'open-run-reminder',
  'shutdown-seen',
  'session-end-seen',
  'tray-restored',
  'app-failed',
] as const;
export type AppEventKind = (typeof APP_EVENT_KINDS)[number];

/** One line of the window's event list. Its sentence is made from `kind` and `params` in the language of the day. */
export interface AppEvent {
  /** Counts up from 1 while the app runs. */
  readonly id: number;
  readonly at: string;
  readonly level: 'info' | 'attention' | 'failure';
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
  readonly events: readonly AppEvent[];
  readonly settings: AppSettings;
  readonly quickPause: QuickPause | null;
  /** Present while this is a rehearsal on a simulated copy: nothing real is touched. */
  readonly rehearsal: { readonly speed: RehearsalSpeed } | null;
  /**
   * Present while the server may be restarted or shut down: a run is open, ready and confirmed. The token must come back
   * with the order; it changes whenever that stops holding.
   */
  readonly power: { readonly token: string } | null;
}

/** What `drain` would do. */
export interface PlanPreview {
  readonly checklist: Checklist;
  readonly steps: readonly {
    readonly serviceName: string;
    readonly step: 'pause' | 'manual';
    readonly from: string;
    readonly to: string;
  }[];
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
