import type { OutcomeKind } from '../../contract/outcome.js';
import { problem, type Problem } from '../../contract/problem.js';
import type { Change, EntryContents, RecordedService } from '../../contract/run.js';
import { namesService } from '../../contract/service-names.js';
import type { StartSetting } from '../../contract/service.js';
import { compareDrainOrder, DRAIN_GROUPS, drainGroupPlace } from '../catalogue/catalogue.js';
import type { RunView } from './run-view.js';
import { heldSetting } from './start-hold.js';
import { servicesToReturn, takesNoNewWork, wasTouched, type StepStatus } from './step-status.js';
import type { WayBackDecision } from './way-back.js';

/** What is done to one service, or waited for. */
type ServiceStep =
  | { readonly kind: 'pause'; readonly serviceName: string }
  | { readonly kind: 'set-start'; readonly serviceName: string; readonly from: StartSetting; readonly to: StartSetting }
  | { readonly kind: 'await-state'; readonly serviceName: string };

/** What the engine does next for the present order. */
export type NextStep =
  | ServiceStep
  /** Nothing to do but look again. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'finish'; readonly outcome: OutcomeKind; readonly problem: Problem | null };

/** Something to do to one service, in the turn of its group: groups with a lower place come first. */
export interface Turn {
  readonly serviceName: string;
  readonly group: number;
  readonly step: Change | AwaitState | AwaitPause | SettledStep;
}

/** Windows is changing the state already, by whomever it was ordered; a service that never comes to rest fails at `change`. */
export interface AwaitState {
  readonly kind: 'await-state';
  readonly change: 'pause' | 'start';
}

/** A pause that was ordered earlier may still come until then, monotonic milliseconds: the service is looked at now and then. */
export interface AwaitPause {
  readonly kind: 'await-pause';
  readonly untilUpMs: number;
}

/** Nothing is left to bring back of the service. */
export interface SettledStep {
  readonly kind: 'settled';
  readonly how: EntryContents['returned']['how'];
}

/** Start types are set when every group has had its turn. */
const AFTER_ALL_GROUPS = DRAIN_GROUPS.length;

/**
 * Everything that a drain or a quick pause still has to do, group after group: the pauses, then the start types of what
 * takes no new work. No start type is set if something was undone from outside meanwhile.
 */
export function drainTurns(view: RunView): readonly Turn[] {
  const ordered = orderedServices(view);
  const pauses = pauseSteps(view, ordered).map((step) => pauseTurn(step));
  const holds = findUndone(view, ordered) === undefined ? holdSteps(view, ordered) : [];
  return [
    ...pauses.sort((one, other) => one.group - other.group),
    ...holds.map(({ serviceName, from, to }): Turn => ({ serviceName, group: AFTER_ALL_GROUPS, step: { kind: 'set-start', from, to } })),
  ];
}

function pauseTurn({ kind, serviceName }: PauseStep): Turn {
  const step = kind === 'pause' ? ({ kind } as const) : ({ kind, change: 'pause' } as const);
  return { serviceName, group: drainGroupPlace(serviceName), step };
}

/**
 * The next step of a drain or a quick pause: all pauses, then all start types, then waiting.
 * @param isReady as judged from the same facts
 */
export function nextDrainStep(view: RunView, isReady: boolean): NextStep {
  const ordered = orderedServices(view);
  const [pause] = pauseSteps(view, ordered);
  if (pause !== undefined) return pause;
  const undone = findUndone(view, ordered);
  if (undone !== undefined) return { kind: 'finish', outcome: 'changed-outside', problem: undone.problem };
  const [hold] = holdSteps(view, ordered);
  return hold ?? finishOrWait(view, ordered, isReady);
}

function orderedServices({ run, active }: RunView): readonly RecordedService[] {
  return active.filter((service) => namesService(run.order.services, service.serviceName));
}

type PauseStep = Exclude<ServiceStep, { kind: 'set-start' }>;
type HoldStep = Extract<ServiceStep, { kind: 'set-start' }>;

function pauseSteps(view: RunView, ordered: readonly RecordedService[]): readonly PauseStep[] {
  return ordered.flatMap((service) => pauseStep(view, service) ?? []);
}

function holdSteps(view: RunView, ordered: readonly RecordedService[]): readonly HoldStep[] {
  return ordered.flatMap((service) => manualStep(view, service) ?? []);
}

function findUndone(view: RunView, ordered: readonly RecordedService[]): StepStatus | undefined {
  const statuses = [...ordered.map((service) => view.pauseOf(service)), ...ordered.map((service) => view.manualOf(service))];
  return statuses.find((status) => status.undoneOutside);
}

function pauseStep(view: RunView, service: RecordedService): PauseStep | null {
  const { serviceName } = service;
  const pause = view.pauseOf(service);
  if (pause.state === 'todo') return { kind: 'pause', serviceName };
  if (pause.state === 'doing') {
    return view.facts.statuses.get(serviceName)?.state === 'running'
      ? { kind: 'pause', serviceName }
      : { kind: 'await-state', serviceName };
  }
  return null;
}

function manualStep(view: RunView, service: RecordedService): HoldStep | null {
  const { facts, run } = view;
  const { serviceName } = service;
  const configuration = facts.configurations.get(serviceName);
  // A service that could not be paused is left as it was: Manual would only make it miss after a restart.
  if (run.order.hold === null || configuration === undefined || !takesNoNewWork(facts.statuses.get(serviceName))) return null;
  const manual = view.manualOf(service);
  if (manual.state !== 'todo' && manual.state !== 'doing') return null;
  return { kind: 'set-start', serviceName, from: configuration.start, to: heldSetting(configuration.start, run.order.hold) };
}

function finishOrWait(view: RunView, ordered: readonly RecordedService[], isReady: boolean): NextStep {
  const { facts, run } = view;
  const statuses = ordered.map((service) => [view.pauseOf(service), view.manualOf(service)]);
  const failed = statuses.filter((both) => both.some((status) => status.problem !== null));
  const canBecomeReady =
    ordered.every(({ serviceName }) => takesNoNewWork(facts.statuses.get(serviceName))) && !hasFailedManual(view, ordered);
  const isOver = isReady || run.order.command === 'pause' || !canBecomeReady;
  if (!isOver) return { kind: 'wait' };
  if (failed.length === 0 && canBecomeReady) {
    return { kind: 'finish', outcome: run.order.command === 'pause' ? 'paused' : 'ready', problem: null };
  }
  const first = failed.flat().find((status) => status.problem !== null)?.problem ?? null;
  return { kind: 'finish', outcome: failed.length === ordered.length ? 'failed' : 'partly', problem: first ?? problem('partly-done') };
}

function hasFailedManual(view: RunView, services: readonly RecordedService[]): boolean {
  return view.run.order.hold !== null && services.some((service) => view.manualOf(service).state !== 'done');
}

/** One service and what its way back needs next, Front-End first. */
export interface WayBackPlace {
  readonly service: RecordedService;
  readonly step: WayBackDecision;
}

/**
 * Where every service of the present `resume` order stands on its way back, in the order in which they are brought back. Also
 * those that are back already, or were never touched: nothing is believed of them but what the facts say. What was left out and
 * never touched has a place only while it differs.
 */
export function wayBackPlaces(view: RunView): readonly WayBackPlace[] {
  const { run } = view;
  return [...run.services.values()]
    .filter((service) => namesService(run.order.services, service.serviceName))
    .sort((one, other) => compareDrainOrder(other.serviceName, one.serviceName))
    .map((service) => ({ service, step: view.wayBackOf(service) }))
    .filter(({ service, step }) => step.kind !== 'settled' || !service.leftOut || wasTouched(service));
}

/** True for a service of which nothing is left to do, to say or to write down. */
export function isBack({ service, step }: WayBackPlace): boolean {
  return step.kind === 'settled' && service.returned === step.how;
}

/**
 * True if every service of the record, named by the order or not, is as it was before, or as was chosen. One that this run never
 * touched needs no order for that.
 */
export function isAllBack(view: RunView): boolean {
  const { run } = view;
  return (
    !servicesToReturn(run).some(wasTouched) && [...run.services.values()].every((service) => view.wayBackOf(service).kind === 'settled')
  );
}

/** Everything that a way back still has to do, the last drain group first. What needs a choice first has no turn. */
export function wayBackTurns(view: RunView): readonly Turn[] {
  return wayBackPlaces(view).flatMap((place) => wayBackTurn(place) ?? []);
}

function wayBackTurn(place: WayBackPlace): Turn | null {
  const { service, step } = place;
  const { serviceName } = service;
  const turn = { serviceName, group: -drainGroupPlace(serviceName) };
  switch (step.kind) {
    case 'restore-start':
    case 'continue':
    case 'start':
    case 'pause':
    case 'await-pause':
      return { ...turn, step };
    case 'countermand':
      return { ...turn, step: { kind: 'continue' } };
    case 'await-state':
      return { ...turn, step: { kind: 'await-state', change: 'start' } };
    case 'settled':
      return isBack(place) ? null : { ...turn, step };
    case 'asked':
    case 'failed':
    case 'later':
      return null;
  }
}
