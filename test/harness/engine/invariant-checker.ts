import { configurationOf, statusOf } from '../../../electron/adapters/simulator/readings.js';
import { liveSessions } from '../../../electron/adapters/simulator/session-arrivals.js';
import { findService } from '../../../electron/adapters/simulator/simulated-state.js';
import { EXIT_CODES } from '../../../electron/contract/outcome.js';
import { isStartHeld, type Run } from '../../../electron/contract/run.js';
import { isSameStart, type ServiceState, type StartSetting } from '../../../electron/contract/service.js';
import { holdsAgainstRestart } from '../../../electron/core/maintenance/start-hold.js';
import { wasTouched } from '../../../electron/core/maintenance/step-status.js';
import type { CommandResult, EngineEvent } from '../../../electron/engine/engine.js';
import { findClosingFaults } from './closing-checker.js';
import type { EngineHarness, Program } from './engine-harness.js';

interface Was {
  readonly state: ServiceState;
  readonly start: StartSetting;
}

/** Outcomes that need no explanation. */
const FINE: readonly string[] = ['done', 'ready', 'paused', 'draining', 'confirmed', 'returned', 'nothing-to-do'];

/**
 * Looks past the program at the simulated server itself, and notes every invariant that does not hold. Numbers are those
 * of the invariants: an original is never lost (1), never ready without zero (2), nothing brought back unasked (3),
 * nothing outside the plan touched (4), the way back is exact (5), every end is a documented one (6).
 */
export class InvariantChecker {
  readonly violations: string[] = [];
  /** Services that were changed from outside, or that change by themselves: where they end is not ours to say. */
  readonly disturbed: Set<string>;
  readonly #harness: EngineHarness;
  readonly #reader: Program;
  readonly #originals = new Map<string, Was>();
  /** Services whose start type the run had set, or meant to, when it was looked at last: what they were is settled. */
  readonly #held = new Set<string>();
  readonly #mayTouch = new Set<string>();
  readonly #paused = new Set<string>();
  #hasRestarted = false;
  /** Services that are odd by themselves. */
  readonly #odd: ReadonlySet<string>;
  /** The run that was open when it was looked at last. */
  #openRunId: string | null = null;

  constructor(harness: EngineHarness, oddServices: readonly string[]) {
    this.#harness = harness;
    this.#reader = harness.begin();
    this.disturbed = new Set(oddServices);
    this.#odd = new Set(oddServices);
  }

  get openRun(): Run | null {
    return this.#reader.records.findOpen()?.run ?? null;
  }

  allow(services: readonly string[]): void {
    for (const name of services) this.#mayTouch.add(name);
  }

  /** Windows restarted, and with it ended the program whose orders are judged next. */
  noteRestart(): void {
    this.#hasRestarted = true;
  }

  /** Heard while a command works. */
  hear(event: EngineEvent): void {
    if (event.type === 'run') this.#openRunId = event.runId;
    if (event.type === 'run') this.#keepOriginals();
    if (event.type === 'sessions' && event.checklist.ready) this.#checkReady('an event');
  }

  /** After a command, or after the program it was given to was killed. */
  judge(command: string, result: CommandResult | null, orders: readonly string[], mayBringBack: boolean): void {
    for (const order of orders) this.#judgeOrder(command, order, mayBringBack);
    if (this.#hasRestarted) this.#forgiveRestart();
    this.#hasRestarted = false;
    if (result !== null) this.#judgeResult(command, result);
    const run = this.openRun;
    if (run === null) this.#forget();
    else this.#checkOriginals(run);
    this.#checkClosing(command, run);
  }

  /**
   * What had come back before Windows was restarted, and was not touched since, comes back by its own start type, or not;
   * and what had been stopped at first is as it was, although it had been started from outside and we had paused it in between.
   */
  #forgiveRestart(): void {
    for (const service of this.openRun?.services.values() ?? []) {
      if (service.returned !== null || !wasTouched(service) || service.original.state === 'stopped') {
        this.#paused.delete(service.serviceName);
      }
    }
  }

  /** No matter which process closed it, and what the command said: a closed run is judged by its record and the server itself. */
  #checkClosing(command: string, open: Run | null): void {
    const closedId = open === null ? this.#openRunId : null;
    this.#openRunId = open?.id ?? null;
    const closed = closedId === null ? undefined : this.#reader.records.list().find(({ runId }) => runId === closedId)?.run;
    if (closed == null) return;
    for (const fault of findClosingFaults(this.#harness, closed, this.#odd)) this.#note(5, `${command}: ${fault}`);
  }

  #judgeOrder(command: string, order: string, mayBringBack: boolean): void {
    const [kind, serviceName = ''] = order.split(' ');
    if (kind === 'pause') this.#paused.add(serviceName);
    if ((kind === 'continue' || kind === 'start') && !mayBringBack) this.#note(3, `${command} ordered ${order}`);
    if (!this.#mayTouch.has(serviceName)) this.#note(4, `${command} ordered ${order}`);
    const run = this.openRun;
    if (run !== null && !run.services.has(serviceName)) this.#note(1, `${order} without an original`);
  }

  #judgeResult(command: string, { outcome, problem, checklist }: CommandResult): void {
    if (!(outcome in EXIT_CODES)) this.#note(6, `${command} ended with ${outcome}`);
    if (!FINE.includes(outcome) && problem === null) this.#note(6, `${command} ended with ${outcome} and does not say why`);
    if (checklist?.ready === true) this.#checkReady(command);
    if (outcome === 'ready' && checklist?.ready !== true) this.#note(2, `${command} ended ready with a checklist that is not`);
    if (outcome === 'returned' && command !== 'watch' && this.openRun === null) this.#checkReturned();
  }

  #checkReady(where: string): void {
    const run = this.openRun;
    if (run === null) return this.#note(2, `${where} says ready without a run`);
    const planned = [...run.services.values()].filter((service) => !service.leftOut && service.returned === null);
    if (planned.length === 0) this.#note(2, `${where} says ready with nothing planned`);
    for (const { serviceName } of planned) {
      const now = this.#look(serviceName);
      if (now === null || (now.state !== 'paused' && now.state !== 'stopped')) {
        this.#note(2, `${where} says ready while ${serviceName} is ${now?.state ?? 'gone'}`);
      } else if (now.sessions === null ? !run.acceptances.has(serviceName) : now.sessions > 0) {
        this.#note(2, `${where} says ready while ${serviceName} carries ${now.sessions ?? 'unknown'}`);
      } else if (!holdsAgainstRestart(now.start, run.order.hold)) {
        this.#note(2, `${where} says ready while ${serviceName} is ${now.start.startType}`);
      }
    }
  }

  #keepOriginals(): void {
    for (const serviceName of this.openRun?.services.keys() ?? []) {
      const now = this.#look(serviceName);
      if (now !== null && !this.#originals.has(serviceName)) this.#originals.set(serviceName, now);
    }
  }

  #checkOriginals(run: Run): void {
    for (const [serviceName, service] of run.services) {
      const { original, returned } = service;
      const first = this.#originals.get(serviceName) ?? original;
      // What is set from outside before the run does is what the service was.
      const mayMove = this.disturbed.has(serviceName) && !this.#held.has(serviceName);
      const was = mayMove ? { ...first, start: original.start } : first;
      this.#originals.set(serviceName, was);
      if (isStartHeld(service) && returned === null) this.#held.add(serviceName);
      else this.#held.delete(serviceName);
      if (was.state !== original.state || !isSameStart(was.start, original.start)) {
        this.#note(1, `${serviceName}: ${show(was)} is recorded as ${show(original)}`);
      }
    }
  }

  #checkReturned(): void {
    for (const [serviceName, was] of this.#originals) {
      const now = this.#look(serviceName);
      if (this.disturbed.has(serviceName)) continue;
      const isStateWrong = this.#paused.has(serviceName) && now?.state !== backTo(was.state);
      if (now === null || !isSameStart(now.start, was.start) || isStateWrong) {
        this.#note(5, `${serviceName}: ${show(was)} came back as ${now === null ? 'gone' : show(now)}`);
      }
    }
  }

  #forget(): void {
    this.#originals.clear();
    this.#held.clear();
    this.#mayTouch.clear();
    this.#paused.clear();
  }

  #look(serviceName: string): (Was & { readonly sessions: number | null }) | null {
    const { state, nowMs } = this.#harness.server.simulation.look();
    const service = findService(state, serviceName, nowMs);
    if (service === undefined) return null;
    const isUnreadable = service.sessions?.brokenNumber !== undefined && statusOf(service, nowMs).state !== 'stopped';
    return {
      state: statusOf(service, nowMs).state,
      start: configurationOf(state, service, nowMs).start,
      sessions: isUnreadable ? null : liveSessions(state, service, nowMs).length,
    };
  }

  #note(invariant: number, what: string): void {
    this.violations.push(`I${invariant} ${what}`);
  }
}

/** Where the way back of a service ends that the run has paused. One that was stopped had been started in between. */
function backTo(state: ServiceState): ServiceState {
  return state === 'paused' || state === 'pause-pending' ? 'paused' : 'running';
}

function show({ state, start }: Was): string {
  return `${state} ${start.startType}${start.delayed === true ? ' delayed' : ''}`;
}
