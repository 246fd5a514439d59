import type { AppSettings } from '../../contract/app-snapshot.js';
import type { Checklist } from '../../contract/checklist.js';
import type { Answer } from '../../contract/ipc-channels.js';
import type { Request } from '../../contract/ipc.js';
import { problem, ProblemError } from '../../contract/problem.js';
import type { Run } from '../../contract/run.js';
import { allowedOrders } from '../../core/maintenance/allowed-orders.js';
import { isFromBeforeRestart } from '../../core/maintenance/from-before-restart.js';
import type { TurnOff } from '../../ports/power.js';
import { quickPauseOf } from './app-store.js';
import { Orders } from './orders.js';
import { dueReminder } from './reminders.js';
import { ServerFollower } from './server-follower.js';
import type { SessionParts } from './session-parts.js';
import { unfinishedOrder, type RepeatedOrder } from './unfinished-order.js';

/** A quick pause whose end failed is tried again after this long. */
const TRY_AGAIN_MS = 60_000;

/** One server while the app works on it: follows it, takes orders, ends quick pauses, reminds. */
export class ServerSession {
  readonly parts: SessionParts;
  readonly orders: Orders;
  readonly #follower: ServerFollower;
  readonly #settings: () => AppSettings;
  readonly #unsubscribe: () => void;
  readonly #reminded = new Set<string>();
  #triedAtMs = Number.NEGATIVE_INFINITY;
  #hasLookedForUnfinished = false;

  constructor(parts: SessionParts, settings: () => AppSettings) {
    this.parts = parts;
    this.#settings = settings;
    this.#follower = new ServerFollower(parts);
    this.orders = new Orders(parts, this.#follower);
    this.#unsubscribe = parts.store.onChange(() => this.#onChange());
  }

  start(): void {
    this.#follower.start();
  }

  /** Gives everything back; what is ordered is carried out first. */
  async close(): Promise<void> {
    this.#unsubscribe();
    this.orders.stopWorking();
    await this.orders.settled();
    await this.#follower.stop();
    await this.parts.server.close();
  }

  readNow(): void {
    this.#follower.readNow();
  }

  /** A quick pause that counts down stays until the administrator decides otherwise. */
  keepPaused(): Answer<null> {
    const run = this.findOpenRun();
    if (run === null) return { ok: false, problem: problem('no-open-run') };
    const { services, reason } = run.order;
    return this.orders.pause({ services, forMs: null, reason, overrides: [] }, 'keepPaused');
  }

  /**
   * Restarts or shuts down, if the token is of now and a reading of now still says confirmed. Other people are signed out only if the
   * consent is to exactly those who are signed in now.
   * @throws ProblemError restart-not-confirmed, others-signed-in, whatever Windows refuses with, or what a reading throws
   */
  async turnOff(how: TurnOff, { token, consent }: Request<'restartComputer'>): Promise<void> {
    const { server, store, clock } = this.parts;
    if (store.powerToken !== token) throw new ProblemError(problem('restart-not-confirmed'));
    const isForced = await (await import('./signed-in.js')).mayForce(server.power, consent, clock);
    this.#follower.take(await server.engine.observe());
    if (!allowedOrders(store.state.checklist, store.state.activity).restart) throw new ProblemError(problem('restart-not-confirmed'));
    await server.power.turnOff(how, isForced);
    this.#follower.readNow();
  }

  /** The open run, null when there is none or it cannot be read. */
  findOpenRun(): Run | null {
    return this.parts.server.records.findOpen()?.run ?? null;
  }

  #onChange(): void {
    const { checklist, activity, readingProblem } = this.parts.store.state;
    if (checklist === null || readingProblem !== null || activity.kind !== 'idle') return;
    if (!this.#hasLookedForUnfinished) {
      this.#hasLookedForUnfinished = true;
      this.#askAboutCutOff(checklist);
    } else this.#forgetCutOff();
    if (quickPauseOf(checklist)?.leftMs === 0) this.#endQuickPause(checklist.now.at);
    const reminder = dueReminder(checklist, this.#settings(), this.#reminded);
    if (reminder === null) return;
    this.#reminded.add(reminder.key);
    this.parts.store.addEvent(checklist.now.at, reminder.event);
    if (reminder.forgotten !== null) this.parts.server.logReminder?.(reminder.forgotten.runId, reminder.forgotten.hours);
  }

  /** Where another process has the lock, it is at it. What the record says counts: the reading may be from before a later order. */
  #endQuickPause(at: string): void {
    if (this.parts.clock.upMs() - this.#triedAtMs < TRY_AGAIN_MS || this.parts.server.records.readLockOwner() !== null) return;
    const run = this.findOpenRun();
    if (run?.order.until == null || Date.parse(run.order.until) > Date.parse(at)) return;
    this.#triedAtMs = this.parts.clock.upMs();
    const key = `${run.id} ends ${run.order.until}`;
    if (!this.orders.resume({ services: null, stayStopped: false, conflicts: null }).ok || this.#reminded.has(key)) return;
    this.#reminded.add(key);
    this.parts.store.addEvent(at, { level: 'info', kind: 'quick-pause-ends', params: {}, problem: null });
  }

  /** Gives the order again that was cut off, as it was given; nothing where it is finished by now. */
  goOn(): Answer<null> {
    const order = this.#findUnfinished();
    this.parts.store.change({ cutOff: null });
    if (order?.command === 'drain') return this.orders.drain(order.request);
    if (order?.command === 'pause') return this.orders.pause(order.request);
    if (order?.command === 'resume') return this.orders.resume(order.request);
    return { ok: true, value: null };
  }

  /**
   * An order whose process was killed, and left the lock behind, waits for the word of an administrator. Not one that was stopped or
   * left on purpose; not one from before a restart, where the person who started things meant it; nor while another process is at it.
   */
  #askAboutCutOff({ now, computer }: Checklist): void {
    const { server, store } = this.parts;
    const run = this.findOpenRun();
    if (run === null || isFromBeforeRestart(run, computer)) return;
    if (server.records.readLockOwner() !== null || server.records.readDeadLockOwner()?.command !== run.order.command) return;
    if (this.#findUnfinished() === null) return;
    const { command } = run.order;
    store.change({ cutOff: command });
    store.addEvent(now.at, { level: 'attention', kind: 'cut-off', params: { command }, problem: null });
  }

  /** The question is over when another process goes on with the order, or nothing of it is left. */
  #forgetCutOff(): void {
    const { store } = this.parts;
    if (store.state.cutOff === null) return;
    if (store.state.worker !== null || this.#findUnfinished() === null) store.change({ cutOff: null });
  }

  #findUnfinished(): RepeatedOrder | null {
    const { checklist } = this.parts.store.state;
    const run = this.findOpenRun();
    return checklist === null || run === null ? null : unfinishedOrder(run, checklist);
  }
}
