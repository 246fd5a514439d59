import { randomBytes } from 'node:crypto';

import {
  MAX_EVENTS,
  type Activity,
  type AppEvent,
  type AppSettings,
  type AppSnapshot,
  type BrokenRecord,
  type CutOffOrder,
  type Language,
  type LastResult,
  type QuickPause,
  type RehearsalChoice,
  type LockHolder,
} from '../../contract/app-snapshot.js';
import type { Checklist } from '../../contract/checklist.js';
import type { Problem } from '../../contract/problem.js';
import { allowedOrders } from '../../core/maintenance/allowed-orders.js';
import type { AppEventDraft } from './app-events.js';

/** What the app holds of one server. Everything else in a snapshot is worked out from it. */
export interface AppState {
  readonly checklist: Checklist | null;
  readonly readingProblem: Problem | null;
  readonly brokenRecord: BrokenRecord | null;
  readonly activity: Activity;
  readonly worker: LockHolder | null;
  readonly lastResult: LastResult | null;
  readonly cutOff: CutOffOrder | null;
  readonly events: readonly AppEvent[];
}

/** What is the same for every server the app shows. */
export interface AppFrame {
  readonly language: Language;
  readonly settings: AppSettings;
}

const NOTHING_YET: AppState = {
  checklist: null,
  readingProblem: null,
  brokenRecord: null,
  activity: { kind: 'idle' },
  worker: null,
  lastResult: null,
  cutOff: null,
  events: [],
};

/** Numbers that grow through all snapshots of the app, so that a window can tell old from new whatever server it is shown. */
export class Revisions {
  #last = 0;

  next(): number {
    this.#last += 1;
    return this.#last;
  }
}

/** The one place where the state of a server changes: stored first, announced then. */
export class AppStore {
  readonly rehearsal: RehearsalChoice | null;
  readonly #revisions: Revisions;
  readonly #frame: () => AppFrame;
  readonly #changeListeners = new Set<() => void>();
  readonly #eventListeners = new Set<(event: AppEvent) => void>();
  #state = NOTHING_YET;
  #revision: number;
  #lastEventId = 0;
  #powerToken: string | null = null;

  constructor(revisions: Revisions, frame: () => AppFrame, rehearsal: AppStore['rehearsal']) {
    this.#revisions = revisions;
    this.#frame = frame;
    this.rehearsal = rehearsal;
    this.#revision = revisions.next();
  }

  get state(): AppState {
    return this.#state;
  }

  /** Present while the server may be restarted; another one each time that begins to hold. */
  get powerToken(): string | null {
    return this.#powerToken;
  }

  change(patch: Partial<AppState>): void {
    this.#state = { ...this.#state, ...patch };
    const mayRestart = this.#state.readingProblem === null && allowedOrders(this.#state.checklist, this.#state.activity).restart;
    this.#powerToken = mayRestart ? (this.#powerToken ?? randomBytes(16).toString('hex')) : null;
    this.announce();
  }

  addEvent(at: string, draft: AppEventDraft): void {
    this.#lastEventId += 1;
    const event = { ...draft, id: this.#lastEventId, at };
    this.change({ events: [...this.#state.events, event].slice(-MAX_EVENTS) });
    for (const listener of this.#eventListeners) listener(event);
  }

  /** Tells the listeners to draw again, also when something changed that only the frame holds. */
  announce(): void {
    this.#revision = this.#revisions.next();
    for (const listener of this.#changeListeners) listener();
  }

  snapshot(): AppSnapshot {
    const { checklist } = this.#state;
    return {
      ...this.#state,
      ...this.#frame(),
      revision: this.#revision,
      quickPause: checklist === null ? null : quickPauseOf(checklist),
      rehearsal: this.rehearsal,
      power: this.#powerToken === null ? null : { token: this.#powerToken },
    };
  }

  /** @returns its own unsubscribe */
  onChange(listener: () => void): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  /** @returns its own unsubscribe */
  onEvent(listener: (event: AppEvent) => void): () => void {
    this.#eventListeners.add(listener);
    return () => this.#eventListeners.delete(listener);
  }
}

/** The quick pause that counts down, null when none does. */
export function quickPauseOf({ run, now }: Checklist): QuickPause | null {
  if (run?.until == null || run.phase === 'returning' || run.phase === 'closed') return null;
  return { until: run.until, leftMs: Math.max(0, Date.parse(run.until) - Date.parse(now.at)) };
}
