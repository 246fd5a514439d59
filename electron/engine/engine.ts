import type { Check, Checklist, Leak, LostSessions, Stalled } from '../contract/checklist.js';
import type { Instant } from '../contract/computer.js';
import type { OutcomeKind } from '../contract/outcome.js';
import type { Problem } from '../contract/problem.js';
import type { Actor, ConflictAnswer } from '../contract/run.js';
import type { ServerInventory } from '../contract/server-inventory.js';
import type { ServiceState } from '../contract/service.js';
import type { EndsList, AddressName } from '../contract/session-ends.js';
import type { StartHold } from '../contract/settings.js';
import type { ChangeState, ChangeStep, PlannedStep } from '../contract/steps.js';
import type { LockOwner } from '../ports/run-records.js';

/** What an administrator may order. Times in milliseconds. */
export interface DrainRequest {
  /** Null: all Lync services that carry sessions. */
  readonly services: readonly string[] | null;
  readonly holdTimeMs: number;
  /** What start types are set to; null leaves them alone. */
  readonly hold: StartHold;
  readonly reason: string | null;
  /** Check ids that the administrator overrides, one by one. */
  readonly overrides: readonly string[];
  /** For what `evidence:` overrides accept in advance; null: the reason stands for it. */
  readonly note?: string | null;
}

/** Whose remote ends are wanted. */
export interface EndsRequest {
  /** Null: all Lync services that carry sessions. */
  readonly services: readonly string[] | null;
  /** So many of each service; null: all. */
  readonly most: number | null;
  /** Waits until Lync was asked for its servers; false takes what is known by now. */
  readonly waitsForServers: boolean;
}

/** What is accepted by hand. */
export interface AcceptRequest {
  readonly services: readonly string[];
  readonly note: string;
  /** The most sessions of each that may be cut; null accepts them as empty. */
  readonly cut: number | null;
}

export interface ConfirmRequest {
  readonly note: string | null;
  /** Signs off the planned services alone, although the server is not safe to restart. */
  readonly servicesOnly: boolean;
}

export interface PauseRequest {
  /** With `forMs`: no scheduled task is to end it, although it ends only while a program of ours runs then. */
  readonly withoutEndTask?: boolean;
  readonly services: readonly string[] | null;
  /** How long until the way back begins by itself; null: not before it is ordered. */
  readonly forMs: number | null;
  readonly reason: string | null;
  readonly overrides: readonly string[];
}

export interface ResumeRequest {
  /** Null: all services of the run. */
  readonly services: readonly string[] | null;
  /** Restores start types, starts and continues nothing, and leaves the rest to a later way back. */
  readonly stayStopped: boolean;
  /** What to do about differences that this run did not make; null asks by ending with `changed-outside`. */
  readonly conflicts: ConflictAnswer | null;
  /** Of the scheduled task: does nothing unless a quick pause is over, by its time or by a restart of Windows. */
  readonly ifPauseOver?: boolean;
}

export interface WaitOptions {
  /** Gives up waiting for quiet, not the drain, after so long. Null waits for ever. */
  readonly timeoutMs: number | null;
  /** Aborting stops waiting; the server stays as it is and the run open. */
  readonly signal: AbortSignal;
  /** `watch` only: goes on while the run is ready or signed off, so that the proof grows and its end is seen. */
  readonly untilClosed?: boolean;
}

/** A service that takes long over its step. */
export interface Waiting {
  readonly serviceName: string;
  readonly step: Extract<ChangeStep, 'pause' | 'continue' | 'start'>;
  readonly state: ServiceState;
  /** Since it was ordered, milliseconds. */
  readonly sinceMs: number;
  /** False while its handler has not returned: until then Windows gives no control to any service. */
  readonly isAnswered: boolean;
}

/** What happens while a command works, in order. */
export type EngineEvent = Instant &
  (
    | {
        readonly type: 'run';
        readonly runId: string;
        readonly opened: boolean;
        readonly undoCardPath: string | null;
        /** The scheduled task that ends a quick pause too; null if this Windows makes none; left out where none is wanted. */
        readonly endTask?: string | null;
      }
    | { readonly type: 'check'; readonly check: Check }
    | {
        readonly type: 'step';
        readonly serviceName: string;
        readonly step: ChangeStep;
        readonly state: ChangeState;
        readonly problem: Problem | null;
      }
    /** A service that was told to change its state and is not there yet; told again and again while it lasts. */
    | ({ readonly type: 'waiting' } & Waiting)
    /** A new reading while waiting. */
    | { readonly type: 'sessions'; readonly checklist: Checklist }
    | ({ readonly type: 'leak' } & Leak)
    | ({ readonly type: 'stalled' } & Stalled)
    /** A planned service was awake again: the time without sessions begins again. */
    | { readonly type: 'awake'; readonly serviceName: string; readonly problem: Problem }
    | ({ readonly type: 'lost' } & Omit<LostSessions, 'at'>)
    | {
        readonly type: 'accepted';
        readonly serviceName: string;
        readonly user: string;
        readonly note: string | null;
        readonly cut: number | null;
      }
    | { readonly type: 'acceptance-ended'; readonly serviceName: string; readonly problem: Problem }
    | { readonly type: 'outside-change'; readonly serviceName: string; readonly problem: Problem }
    /** A pause was ordered earlier and nothing was seen of it: whether it comes is waited for, so long at most. */
    | { readonly type: 'unseen-pause'; readonly serviceName: string; readonly leftMs: number }
    | { readonly type: 'withdrawn'; readonly problem: Problem }
    /** Another server of the pool went down at the same moment: the way back of this one begins. */
    | { readonly type: 'yielded'; readonly problem: Problem }
    /** The last lines of the record are missing; `services` are held, and what they were is lost. */
    | {
        readonly type: 'tail-lost';
        readonly path: string;
        readonly entries: number;
        readonly anchored: number | null;
        readonly services: readonly string[];
      }
    | { readonly type: 'restarted'; readonly bootedAt: string; readonly running: readonly string[] }
    | { readonly type: 'lock-taken-over'; readonly from: LockOwner }
  );

/** How a command ended. `problem` says what stood in the way; null when nothing did. */
export interface CommandResult {
  readonly outcome: OutcomeKind;
  readonly problem: Problem | null;
  /** The last reading; null when not even that was possible. */
  readonly checklist: Checklist | null;
}

/** One look at the server and the record. */
export interface PlanResult {
  readonly checklist: Checklist;
  readonly steps: readonly PlannedStep[];
  /** Of the open run: it is the note of what is accepted in advance without one. */
  readonly runReason: string | null;
}

/** One look at the server and the record, with all that Windows tells of the services. */
export interface InventoryResult {
  readonly checklist: Checklist;
  readonly inventory: ServerInventory;
}

/** Listens to a command. Never throws back into the engine. */
export type EngineListener = (event: EngineEvent) => void;

/**
 * Observe, decide, act: the only part that changes the server. Problems that end a command are thrown as `ProblemError`
 * when nothing could be looked at (no rights to read, own state unreadable), and answered as a result otherwise.
 */
export interface Engine {
  /**
   * Reads facts and record. After a sign-off the evidence is asked only on request: open counters disturb Lync's updates.
   * @throws ProblemError
   */
  observe(asksEvidence?: boolean): Promise<Checklist>;
  /** The services as they are now, and nothing of any run: for when the record cannot be read. @throws ProblemError */
  observeServices(): Promise<Checklist>;
  /** As `observe`, and what a simulated copy of this server is made of. @throws ProblemError */
  readInventory(): Promise<InventoryResult>;
  /**
   * True when Windows' list of services, or the start type of one that does not run, no longer is what this checklist shows:
   * all that changes an icon while no run is open. Far cheaper than `observe`, and blind for all else. @throws ProblemError
   */
  hasChanged(since: Checklist): Promise<boolean>;
  /** Who is connected now, with what each probably is. Changes nothing, and needs no lock. @throws ProblemError unknown-service … */
  listEnds(request: EndsRequest): Promise<EndsList>;
  /** What DNS calls these addresses. Never rejects; takes a few seconds at most. */
  findNames(addresses: readonly string[]): Promise<ReadonlyMap<string, AddressName>>;
  /** Those of these services that Windows does not list. @throws ProblemError */
  findUnlisted(serviceNames: readonly string[]): Promise<readonly string[]>;
  /**
   * What `drain` would do with this request; changes nothing.
   * @throws ProblemError unknown-service, unknown-check, check-not-overridable …
   */
  plan(request: DrainRequest): Promise<PlanResult>;
  pause(request: PauseRequest, by: Actor, listen: EngineListener, wait: WaitOptions): Promise<CommandResult>;
  /** Pauses, sets Manual, and waits until ready. With a timeout of 0 it does not wait. */
  drain(request: DrainRequest, by: Actor, listen: EngineListener, wait: WaitOptions): Promise<CommandResult>;
  /** Looks on without changing the server or keeping the lock, until ready (or closed, as asked), or the wait ends. */
  watch(by: Actor, listen: EngineListener, wait: WaitOptions): Promise<CommandResult>;
  /** Takes an administrator's word for what no evidence can say, or for a cut. */
  accept(request: AcceptRequest, by: Actor, listen: EngineListener): Promise<CommandResult>;
  confirm(request: ConfirmRequest, by: Actor, listen: EngineListener): Promise<CommandResult>;
  resume(request: ResumeRequest, by: Actor, listen: EngineListener, wait: WaitOptions): Promise<CommandResult>;
}
