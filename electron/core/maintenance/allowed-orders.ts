import type { Activity, AppCommand } from '../../contract/app-snapshot.js';
import type { Checklist, Phase, RunSummary, ServiceRow } from '../../contract/checklist.js';
import { problem, type Problem } from '../../contract/problem.js';
import { mayCarrySessions } from '../catalogue/catalogue.js';

/** What an administrator may order now. One rule for tray, window and the calls behind them. */
export interface AllowedOrders {
  readonly pause: boolean;
  /** A quick pause that counts down stays until an administrator says otherwise. */
  readonly keepPaused: boolean;
  readonly drain: boolean;
  readonly confirm: boolean;
  /** Accept by hand what no evidence can say, or a cut. */
  readonly accept: boolean;
  /** The way back. */
  readonly resume: boolean;
  readonly stopWorking: boolean;
  /** Restart or shut down the server. */
  readonly restart: boolean;
}

const NOTHING: AllowedOrders = {
  pause: false,
  keepPaused: false,
  drain: false,
  accept: false,
  confirm: false,
  resume: false,
  stopWorking: false,
  restart: false,
};

/**
 * Why an open run does not take an order in its phase; null if it does. The engine refuses by this rule, so that the same order
 * is refused in the terminal, in the window and in the tray, for the same reason.
 * @param run null if no run is open
 */
export function refusalInPhase(order: AppCommand, run: Pick<RunSummary, 'phase' | 'command'> | null): Problem | null {
  const isOpen = run !== null && run.phase !== 'closed';
  const returning = isOpen && isReturning(run.phase) ? problem('already-returning') : null;
  switch (order) {
    case 'drain':
      // Takes further services in, and turns a way back round that was broken off or left services behind.
      return null;
    case 'pause':
      // In a maintenance a service is added with a drain: a pause would replace its order to hold start types.
      return returning ?? (isOpen && run.command !== 'pause' ? problem('maintenance-open', { command: run.command }) : null);
    case 'accept':
    case 'confirm':
      return isOpen ? returning : problem('no-open-run');
    case 'resume':
      return isOpen ? null : problem('no-open-run');
  }
}

function isReturning(phase: Phase): boolean {
  return phase === 'returning';
}

/** While changes are made, nothing is taken but the order to stop making them. */
export function allowedOrders(checklist: Checklist | null, activity: Activity): AllowedOrders {
  if (activity.kind === 'working') return { ...NOTHING, stopWorking: activity.command !== 'confirm' && activity.command !== 'accept' };
  if (!checklist?.computer.elevated) return NOTHING;
  const { run } = checklist;
  const isTaken = (order: AppCommand): boolean => refusalInPhase(order, run) === null;
  const confirmed = run?.phase === 'confirmed' ? run.confirmed : null;
  return {
    pause: isTaken('pause') && checklist.services.some(takesCalls),
    keepPaused: isTaken('pause') && typeof run?.until === 'string',
    drain: isTaken('drain') && checklist.services.length > 0,
    accept: isTaken('accept'),
    // Also for the server after the planned services alone.
    confirm: isTaken('confirm') && (run?.phase === 'ready' || confirmed?.scope === 'services'),
    resume: isTaken('resume'),
    stopWorking: false,
    restart: confirmed?.scope === 'server' && checklist.restart.kind !== 'not-safe',
  };
}

/** True for a service that a pause would stop from taking new calls. */
export function takesCalls(row: ServiceRow): boolean {
  return row.state === 'running' && row.controlsAccepted.includes('pause-continue');
}

/** True where the open run only pauses, and leaves the start types alone. On its way back a run is judged by what it did. */
export function isQuickPause(checklist: Checklist): boolean {
  if (checklist.run === null) return false;
  if (checklist.run.command !== 'resume') return checklist.run.command === 'pause';
  return plannedRows(checklist).every((row) => row.steps.manual === 'skipped');
}

export function plannedRows({ services }: Pick<Checklist, 'services'>): readonly ServiceRow[] {
  return services.filter((row) => row.planned);
}

/** Planned services that are not back yet. */
export function activeRows(checklist: Pick<Checklist, 'services'>): readonly ServiceRow[] {
  return plannedRows(checklist).filter(({ returned }) => returned === null);
}

/** Services beside the plan whose sessions a restart would cut all the same; what was left out or is back already is among them. */
export function rowsBesidePlan({ services, run }: Pick<Checklist, 'services' | 'run'>): readonly ServiceRow[] {
  const isReturning = run?.phase === 'returning' || run?.phase === 'closed';
  const isBeside = ({ planned, returned }: ServiceRow): boolean => !planned || (returned !== null && !isReturning);
  return services.filter((row) => isBeside(row) && mayCarrySessions(row.serviceName));
}
