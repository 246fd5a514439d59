import type { Activity } from '../contract/app-snapshot.js';
import type { Checklist, ServiceRow } from '../contract/checklist.js';

/** What an administrator may order now. One rule for tray, window and the calls behind them. */
export interface AllowedOrders {
  readonly pause: boolean;
  /** A quick pause that counts down stays until somebody says otherwise. */
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

const NOTHING: AllowedOrders = { pause: false, keepPaused: false, drain: false, accept: false, confirm: false, resume: false, stopWorking: false, restart: false };

/** While changes are made, nothing is taken but the order to stop making them. */
export function allowedOrders(checklist: Checklist | null, activity: Activity): AllowedOrders {
  if (activity.kind === 'working') return { ...NOTHING, stopWorking: activity.command !== 'confirm' && activity.command !== 'accept' };
  if (!checklist?.computer.elevated) return NOTHING;
  const phase = checklist.run?.phase ?? 'closed';
  const mayBegin = phase !== 'returning' && phase !== 'confirmed';
  return {
    // In a maintenance a service is added with a drain.
    pause: mayBegin && (checklist.run === null || isQuickPause(checklist)) && checklist.services.some(takesCalls),
    keepPaused: mayBegin && phase !== 'closed' && typeof checklist.run?.until === 'string',
    drain: mayBegin && checklist.services.length > 0,
    accept: phase === 'draining' || phase === 'ready' || phase === 'confirmed',
    // Also for the server after the planned services alone.
    confirm: phase === 'ready' || (phase === 'confirmed' && checklist.run?.confirmed?.scope === 'services'),
    resume: phase !== 'closed',
    stopWorking: false,
    restart: phase === 'confirmed' && checklist.run?.confirmed?.scope === 'server' && checklist.restart.kind !== 'not-safe',
  };
}

/** True for a service that a pause would stop from taking new calls. */
export function takesCalls(row: ServiceRow): boolean {
  return row.state === 'running' && row.controlsAccepted.includes('pause-continue');
}

/** True where the open run only pauses, and leaves the start types alone. */
export function isQuickPause(checklist: Checklist): boolean {
  if (checklist.run === null) return false;
  return checklist.run.until !== null || plannedRows(checklist).every((row) => row.steps.manual === 'skipped');
}

export function plannedRows({ services }: Pick<Checklist, 'services'>): readonly ServiceRow[] {
  return services.filter((row) => row.planned);
}
