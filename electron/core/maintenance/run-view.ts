import type { Facts } from '../../contract/facts.js';
import type { RecordedService, Run } from '../../contract/run.js';
import { viewQuiet, type QuietView } from './quiet.js';
import { activeServices, viewManual, viewPause, type StepStatus } from './step-status.js';
import { decideWayBack, type WayBackDecision } from './way-back.js';

/**
 * One reading of an open run: the facts, the run as the record has it, and what follows from both for each step of each service.
 * Decision, checklist and monitor are handed the same view, so that they cannot judge by two. Each answer is worked out when it is
 * first asked for, and kept. When the record has got further, or a service was read again, that is another view.
 */
export class RunView {
  readonly facts: Facts;
  readonly run: Run;
  readonly #pauses = new Map<RecordedService, StepStatus>();
  readonly #manuals = new Map<RecordedService, StepStatus>();
  readonly #waysBack = new Map<RecordedService, WayBackDecision>();
  #active: readonly RecordedService[] | null = null;
  #quiet: QuietView | null = null;

  constructor(facts: Facts, run: Run) {
    this.facts = facts;
    this.run = run;
  }

  /** True on the way back, which asks no evidence and proves nothing. */
  get isReturning(): boolean {
    return this.run.order.command === 'resume';
  }

  /** Planned services that still count, in plan order. */
  get active(): readonly RecordedService[] {
    return (this.#active ??= activeServices(this.run));
  }

  /** What the proof is judged by. */
  get quiet(): QuietView {
    return (this.#quiet ??= viewQuiet(this.facts, this.run));
  }

  pauseOf(service: RecordedService): StepStatus {
    return keep(this.#pauses, service, () => viewPause(this.facts, this.run, service));
  }

  manualOf(service: RecordedService): StepStatus {
    const { facts, run } = this;
    return keep(this.#manuals, service, () => viewManual(facts.configurations.get(service.serviceName), service, run.order.hold));
  }

  wayBackOf(service: RecordedService): WayBackDecision {
    return keep(this.#waysBack, service, () => decideWayBack(this.facts, service, this.run.order));
  }
}

function keep<T>(known: Map<RecordedService, T>, service: RecordedService, work: () => T): T {
  const found = known.get(service);
  if (found !== undefined) return found;
  const worked = work();
  known.set(service, worked);
  return worked;
}
