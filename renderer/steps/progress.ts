import type { AppSnapshot } from '../../electron/contract/app-snapshot.js';
import type { Checklist, ServiceRow } from '../../electron/contract/checklist.js';
import { SERVICE_STEPS, type StepState } from '../../electron/contract/steps.js';
import { activeRows, isQuickPause, plannedRows } from '../../electron/core/maintenance/allowed-orders.js';

export const STEP_IDS = ['preflight', ...SERVICE_STEPS, 'restart', 'way-back'] as const;
export type StepId = (typeof STEP_IDS)[number];

/** How a step is drawn in the stepper: told apart by shape, not by colour alone. */
export type StepMark = Exclude<StepState, 'by-hand'>;

/** How many planned services are through with something, and how many failed. */
export interface Tally {
  readonly total: number;
  readonly done: number;
  readonly failed: number;
}

export interface StepView {
  readonly id: StepId;
  readonly mark: StepMark;
  readonly tally: Tally;
}

export interface Progress {
  readonly steps: readonly StepView[];
  /** The step to work on now. */
  readonly current: StepId;
}

/** Where a run stands in the seven steps, worked out from one snapshot. */
export function viewProgress(checklist: Checklist, quickPause: AppSnapshot['quickPause']): Progress {
  const isReturning = checklist.run?.phase === 'returning' || checklist.run?.phase === 'closed';
  const planned = isReturning ? plannedRows(checklist) : activeRows(checklist);
  const tallies: Readonly<Record<StepId, Tally>> = {
    preflight: { total: checklist.checks.length, done: countPassed(checklist), failed: countBlocking(checklist) },
    pause: tally(planned, (service) => service.steps.pause),
    manual: tally(planned, (service) => service.steps.manual),
    wait: tally(planned, (service) => service.steps.wait),
    confirm: tally(planned, (service) => service.steps.confirm),
    restart: { total: planned.length, done: 0, failed: checklist.run?.restart?.running.length ?? 0 },
    'way-back': tally(planned, (service) => service.wayBack),
  };
  const current = findCurrent(checklist, tallies, quickPause !== null);
  return { current, steps: STEP_IDS.map((id) => ({ id, mark: markOf(id, checklist, tallies[id], current), tally: tallies[id] })) };
}

function countPassed(checklist: Checklist): number {
  return checklist.checks.filter((check) => check.result === 'pass').length;
}

function countBlocking(checklist: Checklist): number {
  return checklist.checks.filter((check) => check.result === 'block' && !check.overridden).length;
}

function tally(services: readonly ServiceRow[], stateOf: (service: ServiceRow) => StepState): Tally {
  const states = services.map(stateOf);
  const isThrough = (state: StepState): boolean => state === 'done' || state === 'by-hand' || state === 'skipped';
  return { total: states.length, done: states.filter(isThrough).length, failed: states.filter((state) => state === 'failed').length };
}

function findCurrent(checklist: Checklist, tallies: Readonly<Record<StepId, Tally>>, isTimed: boolean): StepId {
  switch (checklist.run?.phase) {
    case undefined:
      return 'preflight';
    case 'returning':
    case 'closed':
      return 'way-back';
    case 'confirmed':
      return 'restart';
    case 'ready':
      // Ready without held start types is not safe to restart: step 3 comes first.
      return isQuickPause(checklist) ? afterPause(isTimed) : 'confirm';
    case 'draining':
      if (!isThrough(tallies.pause)) return 'pause';
      if (isQuickPause(checklist)) return afterPause(isTimed);
      return isThrough(tallies.manual) ? 'wait' : 'manual';
  }
}

/** A pause that ends by itself is only watched; one without an end is the beginning of a maintenance. */
function afterPause(isTimed: boolean): StepId {
  return isTimed ? 'wait' : 'manual';
}

function isThrough({ total, done }: Tally): boolean {
  return done === total;
}

/** A way back may begin at any time: a step that was passed over is not shown as done. */
function wasDone(id: StepId, checklist: Checklist): boolean {
  const { run, quiet } = checklist;
  switch (id) {
    case 'manual':
      return !isQuickPause(checklist);
    case 'wait':
      return quiet.kind === 'quiet' || run?.confirmed != null;
    case 'confirm':
      return run?.confirmed != null;
    case 'restart':
      return run?.restart != null;
    case 'preflight':
    case 'pause':
    case 'way-back':
      return true;
  }
}

function markOf(id: StepId, checklist: Checklist, ofStep: Tally, current: StepId): StepMark {
  if (ofStep.failed > 0 && (id !== 'preflight' || checklist.run === null)) return 'failed';
  if (id === current) return checklist.run?.phase === 'closed' ? 'done' : 'doing';
  if (STEP_IDS.indexOf(id) > STEP_IDS.indexOf(current)) return 'todo';
  return wasDone(id, checklist) ? 'done' : 'skipped';
}
