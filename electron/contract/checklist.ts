import type { Computer, Instant } from './computer.js';
import type { InstalledServer } from './installed-server.js';
import type { Message } from './message.js';
import type { Problem } from './problem.js';
import type { Actor, Certainty, LossKind, Order, Returned, SignOffScope } from './run.js';
import type { AcceptedControl, ServiceState, ShownState, StartType } from './service.js';
import type { EvidenceSource, SessionReading } from './sessions.js';
import type { ServiceStep, StepState } from './steps.js';

/** What window, tray and terminal draw. Worked out from every reading; nothing of it is kept. */

/**
 * Where a run is. Each reading works it out; only the orders and the sign-off are on record.
 *
 * ```
 *               drain, pause              no blockers             confirm
 *   (no run) ───────────────▶ ┌──────────┐ ────────▶ ┌───────┐ ────────────────────▶ ┌───────────┐
 *                             │ draining │           │ ready │                       │ confirmed │
 *                             └──────────┘ ◀──────── └───────┘ ◀──────────────────── └───────────┘
 *                               ▲  │  ▲     blockers     │      a restart cuts more      │  │
 *                               │  │  │                  │      than was signed          │  │
 *                               │  │  └──────────────────┼───────────────────────────────┘  │
 *                               │  │                     │      blockers                    │
 *                         drain │  │ resume              │ resume                           │ resume
 *                               │  ▼                     ▼                                  ▼
 *                             ┌───────────────────────────────────────────────────────────────┐
 *                             │ returning                                                     │
 *                             └───────────────────────────────────────────────────────────────┘
 *                                  │ one reading shows every service as it was, or as was chosen
 *                                  ▼
 *                             ┌────────┐
 *                             │ closed │
 *                             └────────┘
 * ```
 *
 * The arrows back are taken by themselves, and withdraw a sign-off. A quick pause is never *ready*: it proves nothing. Its end is a
 * `resume`.
 */
export const PHASES = ['draining', 'ready', 'confirmed', 'returning', 'closed'] as const;
export type Phase = (typeof PHASES)[number];

/** Where a service stands in the steps before the restart. */
export type ServiceSteps = Readonly<Record<ServiceStep, StepState>>;

/** One service as a row of the checklist. */
export interface ServiceRow {
  readonly serviceName: string;
  readonly displayName: string;
  /** True while the run, or the plan being looked at, is about this service. */
  readonly planned: boolean;
  /** `missing`: planned, and Windows does not list it any more. */
  readonly state: ShownState;
  /** Null where it was not read. */
  readonly startType: StartType | null;
  /** What it was before the run; null outside a run. */
  readonly originalStartType: StartType | null;
  /** What it was at first, if another person changed it before the run set one; null otherwise. */
  readonly firstStartType: StartType | null;
  /** The state before the run; null outside a run. */
  readonly originalState: ServiceState | null;
  readonly controlsAccepted: readonly AcceptedControl[];
  readonly processId: number;
  readonly sessions: SessionReading;
  /**
   * What the record saw last, while the evidence is not asked (after a sign-off, and on the way back); `count` is null if it was
   * unknown. Null while it is asked, and without a record of it.
   */
  readonly lastCount: { readonly count: number | null; readonly at: string } | null;
  readonly steps: ServiceSteps;
  /** The way back; `todo` until it is ordered. */
  readonly wayBack: StepState;
  /** How it came back; null while it did not. */
  readonly returned: Returned | null;
  /** What the way back must be told for this service: its start type differs, and this run did not do that. */
  readonly conflict: StartConflict | null;
  /** Likewise its state. */
  readonly stateConflict: StateConflict | null;
  readonly problem: Problem | null;
}

/** A start type that another person changed: up to three values, one question. */
export interface StartConflict {
  readonly original: StartType;
  /** Null if this run set none. */
  readonly ours: StartType | null;
  readonly now: StartType;
}

/** A state that differs from the original, and not by this run. */
export interface StateConflict {
  readonly original: ServiceState;
  readonly now: ServiceState;
}

export const CHECK_RESULTS = ['pass', 'warn', 'block', 'unknown'] as const;
export type CheckResult = (typeof CHECK_RESULTS)[number];

/** What an override does: goes on all the same, leaves the service out, or accepts its sessions by hand. */
export const OVERRIDES = ['go-on', 'leave-out', 'accept-by-hand'] as const;

/** One preflight check. Ids about one service end in `:SERVICENAME`, those about another server of the pool are `server:NAME`. */
export interface Check {
  readonly id: string;
  readonly result: CheckResult;
  readonly message: Message;
  /** Null if none is possible. */
  readonly override: (typeof OVERRIDES)[number] | null;
  readonly overridden: boolean;
}

/** What would happen to one service if the server were restarted now. */
export interface RebootPreviewRow {
  readonly serviceName: string;
  /** Null where the facts cannot say. */
  readonly wouldRun: boolean | null;
  readonly because: Message;
}

/** How quiet the planned services are. */
export type Quiet =
  | { readonly kind: 'not-draining' }
  /** Some still carry sessions, or it is not known. `sessions` is what is known, at least. */
  | { readonly kind: 'busy'; readonly sessions: number; readonly unknown: readonly string[] }
  /** All services that can be known have held zero; the others need an acceptance. */
  | { readonly kind: 'needs-acceptance'; readonly heldMs: number; readonly sessions: number; readonly unknown: readonly string[] }
  /** All at zero, not yet for long enough. */
  | { readonly kind: 'holding'; readonly heldMs: number; readonly holdTimeMs: number }
  | { readonly kind: 'quiet'; readonly heldMs: number; readonly samples: number };

/** What an administrator accepted, as it stands now. */
export interface AcceptedService {
  readonly serviceName: string;
  readonly at: string;
  readonly by: Actor;
  readonly note: string | null;
  /** The most sessions that may be cut; null: accepted as empty. */
  readonly cut: number | null;
}

/** Why the planned services count as quiet: shown in every face, and still growing while *ready*. */
export interface Proof {
  /** UTC, ISO 8601: the first reading of zero that still holds. */
  readonly since: string;
  readonly heldMs: number;
  /** Readings on record that say so. */
  readonly readings: number;
  /** The longest time without a reading since then, in milliseconds. */
  readonly longestGapMs: number;
  /** When the last of them was taken. UTC, ISO 8601. */
  readonly lastAt: string;
  /** How many services are proved; the accepted ones are not among them. */
  readonly services: number;
  readonly sources: readonly EvidenceSource[];
}

/** Sessions that may have been cut: what was carried by a process that is gone. */
export interface LostSessions {
  readonly serviceName: string;
  /** UTC, ISO 8601: when it was seen. */
  readonly at: string;
  readonly how: LossKind;
  /** 0 if it is not known. */
  readonly count: number;
  readonly certainty: Certainty;
}

/** What a restart of the server would do to sessions. `safe` and `accepted` cut none that is known of; `cuts` cuts what was accepted. */
export const RESTART_KINDS = ['safe', 'accepted', 'cuts', 'not-safe'] as const;
export type RestartKind = (typeof RESTART_KINDS)[number];

/** One thing that stands against a restart. Ids about one service end in `:SERVICENAME`. */
export interface RestartReason {
  readonly id: string;
  readonly serviceName: string | null;
  readonly problem: Problem;
}

/** The verdict on the server as a whole, planned services or not. */
export interface RestartVerdict {
  readonly kind: RestartKind;
  /** Empty unless `not-safe`. */
  readonly reasons: readonly RestartReason[];
  /** Worth knowing, and no refusal. */
  readonly caveats: readonly Message[];
  readonly accepted: readonly AcceptedService[];
  /** How many sessions a restart cuts at most, all accepted. */
  readonly cut: number;
}

/** When the last session may end, in milliseconds from now. */
export type Estimate = { readonly kind: 'range'; readonly lowMs: number; readonly highMs: number } | { readonly kind: 'cannot-say' };

/** Sessions left over time; `sessions` is null at a gap: nothing was read from there to the next point. */
export interface CurvePoint {
  readonly at: string;
  readonly upMs: number;
  readonly sessions: number | null;
  /** Given if the count of a service was unknown, so that there may be more. */
  readonly isAtLeast?: true;
}

/** A service whose sessions do not end. */
export interface Stalled {
  readonly serviceName: string;
  readonly count: number;
  readonly sinceMs: number;
}

/** New work that reached a paused service. */
export interface Leak {
  readonly serviceName: string;
  readonly before: number;
  readonly after: number;
  /** Remote `address:port` of a new connection, null where only the count rose. */
  readonly from: string | null;
}

export interface RunSummary {
  readonly id: string;
  readonly phase: Phase;
  /** What was ordered last. */
  readonly command: Order['command'];
  readonly openedAt: string;
  readonly openedBy: Actor;
  readonly reason: string | null;
  /** When a quick pause ends by itself, UTC; null never. */
  readonly until: string | null;
  /** Name of the scheduled task that ends it too, or that still looks after its way back; left out without one. */
  readonly endTask?: string;
  readonly confirmed: {
    readonly at: string;
    readonly by: Actor;
    readonly note: string | null;
    readonly scope: SignOffScope;
    readonly cut: number;
  } | null;
  /** After a restart: which planned services were found running. */
  readonly restart: { readonly bootedAt: string; readonly running: readonly string[] } | null;
}

/** Everything there is to show, worked out from facts and record. */
export interface Checklist {
  readonly now: Instant;
  readonly computer: Computer;
  readonly installed: InstalledServer;
  readonly run: RunSummary | null;
  /** The plan is fulfilled: said of the planned services. */
  readonly ready: boolean;
  /** Whether the server may be restarted: said of the server alone. */
  readonly restart: RestartVerdict;
  /** Null until the planned services have held zero for the hold time. */
  readonly proof: Proof | null;
  /** What stands accepted by hand. */
  readonly accepted: readonly AcceptedService[];
  /** What was accepted in advance and needs no further word: it is accepted as soon as all others have held zero. */
  readonly acceptedInAdvance: readonly string[];
  /** Of this run, oldest first. */
  readonly losses: readonly LostSessions[];
  /** Why not ready; empty when ready or when no run is open. */
  readonly blockers: readonly Message[];
  /** Planned services first, in drain order. */
  readonly services: readonly ServiceRow[];
  readonly checks: readonly Check[];
  readonly rebootPreview: readonly RebootPreviewRow[];
  readonly quiet: Quiet;
  readonly estimate: Estimate;
  readonly curve: readonly CurvePoint[];
  readonly stalled: readonly Stalled[];
}
