import type { Facts } from '../contract/facts.js';
import type { Problem } from '../contract/problem.js';
import type { Change } from '../contract/run.js';
import type { AwaitPause, Turn } from '../core/maintenance/next-step.js';
import { GROUP_PATIENCE_MS } from '../core/maintenance/patience.js';
import type { BackgroundReadings } from './background-readings.js';
import { CurrentFacts } from './current-facts.js';
import type { Observer } from './observer.js';
import type { EngineParts } from './parts.js';
import { isDueBlindly, isDueWhenFree, noteOrderedAgain, type PendingChange } from './pending-change.js';
import { PendingChanges } from './pending-changes.js';
import { POLL_MS } from './record-reading.js';
import { SentOrder } from './sent-order.js';
import { sleepUnless } from './sleep-unless.js';
import { keepOriginal } from './start-order.js';
import { storeIntended } from './step-entries.js';
import type { WorkingRun } from './working-run.js';

/** What changing services takes. */
export interface ChangeContext {
  readonly parts: EngineParts;
  readonly working: WorkingRun;
  readonly observer: Observer;
  /** Aborting stops at once: orders that were given stand in the record, and the next command goes on with them. */
  readonly signal: AbortSignal;
  /** Monotonic milliseconds after which nothing more is done or waited for; null never. */
  readonly deadlineUpMs: number | null;
}

/** Everything that is left to do, group after group, as facts and record stand. */
export type TurnsOf = (facts: Facts) => readonly Turn[];

/** The longest sleep between two looks at what is due, and the shortest. */
const LONGEST_SLEEP_MS = 1_000;
const SHORTEST_SLEEP_MS = 10;

/**
 * Does everything that `turnsOf` names, group after group. Windows hands out one control at a time (Microsoft Learn,
 * `ControlService`, Remarks), so orders go out one after another; but there is no waiting for a service to be paused before the
 * next one of its group is ordered. The next group begins when every service of this one has come to rest, or half a
 * minute after its last order.
 * @param readings what is read meanwhile; null: nothing
 * @returns the services that could not be read, so that nothing could be done to them, and why not
 * @throws ProblemError record-not-written
 */
export async function changeServices(
  context: ChangeContext,
  before: Facts,
  turnsOf: TurnsOf,
  readings: BackgroundReadings | null,
): Promise<{ readonly unread: ReadonlyMap<string, Problem> }> {
  try {
    return await new ServiceChanges(context, before, turnsOf, readings).carryOut();
  } finally {
    await readings?.end();
  }
}

/** The orders of one command while they are carried out. At most one is with Windows at any time, and nothing stands still for it. */
class ServiceChanges {
  readonly #context: ChangeContext;
  readonly #turnsOf: TurnsOf;
  readonly #readings: BackgroundReadings | null;
  readonly #facts: CurrentFacts;
  readonly #pending: PendingChanges;
  readonly #lastOrderUpMs = new Map<Turn['group'], number>();
  readonly #unread = new Map<string, Problem>();
  /** When a service whose pause may still come is looked at again. */
  readonly #readAgainUpMs = new Map<string, number>();
  #order: SentOrder | null = null;

  constructor(context: ChangeContext, before: Facts, turnsOf: TurnsOf, readings: BackgroundReadings | null) {
    this.#context = context;
    this.#turnsOf = turnsOf;
    this.#readings = readings;
    this.#facts = new CurrentFacts(context, before);
    this.#pending = new PendingChanges(context, this.#facts);
  }

  get #upMs(): number {
    return this.#context.parts.host.now().upMs;
  }

  #isOver(): boolean {
    const { signal, deadlineUpMs } = this.#context;
    return signal.aborted || (deadlineUpMs !== null && this.#upMs >= deadlineUpMs);
  }

  async carryOut(): Promise<{ readonly unread: ReadonlyMap<string, Problem> }> {
    while (!this.#isOver()) {
      await this.#takeAnswer();
      await this.#pending.readStates();
      if (this.#isOver()) break;
      this.#readings?.attend();
      if (this.#order === null && (await this.#takeNext())) continue;
      if (this.#order === null && this.#pending.all.length === 0 && this.#turnsLeft().length === 0) break;
      await this.#sleep();
    }
    return { unread: this.#unread };
  }

  async #takeAnswer(): Promise<void> {
    const order = this.#order;
    const refusal = order?.refusal;
    if (order === null || refusal === undefined) return;
    this.#order = null;
    await this.#pending.takeAnswer(order.serviceName, order.change, refusal);
  }

  /** Gives the next order, or does what needs none. @returns false where nothing is due */
  async #takeNext(): Promise<boolean> {
    const upMs = this.#upMs;
    const pending = this.#pending;
    const entries = pending.all;
    const passing = entries.find(({ againAtUpMs }) => againAtUpMs !== null && upMs >= againAtUpMs);
    if (passing !== undefined) return this.#orderAgain(passing, 'passing');
    const whenFree = entries.find((entry) => isDueWhenFree(entry, pending.freeSinceUpMs));
    if (whenFree !== undefined) return this.#orderAgain(whenFree, 'when-free');
    const turn = this.#turnsLeft().find(({ serviceName }) => upMs >= (this.#readAgainUpMs.get(serviceName) ?? upMs));
    if (turn !== undefined && this.#isOpen(turn)) return this.#take(turn);
    // What may block for half a minute once more comes after everything else.
    const blind = turn === undefined ? entries.find(isDueBlindly) : undefined;
    return blind === undefined ? this.#askForReport(entries) : this.#orderAgain(blind, 'blindly');
  }

  #turnsLeft(): readonly Turn[] {
    return this.#turnsOf(this.#facts.current).filter(
      ({ serviceName }) => !this.#pending.has(serviceName) && !this.#unread.has(serviceName),
    );
  }

  /** True when every service of the groups before this one is at rest, or was given its time. */
  #isOpen({ group }: Turn): boolean {
    return this.#pending.all.every(({ turn }) => turn.group >= group || this.#upMs >= this.#patienceEndUpMs(turn));
  }

  #patienceEndUpMs({ group }: Turn): number {
    return (this.#lastOrderUpMs.get(group) ?? this.#upMs) + GROUP_PATIENCE_MS;
  }

  /** Reads the service again, and acts only if it still needs the same. */
  async #take(turn: Turn): Promise<true> {
    if (!(await this.#refresh(turn))) return true;
    const again = this.#findAgain(turn);
    if (again === undefined) return true;
    const { serviceName, group, step } = again;
    if (step.kind === 'settled') this.#context.working.store({ type: 'returned', serviceName, how: step.how });
    else if (step.kind === 'await-pause') this.#readAgainLater(serviceName, step);
    else {
      this.#lastOrderUpMs.set(group, this.#upMs);
      if (step.kind === 'await-state') await this.#pending.awaitRest(again);
      else this.#begin(again, step);
    }
    return true;
  }

  /** Holds up no other service. */
  #readAgainLater(serviceName: string, { untilUpMs }: AwaitPause): void {
    const upMs = this.#upMs;
    if (!this.#readAgainUpMs.has(serviceName)) {
      this.#context.working.announce({ type: 'unseen-pause', serviceName, leftMs: untilUpMs - upMs });
    }
    this.#readAgainUpMs.set(serviceName, upMs + POLL_MS);
  }

  /** Intention first and on disk, then the order. */
  #begin(turn: Turn, change: Change): void {
    const { parts, working } = this.#context;
    const { serviceName } = turn;
    if (change.kind === 'set-start') keepOriginal(parts, working, this.#facts.current, serviceName);
    storeIntended(working, serviceName, change);
    this.#pending.noteOrdered(turn, change);
    this.#send(serviceName, change);
  }

  #send(serviceName: string, change: Change | null): void {
    this.#order = new SentOrder(this.#context.parts.serviceControl, serviceName, change);
  }

  /** Gives an order once more, if the service still needs it. Its intention stands in the record. */
  async #orderAgain(entry: PendingChange, how: 'when-free' | 'blindly' | 'passing'): Promise<true> {
    const { turn, change } = entry;
    if (!(await this.#refresh(turn))) return true;
    noteOrderedAgain(entry, how);
    if (this.#findAgain(turn) === undefined) await this.#pending.cease(entry);
    else this.#send(turn.serviceName, change);
    return true;
  }

  /** @returns false where the service cannot be read, which ends its step */
  async #refresh(turn: Turn): Promise<boolean> {
    const failure = await this.#facts.refresh(turn.serviceName);
    if (failure === null) return true;
    this.#unread.set(turn.serviceName, failure);
    this.#pending.fail(turn, failure);
    return false;
  }

  /** The same step of the same service, if it is still to be done. */
  #findAgain({ serviceName, group, step }: Turn): Turn | undefined {
    return this.#turnsOf(this.#facts.current).find(
      (turn) => turn.serviceName === serviceName && turn.group === group && turn.step.kind === step.kind,
    );
  }

  /** A service may report its state late; asking cannot do harm, and a refusal says nothing we need. It would wait for a busy handler. */
  #askForReport(entries: readonly PendingChange[]): boolean {
    const upMs = this.#upMs;
    const silent = entries.find(({ wait }) => wait !== null && upMs >= wait.nextReportUpMs);
    if (silent === undefined || this.#pending.blocking !== null) return false;
    silent.wait?.noteAsked(upMs);
    this.#send(silent.turn.serviceName, null);
    return true;
  }

  /** Until something is due, Windows answers, or a reading has ended. */
  async #sleep(): Promise<void> {
    const { parts, signal } = this.#context;
    const readings = this.#readings;
    const order = this.#order;
    const upMs = this.#upMs;
    const leftMs = this.#dueTimes()
      .filter((dueUpMs) => dueUpMs > upMs)
      .map((dueUpMs) => dueUpMs - upMs);
    const milliseconds = Math.max(SHORTEST_SLEEP_MS, Math.min(LONGEST_SLEEP_MS, ...leftMs));
    const events = [order?.answered, readings?.news].flatMap((event) => event ?? []);
    await sleepUnless(parts.host, milliseconds, signal, events);
  }

  #dueTimes(): readonly number[] {
    const readings = this.#readings;
    const order = this.#order;
    const pending = this.#pending;
    const times = pending.all.flatMap(({ turn, wait, againAtUpMs }) => [
      wait?.nextReadUpMs,
      ...(order === null ? [this.#patienceEndUpMs(turn), againAtUpMs, pending.blocking === null ? wait?.nextReportUpMs : null] : []),
    ]);
    const others = [
      ...this.#readAgainUpMs.values(),
      this.#context.deadlineUpMs,
      readings !== null && readings.news === null ? readings.dueUpMs : null,
    ];
    return [...times, ...others].flatMap((time) => (time === null || time === undefined ? [] : [time]));
  }
}
