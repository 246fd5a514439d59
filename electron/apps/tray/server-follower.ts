import type { BrokenRecord } from '../../contract/app-snapshot.js';
import type { Checklist } from '../../contract/checklist.js';
import { isOtherBoot } from '../../contract/computer.js';
import { ProblemError, problem, type Problem } from '../../contract/problem.js';
import { outcomeOf } from '../../core/maintenance/outcome.js';
import type { EngineEvent } from '../../engine/engine.js';
import { engineEventDraft, phaseEventDraft } from './app-events.js';
import { readLockHolder } from './lock-holder.js';
import { restAfter, type Rest } from './rest-policy.js';
import type { SessionParts } from './session-parts.js';

const EXPECTED_ENDS: ReadonlySet<Problem['id']> = new Set(['no-open-run', 'interrupted', 'sessions-lost']);

/**
 * Keeps the store right whatever happens to the server and no matter who causes it. While a run is open and the app itself
 * has nothing to do, it looks on with the engine's `watch`, which also keeps the record of what it sees; otherwise it
 * only reads.
 *
 * ```
 *   start ──▶ ┌──────┐  a run is open, the app is idle, the last reading went well   ┌──────────┐
 *             │ next │ ────────────────────────────────────────────────────────────▶ │ watching │
 *        ┌──▶ └──────┘                                                               └──────────┘
 *        │        │ otherwise                            the run is closed, readNow, an obstacle │
 *        │        ▼                                                                              │
 *        │    ┌─────────┐ ◀──────────────────────────────────────────────────────────────────────┘
 *        │    │ reading │ ── cannot be read ──▶ failed: told once; the services alone are read if only our record is unreadable
 *        │    └─────────┘                         │
 *        │        │ taken                         │
 *        │        ▼                               │
 *        │    ┌─────────┐ ◀───────────────────────┘
 *        └─── │ resting │   until its time is up, a glance finds a difference, the server or the records tell of news, or readNow
 *             └─────────┘
 *   stop ──▶ stopped, when what is under way has ended
 * ```
 */
export class ServerFollower {
  readonly #parts: SessionParts;
  #stopped = false;
  #watching: AbortController | null = null;
  /** What the latest watch failed at. */
  #obstacle: Problem['id'] | undefined;
  /** Aborted to end a rest early. */
  #sleeping = new AbortController();
  #isAwake = false;
  #ended: Promise<void> = Promise.resolve();

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  start(): void {
    const unwatch = this.#parts.server.records.watch(() => this.#wakeUp());
    this.#ended = this.#follow().finally(unwatch);
  }

  /** Resolves when nothing of the server is in use any more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.readNow();
    await this.#ended;
  }

  /** Ends a watch or a rest, so that the next reading comes at once. */
  readNow(): void {
    this.#watching?.abort();
    this.#wakeUp();
  }

  /** Takes a reading, unless a later one is there already: a command and the follower may read at the same time. */
  take(checklist: Checklist): void {
    const { store, server, by } = this.#parts;
    const before = store.state;
    if (before.checklist !== null && isOlder(checklist, before.checklist)) return;
    store.change({ checklist, readingProblem: null, brokenRecord: null, worker: readLockHolder(server.records, by) });
    const { at } = checklist.now;
    if (before.readingProblem !== null) store.addEvent(at, { level: 'info', kind: 'reading-recovered', params: {}, problem: null });
    const draft = phaseEventDraft(before.checklist, checklist);
    if (draft !== null) store.addEvent(at, draft);
  }

  /** Takes what the engine tells while it works or watches. */
  readonly listen = (event: EngineEvent): void => {
    if (event.type === 'sessions') {
      this.take(event.checklist);
      return;
    }
    const draft = engineEventDraft(event);
    if (draft !== null) this.#parts.store.addEvent(event.at, draft);
  };

  async #follow(): Promise<void> {
    while (!this.#stopped) {
      try {
        const obstacle = this.#shouldWatch() ? await this.#watch() : null;
        const begun = this.#parts.clock.upMs();
        // What woke us before this look, the look itself will show.
        this.#isAwake = false;
        this.take(await this.#parts.server.engine.observe());
        this.#announceObstacle(obstacle);
        await this.#rest(this.#parts.clock.upMs() - begun);
      } catch (error) {
        const obstacle = problemOf(error);
        await this.#fail(obstacle, await this.#readWithoutRecord(obstacle));
        await this.#rest(0);
      }
    }
  }

  #shouldWatch(): boolean {
    const { checklist, readingProblem, activity } = this.#parts.store.state;
    const phase = checklist?.run?.phase;
    return readingProblem === null && activity.kind === 'idle' && phase !== undefined && phase !== 'closed';
  }

  /** @returns what ended it, null where the reading that follows tells all there is to know */
  async #watch(): Promise<Problem | null> {
    const { server, by } = this.#parts;
    this.#watching = new AbortController();
    const { problem: obstacle } = await server.engine.watch(by, this.listen, {
      timeoutMs: null,
      signal: this.#watching.signal,
      untilClosed: true,
    });
    this.#watching = null;
    // A watch that was ended to look again is no failure, and what was lost is told as an event.
    return obstacle === null || EXPECTED_ENDS.has(obstacle.id) ? null : obstacle;
  }

  /** A wait that cannot be recorded never ends, though every reading goes well: told once, until a watch goes well again. */
  #announceObstacle(obstacle: Problem | null): void {
    if (obstacle?.id === this.#obstacle) return;
    this.#obstacle = obstacle?.id;
    if (obstacle === null) return;
    const { store, server } = this.#parts;
    store.addEvent(server.host.now().at, { level: 'failure', kind: 'watch-failed', params: {}, problem: obstacle });
  }

  /** @param services as they are now, where only our own state cannot be read; null where they cannot be read either */
  async #fail(readingProblem: Problem, services: Checklist | null): Promise<void> {
    const { store, server } = this.#parts;
    const brokenRecord = services === null ? null : await this.#findRecordLeft(readingProblem);
    const isNew = store.state.readingProblem?.id !== readingProblem.id;
    store.change({
      readingProblem,
      brokenRecord,
      ...(services !== null && { checklist: services }),
    });
    const kind = services === null ? 'reading-failed' : 'record-broken';
    if (isNew) store.addEvent(server.host.now().at, { level: 'failure', kind, params: {}, problem: readingProblem });
  }

  async #readWithoutRecord({ id }: Problem): Promise<Checklist | null> {
    if (outcomeOf(id) !== 'state-unreadable') return null;
    return this.#parts.server.engine.observeServices().catch(() => null);
  }

  /** Loaded when a record cannot be read. */
  async #findRecordLeft(obstacle: Problem): Promise<BrokenRecord> {
    const { findRecordLeft } = await import('../../engine/record-left.js');
    const { read, undoCard } = findRecordLeft(this.#parts.server.records, obstacle);
    return { runId: read?.runId ?? null, undoCard };
  }

  /** Ends early when it is woken, or when a glance shows that something has changed. */
  async #rest(tookMs: number): Promise<void> {
    const isUneventful = this.#isUneventful();
    const rest = restAfter(isUneventful, tookMs);
    if (isUneventful) return this.#restUneventfully(rest);
    await this.#glance(this.#parts.clock.upMs() + rest.restMs, rest.glanceEveryMs);
  }

  /** Where the server tells of news, it need not be asked for them again and again. */
  async #restUneventfully({ restMs, glanceEveryMs }: Rest): Promise<void> {
    const until = this.#parts.clock.upMs() + restMs;
    const stopListening = this.#parts.server.listen(() => this.#wakeUp());
    if (stopListening === null) return this.#glance(until, glanceEveryMs);
    try {
      // What happened between the reading and the start of listening is found by one glance.
      if (!(await this.#hasChanged())) await this.#glance(until, restMs);
    } finally {
      stopListening();
    }
  }

  /** Asks every so often whether something has changed, until it has, or until it is time. */
  async #glance(until: number, everyMs: number): Promise<void> {
    while (!this.#isRested(until)) {
      await this.#sleep(Math.min(everyMs, until - this.#parts.clock.upMs()));
      if (!this.#isRested(until) && (await this.#hasChanged())) return;
    }
  }

  #isUneventful(): boolean {
    const { checklist, readingProblem, activity } = this.#parts.store.state;
    return checklist?.run === null && readingProblem === null && activity.kind === 'idle' && !this.#parts.isWindowVisible();
  }

  #isRested(until: number): boolean {
    return this.#isAwake || this.#stopped || this.#parts.clock.upMs() >= until;
  }

  /** A server that cannot be asked has changed; the look that follows says how. */
  async #hasChanged(): Promise<boolean> {
    const { checklist, readingProblem } = this.#parts.store.state;
    if (checklist === null || readingProblem !== null) return false;
    return this.#parts.server.engine.hasChanged(checklist).catch(() => true);
  }

  #wakeUp(): void {
    this.#isAwake = true;
    this.#sleeping.abort();
  }

  #sleep(milliseconds: number): Promise<void> {
    this.#sleeping = new AbortController();
    return this.#parts.clock.sleep(milliseconds, this.#sleeping.signal);
  }
}

function isOlder(one: Checklist, other: Checklist): boolean {
  return !isOtherBoot(one.computer, other.computer) && one.now.upMs < other.now.upMs;
}

/** What a caught error means to an administrator; ours says so itself. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return problem('internal', { detail: error instanceof Error ? error.message : String(error) });
}
