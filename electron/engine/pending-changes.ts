import { problem, ProblemError, type Problem } from '../contract/problem.js';
import type { Change, EntryDraft, Run } from '../contract/run.js';
import { isSameStart, shownStartType, type ServiceStatus, type StartSetting } from '../contract/service.js';
import type { Turn } from '../core/maintenance/next-step.js';
import type { ServiceControl } from '../ports/service-control.js';
import type { EngineContext } from './engine-context.js';
import type { CurrentFacts } from './observer.js';
import {
  dueWaiting,
  goalOf,
  isControl,
  isDueBlindly,
  isStateChange,
  judgeFinalRefusal,
  judgeRefusal,
  judgeSettled,
  noteTimeout,
  orderAgainLater,
  startPendingChange,
  type PendingChange,
} from './pending-change.js';
import { StateWait } from './state-wait.js';
import type { WorkingRun } from './working-run.js';

/**
 * Sends orders to Windows, and follows the services that were ordered to change until they come to rest. At most one order is with
 * Windows at any time, and nothing stands still for it. What the orders show of Windows' one busy handler is kept here too.
 */
export class PendingChanges {
  readonly #context: EngineContext;
  readonly #working: WorkingRun;
  readonly #facts: CurrentFacts;
  readonly #entries = new Map<string, PendingChange>();
  #sent: SentOrder | null = null;
  /** The service whose handler keeps Windows from giving out controls; null: none that we know of. */
  #blockingService: string | null = null;
  #freeSince = Number.NEGATIVE_INFINITY;

  constructor(context: EngineContext, working: WorkingRun, facts: CurrentFacts) {
    this.#context = context;
    this.#working = working;
    this.#facts = facts;
  }

  get all(): readonly PendingChange[] {
    return [...this.#entries.values()];
  }

  has(serviceName: string): boolean {
    return this.#entries.has(serviceName);
  }

  get blocking(): string | null {
    return this.#blockingService;
  }

  /** When Windows was last seen to give out a control, monotonic milliseconds. */
  get freeSinceUpMs(): number {
    return this.#freeSince;
  }

  get #upMs(): number {
    return this.#context.parts.host.now().upMs;
  }

  /** Resolves when Windows has answered the order that it has; null where it has none. */
  get answered(): Promise<void> | null {
    return this.#sent?.answered ?? null;
  }

  /** Orders a change for the first time; its intention stands in the record. */
  order(turn: Turn, change: Change): void {
    const state = this.#facts.current.statuses.get(turn.serviceName)?.state ?? null;
    this.#entries.set(turn.serviceName, startPendingChange(turn, change, state, this.#upMs));
    this.send(turn.serviceName, change);
  }

  /** @param change null: the service is only asked to report its state */
  send(serviceName: string, change: Change | null): void {
    this.#sent = new SentOrder(this.#context.parts.serviceControl, serviceName, change);
  }

  /** A service that is changing its state already, by whomever it was ordered; perhaps by us before we were killed. */
  async awaitRest(turn: Turn): Promise<void> {
    const status = this.#facts.current.statuses.get(turn.serviceName);
    const entry = startPendingChange(turn, null, status?.state ?? null, this.#upMs);
    this.#entries.set(turn.serviceName, entry);
    if (status !== undefined) await this.#waitFor(entry, status, null);
  }

  /** Takes what Windows said of the order that it had, if it has answered. */
  async takeAnswer(): Promise<void> {
    const sent = this.#sent;
    const refusal = sent?.refusal;
    if (sent === null || refusal === undefined) return;
    this.#sent = null;
    const { serviceName, change } = sent;
    if (refusal === null && isControl(change)) this.#noteFree();
    const entry = this.#entries.get(serviceName);
    if (change === null || entry === undefined) return;
    if (isStateChange(change)) return this.#follow(entry, refusal);
    if (refusal !== null && judgeRefusal(entry, refusal, null, this.#upMs) === 'again') orderAgainLater(entry, refusal, this.#upMs);
    else await this.#conclude(entry, refusal);
  }

  /** Reads the state of every service whose turn it is to be read. */
  async readStates(): Promise<void> {
    for (const entry of this.all) {
      const { wait } = entry;
      if (wait !== null && this.#upMs >= wait.nextReadUpMs) await this.#readState(entry, wait);
      if (this.has(entry.turn.serviceName)) this.#announce(entry);
    }
  }

  /** The service no longer needs what it was ordered: it is waited for where its state changes, and forgotten otherwise. */
  async cease(entry: PendingChange): Promise<void> {
    const { turn, change } = entry;
    const status = this.#facts.current.statuses.get(turn.serviceName);
    if (change !== null && isStateChange(change) && status !== undefined) await this.#waitFor(entry, status, entry.refusal);
    else this.#entries.delete(turn.serviceName);
  }

  /** A step that cannot be taken, or has failed. */
  fail({ serviceName, step }: Turn, failure: Problem): void {
    this.#entries.delete(serviceName);
    const change =
      step.kind === 'await-state' ? step.change : step.kind === 'settled' || step.kind === 'await-pause' ? 'continue' : step.kind;
    // What is no longer waited for has not failed: the next command goes on with it.
    if (!this.#context.wait.signal.aborted) this.#working.tell({ type: 'failed', serviceName, change, problem: failure });
  }

  #noteFree(): void {
    this.#blockingService = null;
    this.#freeSince = this.#upMs;
  }

  /** Reads back what became of a service that was told to change its state: it is waited for, ordered again, or has failed. */
  async #follow(entry: PendingChange, refusal: Problem | null): Promise<void> {
    const read = await this.#facts.readStatus(entry.turn.serviceName);
    if ('failure' in read) return this.#conclude(entry, refusal ?? read.failure);
    if (refusal === null) return this.#waitFor(entry, read.answer, null);
    const verdict = judgeRefusal(entry, refusal, read.answer, this.#upMs);
    const hasMoved = read.answer.state !== entry.stateBefore;
    if (refusal.id === 'request-timeout' && !hasMoved) this.#noteTimeout(entry);
    switch (verdict) {
      case 'again':
        orderAgainLater(entry, refusal, this.#upMs);
        return;
      case 'failed':
        return this.#conclude(entry, judgeFinalRefusal(entry, refusal));
      case 'wait':
        return this.#waitFor(entry, read.answer, refusal);
      case 'read-back':
        return this.#waitFor(entry, read.answer, null);
    }
  }

  /** Windows stopped waiting for a handler: for this service's, unless another one was known to be busy. */
  #noteTimeout(entry: PendingChange): void {
    const { serviceName } = entry.turn;
    noteTimeout(entry, this.#upMs, this.#blockingService === serviceName ? null : this.#blockingService);
    if (isControl(entry.change)) this.#blockingService ??= serviceName;
  }

  async #waitFor(entry: PendingChange, status: ServiceStatus, refusal: Problem | null): Promise<void> {
    entry.againAtUpMs = null;
    entry.refusal = refusal;
    entry.wait = new StateWait(goalOf(entry.change), status, this.#upMs);
    await this.#note(entry, entry.wait, status);
  }

  async #readState(entry: PendingChange, wait: StateWait): Promise<void> {
    const read = await this.#facts.readStatus(entry.turn.serviceName);
    if ('failure' in read) await this.#conclude(entry, entry.refusal ?? read.failure);
    else await this.#note(entry, wait, read.answer);
  }

  async #note(entry: PendingChange, wait: StateWait, status: ServiceStatus): Promise<void> {
    const settled = wait.note(status, this.#upMs);
    if (wait.hasDeparted && this.#blockingService === entry.turn.serviceName) this.#noteFree();
    // An order that may never have arrived is given once more before its service has failed.
    if (settled === null || (settled.kind === 'out-of-patience' && isDueBlindly(entry))) return;
    await this.#conclude(entry, judgeSettled(entry, settled));
  }

  /** Writes down how a service's step ended. */
  async #conclude({ turn, change, wait }: PendingChange, failure: Problem | null): Promise<void> {
    const { serviceName } = turn;
    this.#entries.delete(serviceName);
    if (failure !== null) this.fail(turn, failure);
    else if (change !== null) this.#tellChanged(serviceName, change.kind, wait?.status ?? null);
    // Where it cannot be read, the reading of everything that follows says what it is.
    await this.#facts.refresh(serviceName);
  }

  /** @param status as Windows said that the change holds */
  #tellChanged(serviceName: string, change: Change['kind'], status: ServiceStatus | null): void {
    const started = change === 'start' && status !== null ? startedEntries(this.#working.run, status) : [];
    this.#working.tell({ type: 'changed', serviceName, change }, ...started);
  }

  #announce(entry: PendingChange): void {
    const { serviceName } = entry.turn;
    const isBlockedByOther = this.#blockingService !== null && this.#blockingService !== serviceName;
    const isAnswered = entry.wait !== null && (entry.timeout === null || entry.wait.hasDeparted);
    if (isBlockedByOther && !isAnswered) {
      entry.waitedSinceUpMs = this.#upMs;
      return;
    }
    const state = (entry.wait?.status ?? this.#facts.current.statuses.get(serviceName))?.state;
    const waiting = state === undefined ? null : dueWaiting(entry, { state, isAnswered, upMs: this.#upMs });
    if (waiting !== null) this.#working.announce({ type: 'waiting', ...waiting });
  }
}

/**
 * What was started takes calls in a process that is new to the record: named at once, its end is a loss also before the next
 * reading of everything. A process that the record has there is left to that reading, which tells what went with it.
 */
function startedEntries({ lastSeen }: Run, { serviceName, state, processId }: ServiceStatus): readonly EntryDraft[] {
  const known = lastSeen.get(serviceName);
  if (known !== undefined && known.processId !== 0 && !known.isLost) return [];
  return [{ type: 'observed', services: { [serviceName]: { state, processId } } }];
}

/**
 * One order that Windows has not answered yet. The call may block for 30 s; the sender goes on with other things
 * meanwhile and looks at `answer` when it is there.
 */
class SentOrder {
  readonly serviceName: string;
  /** Null: the service was only asked to report its state. */
  readonly change: Change | null;
  /** Resolves when Windows has answered, whatever it said. */
  readonly answered: Promise<void>;
  #outcome: { readonly refusal: Problem | null } | { readonly defect: unknown } | null = null;

  constructor(serviceControl: ServiceControl, serviceName: string, change: Change | null) {
    this.serviceName = serviceName;
    this.change = change;
    this.answered = send(serviceControl, serviceName, change).then(
      (refusal) => void (this.#outcome = { refusal }),
      (error: unknown) => void (this.#outcome = error instanceof ProblemError ? { refusal: error.problem } : { defect: error }),
    );
  }

  /** What Windows said: null where it took the order. Undefined before that. A failure of our own is thrown. */
  get refusal(): Problem | null | undefined {
    if (this.#outcome === null) return undefined;
    if ('defect' in this.#outcome) throw this.#outcome.defect;
    return this.#outcome.refusal;
  }
}

/** @returns null, or why a start type that was written does not stand there */
async function send(serviceControl: ServiceControl, serviceName: string, change: Change | null): Promise<Problem | null> {
  switch (change?.kind) {
    case undefined:
      await serviceControl.sendControl(serviceName, 'interrogate');
      return null;
    case 'pause':
    case 'continue':
      await serviceControl.sendControl(serviceName, change.kind);
      return null;
    case 'start':
      await serviceControl.startService(serviceName);
      return null;
    case 'set-start':
    case 'restore-start':
      await serviceControl.setStart(serviceName, { startType: change.to.startType, delayed: flagToWrite(change) });
      return readBack(serviceControl, serviceName, change.to);
  }
}

/** The delayed flag is written on the way back alone, and only if it stands otherwise. Null: it is left as it is. */
function flagToWrite({ kind, from, to }: Extract<Change, { kind: 'set-start' | 'restore-start' }>): boolean | null {
  return kind === 'set-start' || from.delayed === null || from.delayed === to.delayed ? null : to.delayed;
}

async function readBack(serviceControl: ServiceControl, serviceName: string, to: StartSetting): Promise<Problem | null> {
  const start = await serviceControl.readStart(serviceName);
  if (isSameStart(start, to)) return null;
  return problem('start-type-reverted', { serviceName, wanted: shownStartType(to), now: shownStartType(start) });
}
