import type { Facts } from '../contract/facts.js';
import type { Problem } from '../contract/problem.js';
import type { Change } from '../contract/run.js';
import type { AwaitPause, Turn } from '../core/maintenance/next-step.js';
import { GROUP_PATIENCE_MS } from '../core/maintenance/patience.js';
import { RunView } from '../core/maintenance/run-view.js';
import type { Host } from '../ports/host.js';
import type { BackgroundReadings } from './background-readings.js';
import type { EngineContext } from './engine-context.js';
import { CurrentFacts } from './observer.js';
import { originalEntries } from './order.js';
import { isDueBlindly, isDueWhenFree, noteOrderedAgain, type PendingChange } from './pending-change.js';
import { PendingChanges } from './pending-changes.js';
import { POLL_MS } from './record-reading.js';
import type { WorkingRun } from './working-run.js';

/** What is to be changed, and what goes on meanwhile. */
export interface ChangeTask {
  /** Everything that is left to do, group after group, as facts and record stand. Pure. */
  readonly turnsOf: (view: RunView) => readonly Turn[];
  /** The services that could not be read, and why not: nothing is done to them. Those that cannot be read here are added. */
  readonly unreadable: Map<string, Problem>;
  /** Null: nothing is read meanwhile. */
  readonly readings: BackgroundReadings | null;
}

/** The longest sleep between two looks at what is due, and the shortest. */
const LONGEST_SLEEP_MS = 1_000;
const SHORTEST_SLEEP_MS = 10;

/**
 * Does everything that `turnsOf` names, group after group. Windows hands out one control at a time (Microsoft Learn,
 * `ControlService`, Remarks), so orders go out one after another; but there is no waiting for a service to be paused before the
 * next one of its group is ordered. The next group begins when every service of this one has come to rest, or half a
 * minute after its last order.
 * @throws ProblemError record-not-written
 */
export async function changeServices(context: EngineContext, working: WorkingRun, before: Facts, task: ChangeTask): Promise<void> {
  try {
    await new ServiceChanges(context, working, before, task).carryOut();
  } finally {
    await task.readings?.end();
  }
}

/** Whose turn it is, while the orders of one command are carried out. */
class ServiceChanges {
  readonly #context: EngineContext;
  readonly #working: WorkingRun;
  readonly #task: ChangeTask;
  readonly #facts: CurrentFacts;
  readonly #pending: PendingChanges;
  readonly #lastOrderUpMs = new Map<Turn['group'], number>();
  /** When a service whose pause may still come is looked at again. */
  readonly #readAgainUpMs = new Map<string, number>();
  #view: RunView | null = null;

  constructor(context: EngineContext, working: WorkingRun, before: Facts, task: ChangeTask) {
    this.#context = context;
    this.#working = working;
    this.#task = task;
    this.#facts = new CurrentFacts(context, before);
    this.#pending = new PendingChanges(context, working, this.#facts);
  }

  get #upMs(): number {
    return this.#context.parts.host.now().upMs;
  }

  #isOver(): boolean {
    const { wait, deadlineUpMs } = this.#context;
    return wait.signal.aborted || (deadlineUpMs !== null && this.#upMs >= deadlineUpMs);
  }

  async carryOut(): Promise<void> {
    while (!this.#isOver()) {
      await this.#pending.takeAnswer();
      await this.#pending.readStates();
      if (this.#isOver()) break;
      this.#task.readings?.attend();
      const isSending = this.#pending.answered !== null;
      if (!isSending && (await this.#takeNext())) continue;
      if (!isSending && this.#pending.all.length === 0 && this.#turnsLeft().length === 0) break;
      await this.#sleep();
    }
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
    const { unreadable } = this.#task;
    return this.#turns().filter(({ serviceName }) => !this.#pending.has(serviceName) && !unreadable.has(serviceName));
  }

  /** As facts and record stand now: both may have got further since the last time. */
  #turns(): readonly Turn[] {
    const facts = this.#facts.current;
    const { run } = this.#working;
    if (this.#view?.facts !== facts || this.#view.run !== run) this.#view = new RunView(facts, run);
    return this.#task.turnsOf(this.#view);
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
    if (step.kind === 'settled') this.#working.store({ type: 'returned', serviceName, how: step.how });
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
      this.#working.announce({ type: 'unseen-pause', serviceName, leftMs: untilUpMs - upMs });
    }
    this.#readAgainUpMs.set(serviceName, upMs + POLL_MS);
  }

  /** Intention first and on disk, then the order. */
  #begin(turn: Turn, change: Change): void {
    const { serviceName } = turn;
    if (change.kind === 'set-start') this.#keepOriginal(serviceName);
    this.#working.tell({ type: 'intended', serviceName, change });
    this.#pending.order(turn, change);
  }

  /**
   * A start type may have been changed since the order was given, and the first one that the run replaces is the one to restore.
   * @throws ProblemError record-not-written
   */
  #keepOriginal(serviceName: string): void {
    const working = this.#working;
    const entries = originalEntries(this.#facts.current, working.run, [serviceName]);
    if (entries.length === 0) return;
    working.store(...entries);
    working.writeUndoCard();
    working.announceEntries(entries);
  }

  /** Gives an order once more, if the service still needs it. Its intention stands in the record. */
  async #orderAgain(entry: PendingChange, how: 'when-free' | 'blindly' | 'passing'): Promise<true> {
    const { turn, change } = entry;
    if (!(await this.#refresh(turn))) return true;
    noteOrderedAgain(entry, how);
    if (this.#findAgain(turn) === undefined) await this.#pending.cease(entry);
    else this.#pending.send(turn.serviceName, change);
    return true;
  }

  /** @returns false where the service cannot be read, which ends its step */
  async #refresh(turn: Turn): Promise<boolean> {
    const failure = await this.#facts.refresh(turn.serviceName);
    if (failure === null) return true;
    this.#task.unreadable.set(turn.serviceName, failure);
    this.#pending.fail(turn, failure);
    return false;
  }

  /** The same step of the same service, if it is still to be done. */
  #findAgain({ serviceName, group, step }: Turn): Turn | undefined {
    return this.#turns().find((turn) => turn.serviceName === serviceName && turn.group === group && turn.step.kind === step.kind);
  }

  /** A service may report its state late; asking cannot do harm, and a refusal says nothing we need. It would wait for a busy handler. */
  #askForReport(entries: readonly PendingChange[]): boolean {
    const upMs = this.#upMs;
    const silent = entries.find(({ wait }) => wait !== null && upMs >= wait.nextReportUpMs);
    if (silent === undefined || this.#pending.blocking !== null) return false;
    silent.wait?.noteAsked(upMs);
    this.#pending.send(silent.turn.serviceName, null);
    return true;
  }

  /** Until something is due, Windows answers, or a reading has ended. */
  async #sleep(): Promise<void> {
    const { parts, wait } = this.#context;
    const { readings } = this.#task;
    const upMs = this.#upMs;
    const leftMs = this.#dueTimes()
      .filter((dueUpMs) => dueUpMs > upMs)
      .map((dueUpMs) => dueUpMs - upMs);
    const milliseconds = Math.max(SHORTEST_SLEEP_MS, Math.min(LONGEST_SLEEP_MS, ...leftMs));
    const events = [this.#pending.answered, readings?.news].flatMap((event) => event ?? []);
    await sleepUnless(parts.host, milliseconds, wait.signal, events);
  }

  #dueTimes(): readonly number[] {
    const { readings } = this.#task;
    const pending = this.#pending;
    const times = pending.all.flatMap(({ turn, wait, againAtUpMs }) => [
      wait?.nextReadUpMs,
      ...(pending.answered === null
        ? [this.#patienceEndUpMs(turn), againAtUpMs, pending.blocking === null ? wait?.nextReportUpMs : null]
        : []),
    ]);
    const others = [
      ...this.#readAgainUpMs.values(),
      this.#context.deadlineUpMs,
      readings !== null && readings.news === null ? readings.dueUpMs : null,
    ];
    return [...times, ...others].flatMap((time) => (time === null || time === undefined ? [] : [time]));
  }
}

/** Resolves after so many milliseconds, when one of the promises does, or when the signal is aborted. The promises never reject. */
async function sleepUnless(host: Host, milliseconds: number, signal: AbortSignal, events: readonly Promise<void>[]): Promise<void> {
  const woken = new AbortController();
  const wake = (): void => woken.abort();
  if (signal.aborted) wake();
  signal.addEventListener('abort', wake);
  try {
    await Promise.race([host.sleep(milliseconds, woken.signal), ...events]);
  } finally {
    wake();
    signal.removeEventListener('abort', wake);
  }
}
