import type { AppCommand, LastResult, ServiceProgress } from '../../contract/app-snapshot.js';
import type { Answer } from '../../contract/ipc-channels.js';
import { problem, type Problem } from '../../contract/problem.js';
import { allowedOrders, refusalInPhase, type AllowedOrders } from '../../core/maintenance/allowed-orders.js';
import type {
  AcceptRequest,
  CommandResult,
  ConfirmRequest,
  DrainRequest,
  EngineEvent,
  EngineListener,
  PauseRequest,
  ResumeRequest,
  WaitOptions,
} from '../../engine/engine.js';
import { refusedPauseOf } from './refused-pause.js';
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

type Act = (listen: EngineListener, wait: WaitOptions) => Promise<Ending>;

/** Takes orders, one at a time, and keeps the store right while they are carried out. */
export class Orders {
  readonly #parts: SessionParts;
  readonly #follower: ServerFollower;
  #stop: AbortController | null = null;
  #ended: Promise<unknown> = Promise.resolve();

  constructor(parts: SessionParts, follower: ServerFollower) {
    this.#parts = parts;
    this.#follower = follower;
  }

  /** @param permission `keepPaused` for a pause of what is paused already */
  pause(request: PauseRequest, permission: 'pause' | 'keepPaused' = 'pause'): Answer<null> {
    const { engine } = this.#parts.server;
    const pause: Act = async (listen, wait) => {
      const result = await engine.pause(request, this.#parts.by, listen, wait);
      const refusedPause = refusedPauseOf(request, result);
      return refusedPause === null ? result : { ...result, refusedPause };
    };
    return this.#take('pause', pause, permission);
  }

  drain(request: DrainRequest): Answer<null> {
    const { engine } = this.#parts.server;
    return this.#take('drain', (listen, wait) => engine.drain(request, this.#parts.by, listen, wait));
  }

  confirm(request: ConfirmRequest): Answer<null> {
    const { engine } = this.#parts.server;
    return this.#take('confirm', (listen) => engine.confirm(request, this.#parts.by, listen));
  }

  accept(request: AcceptRequest): Answer<null> {
    const { engine } = this.#parts.server;
    return this.#take('accept', (listen) => engine.accept(request, this.#parts.by, listen));
  }

  resume(request: ResumeRequest): Answer<null> {
    const { engine } = this.#parts.server;
    return this.#take('resume', (listen, wait) => engine.resume(request, this.#parts.by, listen, wait));
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

  #take(command: AppCommand, act: Act, permission: keyof AllowedOrders = command): Answer<null> {
    const refusal = this.#refusalOf(command, permission);
    if (refusal !== null) return { ok: false, problem: refusal };
    this.#ended = this.#carryOut(command, act);
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

  async #carryOut(command: AppCommand, act: Act): Promise<void> {
    const { store, server } = this.#parts;
    const stop = new AbortController();
    this.#stop = stop;
    store.change({ activity: { kind: 'working', command, startedAt: server.host.now().at, services: [] }, lastResult: null, cutOff: null });
    this.#follower.readNow();
    const result = await act((event) => this.#listen(event), { timeoutMs: NO_WAITING_MS, signal: stop.signal }).catch(
      (error: unknown): Ending => ({ outcome: 'failed', problem: problemOf(error), checklist: null }),
    );
    this.#conclude(command, result);
  }

  #listen(event: EngineEvent): void {
    const { store } = this.#parts;
    const { activity } = store.state;
    if (event.type === 'step' && activity.kind === 'working') {
      const { serviceName, step, state, problem: stepProblem } = event;
      store.change({
        activity: { ...activity, services: withProgress(activity.services, { serviceName, step, state, problem: stepProblem }) },
      });
    }
    this.#follower.listen(event);
  }

  #conclude(command: AppCommand, { outcome, problem: obstacle, checklist, refusedPause }: Ending): void {
    const { store, server } = this.#parts;
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

function withProgress(services: readonly ServiceProgress[], progress: ServiceProgress): readonly ServiceProgress[] {
  return [...services.filter((one) => one.serviceName !== progress.serviceName || one.step !== progress.step), progress];
}
