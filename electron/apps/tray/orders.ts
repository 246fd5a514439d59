import type { AppCommand, LastResult, ServiceProgress } from '../../contract/app-snapshot.js';
import type { Answer } from '../../contract/ipc-channels.js';
import { problem, type Problem } from '../../contract/problem.js';
import { allowedOrders, refusalInPhase, type AllowedOrders } from '../../core/maintenance/allowed-orders.js';
import type {
  AcceptRequest,
  CommandResult,
  ConfirmRequest,
  DrainRequest,
  Engine,
  EngineEvent,
  PauseRequest,
  ResumeRequest,
  WaitOptions,
} from '../../engine/engine.js';
import { problemOf, type ServerFollower } from './server-follower.js';
import type { SessionParts } from './session-parts.js';

/** Commands make their changes and end; the follower does the waiting, without the lock. */
const NO_WAITING_MS = 0;

/** Outcomes after which everything ordered was done. */
const SUCCESSES: ReadonlySet<CommandResult['outcome']> = new Set([
  'done',
  'ready',
  'paused',
  'draining',
  'confirmed',
  'returned',
  'nothing-to-do',
]);

/** What became of an order, with what may be ordered instead. */
type Ending = CommandResult & Pick<LastResult, 'refusedPause'>;

/** Takes orders, one at a time, and keeps the store right while they are carried out. */
export class Orders {
  readonly #parts: SessionParts;
  readonly #follower: ServerFollower;
  #stop: AbortController | null = null;
  /** Aborted when the next order begins. */
  #nextOrder = new AbortController();
  #ended: Promise<unknown> = Promise.resolve();

  constructor(parts: SessionParts, follower: ServerFollower) {
    this.#parts = parts;
    this.#follower = follower;
  }

  /** @param permission `keepPaused` for a pause of what is paused already */
  pause(request: PauseRequest, permission: 'pause' | 'keepPaused' = 'pause'): Answer<null> {
    const begun = this.#begin('pause', permission);
    if (!begun.ok) return begun;
    return this.#follow('pause', withRefusedPause(request, this.#engine.pause(request, this.#parts.by, this.#listen, begun.value)));
  }

  drain(request: DrainRequest): Answer<null> {
    const begun = this.#begin('drain');
    return begun.ok ? this.#follow('drain', this.#engine.drain(request, this.#parts.by, this.#listen, begun.value)) : begun;
  }

  confirm(request: ConfirmRequest): Answer<null> {
    const begun = this.#begin('confirm');
    return begun.ok ? this.#follow('confirm', this.#engine.confirm(request, this.#parts.by, this.#listen)) : begun;
  }

  accept(request: AcceptRequest): Answer<null> {
    const begun = this.#begin('accept');
    return begun.ok ? this.#follow('accept', this.#engine.accept(request, this.#parts.by, this.#listen)) : begun;
  }

  resume(request: ResumeRequest): Answer<null> {
    const begun = this.#begin('resume');
    return begun.ok ? this.#follow('resume', this.#bringBack(request, begun.value)) : begun;
  }

  /** Stops making changes after the present one; what is done stays done, and the run open. */
  stopWorking(): Answer<null> {
    this.#stop?.abort();
    return { ok: true, value: null };
  }

  /** Resolves when no command works any more. */
  async settled(): Promise<void> {
    await this.#ended;
  }

  get #engine(): Engine {
    return this.#parts.server.engine;
  }

  /** Takes an order, or refuses it. From here on the app works. @returns how long the order may wait */
  #begin(command: AppCommand, permission: keyof AllowedOrders = command): Answer<WaitOptions> {
    const refusal = this.#refusalOf(command, permission);
    if (refusal !== null) return { ok: false, problem: refusal };
    const { store, server } = this.#parts;
    this.#stop = new AbortController();
    this.#nextOrder.abort();
    this.#nextOrder = new AbortController();
    store.change({ activity: { kind: 'working', command, startedAt: server.host.now().at, services: [] }, lastResult: null, cutOff: null });
    this.#follower.readNow();
    return { ok: true, value: { timeoutMs: NO_WAITING_MS, signal: this.#stop.signal } };
  }

  /** What the Front-End shows after it is told in the event list; the order is over before. */
  async #bringBack(request: ResumeRequest, wait: WaitOptions): Promise<CommandResult> {
    const { server, by } = this.#parts;
    if (server.health === undefined) return this.#engine.resume(request, by, this.#listen, wait);
    const { FrontEndWayBack } = await import('./front-end-way-back.js');
    const frontEnd = new FrontEndWayBack(this.#parts, server.health);
    const listen = (event: EngineEvent): void => {
      this.#listen(event);
      frontEnd.listen(event);
    };
    const result = await this.#engine.resume(request, by, listen, wait);
    void frontEnd.conclude(result, this.#nextOrder.signal);
    return result;
  }

  /** Answers at once; what becomes of the order is told when it is over. */
  #follow(command: AppCommand, ending: Promise<Ending>): Answer<null> {
    this.#ended = this.#conclude(command, ending);
    return { ok: true, value: null };
  }

  #refusalOf(command: AppCommand, permission: keyof AllowedOrders): Problem | null {
    const { checklist, readingProblem, activity } = this.#parts.store.state;
    if (activity.kind === 'working') return problem('busy');
    // Its originals are whole: they still bring everything back.
    const isWayBackLeft = command === 'resume' && readingProblem?.id === 'record-tail-lost';
    if (readingProblem !== null && !isWayBackLeft) return readingProblem;
    if (checklist === null) return problem('busy');
    if (!checklist.computer.elevated) return problem('not-elevated', { user: checklist.computer.user });
    if (isWayBackLeft || allowedOrders(checklist, activity)[permission]) return null;
    return refusalInPhase(command, checklist.run) ?? problem(command === 'confirm' ? 'not-ready' : 'no-lync-service');
  }

  readonly #listen = (event: EngineEvent): void => {
    const { store } = this.#parts;
    const { activity } = store.state;
    if (event.type === 'step' && activity.kind === 'working') {
      const { serviceName, step, state, problem: stepProblem } = event;
      store.change({
        activity: { ...activity, services: withProgress(activity.services, { serviceName, step, state, problem: stepProblem }) },
      });
    }
    this.#follower.listen(event);
  };

  async #conclude(command: AppCommand, ending: Promise<Ending>): Promise<void> {
    const { store, server } = this.#parts;
    const {
      outcome,
      problem: obstacle,
      checklist,
      refusedPause,
    } = await ending.catch((error: unknown): Ending => ({ outcome: 'failed', problem: problemOf(error), checklist: null }));
    const { at } = server.host.now();
    this.#stop = null;
    // Before it is said that nothing goes on: what is judged then is what the order led to.
    if (checklist !== null && outcome !== 'blocked') this.#follower.take(checklist);
    const lastResult = { command, at, outcome, problem: obstacle, ...(refusedPause !== undefined && { refusedPause }) };
    store.change({ activity: { kind: 'idle' }, lastResult });
    // What was lost is told as that, and the order was carried out all the same.
    if (!SUCCESSES.has(outcome) && outcome !== 'interrupted' && outcome !== 'lost') {
      store.addEvent(at, { level: 'failure', kind: 'command-failed', params: {}, problem: obstacle });
    }
    this.#follower.readNow();
  }
}

async function withRefusedPause(request: PauseRequest, ending: Promise<CommandResult>): Promise<Ending> {
  const result = await ending;
  if (result.outcome !== 'blocked') return result;
  const refusedPause = (await import('./refused-pause.js')).refusedPauseOf(request, result);
  return refusedPause === null ? result : { ...result, refusedPause };
}

function withProgress(services: readonly ServiceProgress[], progress: ServiceProgress): readonly ServiceProgress[] {
  return [...services.filter((one) => one.serviceName !== progress.serviceName || one.step !== progress.step), progress];
}
