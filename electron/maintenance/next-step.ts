import type { Facts } from '../contract/facts.js';
import type { OutcomeKind } from '../contract/outcome.js';
import { problem, type Problem } from '../contract/problem.js';
import type { RecordedService, Run } from '../contract/run.js';
import type { StartSetting } from '../contract/service.js';
import { namesService } from '../contract/service-names.js';
import { compareDrainOrder } from '../lync/catalogue.js';
import { activeServices, servicesToReturn, takesNoNewWork, viewManual, viewPause, wasTouched, type Standing } from './standing.js';
import { heldSetting } from './start-hold.js';
import { decideWayBack, type WayBackStep } from './way-back.js';

/** What the engine does next for the present order. */
export type NextStep =
  | { readonly kind: 'pause'; readonly serviceName: string }
  | { readonly kind: 'set-start'; readonly serviceName: string; readonly from: StartSetting; readonly to: StartSetting }
  | { readonly kind: 'await-state'; readonly serviceName: string }
  /** Nothing to do but look again. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'finish'; readonly outcome: OutcomeKind; readonly problem: Problem | null };

/**
 * The next step of a drain or a quick pause: all pauses, then all start types, then waiting.
 * @param isReady as judged from the same facts
 */
export function nextDrainStep(facts: Facts, run: Run, isReady: boolean): NextStep {
  const ordered = activeServices(run).filter((service) => namesService(run.order.services, service.serviceName));
  const pauses = ordered.map((service) => ({ service, pause: viewPause(facts, run, service) }));
  for (const { service, pause } of pauses) {
    const step = pauseStep(facts, service, pause);
    if (step !== null) return step;
  }
  const undone = [...pauses.map(({ pause }) => pause), ...manuals(facts, run, ordered)].find((standing) => standing.undoneOutside);
  if (undone !== undefined) return { kind: 'finish', outcome: 'changed-outside', problem: undone.problem };
  for (const service of ordered) {
    const step = manualStep(facts, run, service);
    if (step !== null) return step;
  }
  return finishOrWait(facts, run, ordered, isReady);
}

function pauseStep(facts: Facts, service: RecordedService, pause: Standing): NextStep | null {
  const { serviceName } = service;
  if (pause.state === 'todo') return { kind: 'pause', serviceName };
  if (pause.state === 'doing') {
    return facts.statuses.get(serviceName)?.state === 'running' ? { kind: 'pause', serviceName } : { kind: 'await-state', serviceName };
  }
  return null;
}

function manuals(facts: Facts, run: Run, services: readonly RecordedService[]): readonly Standing[] {
  return services.map((service) => viewManual(facts.configurations.get(service.serviceName), service, run.order.hold));
}

function manualStep(facts: Facts, run: Run, service: RecordedService): NextStep | null {
  const { serviceName } = service;
  const configuration = facts.configurations.get(serviceName);
  // A service that could not be paused is left as it was: Manual would only make it miss after a restart.
  if (run.order.hold === null || configuration === undefined || !takesNoNewWork(facts.statuses.get(serviceName))) return null;
  const manual = viewManual(configuration, service, run.order.hold);
  if (manual.state !== 'todo' && manual.state !== 'doing') return null;
  return { kind: 'set-start', serviceName, from: configuration.start, to: heldSetting(configuration.start, run.order.hold) };
}

function finishOrWait(facts: Facts, run: Run, ordered: readonly RecordedService[], isReady: boolean): NextStep {
  const standings = ordered.map((service) => [viewPause(facts, run, service), ...manuals(facts, run, [service])]);
  const failed = standings.filter((both) => both.some((standing) => standing.problem !== null));
  const canBecomeReady = ordered.every(({ serviceName }) => takesNoNewWork(facts.statuses.get(serviceName))) && !hasFailedManual(facts, run, ordered);
  const isOver = isReady || run.order.command === 'pause' || !canBecomeReady;
  if (!isOver) return { kind: 'wait' };
  if (failed.length === 0 && canBecomeReady) return { kind: 'finish', outcome: run.order.command === 'pause' ? 'paused' : 'ready', problem: null };
  const first = failed.flat().find((standing) => standing.problem !== null)?.problem ?? null;
  return { kind: 'finish', outcome: failed.length === ordered.length ? 'failed' : 'partly', problem: first ?? problem('partly-done') };
}

function hasFailedManual(facts: Facts, run: Run, services: readonly RecordedService[]): boolean {
  return run.order.hold !== null && manuals(facts, run, services).some((manual) => manual.state !== 'done');
}

/** One service and what its way back needs next, Front-End first. */
export interface WayBackPlace {
  readonly service: RecordedService;
  readonly step: WayBackStep;
}

/**
 * Where every service of the present `resume` order stands on its way back, in the order in which they are brought back. Also
 * those that are back already, or were never touched: nothing is believed of them but what the facts say. What was left out and
 * never touched has a place only while it differs.
 */
export function wayBackPlaces(facts: Facts, run: Run): readonly WayBackPlace[] {
  return [...run.services.values()]
    .filter((service) => namesService(run.order.services, service.serviceName))
    .sort((one, other) => compareDrainOrder(other.serviceName, one.serviceName))
    .map((service) => ({ service, step: decideWayBack(facts, service, run.order) }))
    .filter(({ service, step }) => step.kind !== 'settled' || !service.leftOut || wasTouched(service));
}

/** True for a service of which nothing is left to do, to say or to write down. */
export function isBack({ service, step }: WayBackPlace): boolean {
  return step.kind === 'settled' && service.returned === step.how;
}

/** True if every service of the record, named by the order or not, is as it was before, or as was chosen. */
export function isAllBack(facts: Facts, run: Run): boolean {
  return servicesToReturn(run).length === 0 && [...run.services.values()].every((service) => decideWayBack(facts, service, run.order).kind === 'settled');
}
