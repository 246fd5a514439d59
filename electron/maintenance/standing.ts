import type { StepState } from '../contract/checklist.js';
import { isRestartBetween } from '../contract/computer.js';
import type { Facts } from '../contract/facts.js';
import { problem, type Problem } from '../contract/problem.js';
import type { ChangeStanding, RecordedService, Run } from '../contract/run.js';
import { shownStartType, type ServiceConfiguration, type ServiceStatus } from '../contract/service.js';
import { holdsAgainstRestart, type Hold } from './start-hold.js';

/** Where one step of one service stands: what Windows says now decides, the record only explains it. */
export interface Standing {
  readonly state: StepState;
  readonly problem: Problem | null;
  /** True when the step was done and somebody undid it. */
  readonly undoneOutside: boolean;
}

/** Planned services that still count: not left out, not brought back. In plan order. */
export function activeServices(run: Run): readonly RecordedService[] {
  return [...run.services.values()].filter((service) => !service.leftOut && service.returned === null);
}

/** Services that still need their way back: also one that was left out after this run had changed it. In plan order. */
export function servicesToReturn(run: Run): readonly RecordedService[] {
  return [...run.services.values()].filter((service) => service.returned === null && (!service.leftOut || wasTouched(service)));
}

/** True when this run meant to change the service: what it did not touch it does not bring back. */
export function wasTouched({ pause, ourStart }: RecordedService): boolean {
  return pause.kind !== 'none' || ourStart !== null;
}

/** Services whose start type this run set, or meant to. */
export function heldServices(run: Run): readonly string[] {
  return [...run.services.values()].filter((service) => service.ourStart !== null).map((service) => service.serviceName);
}

function wasRestarted(facts: Facts, run: Run): boolean {
  return isRestartBetween(run.bootedAtOpening, facts.computer.bootedAt);
}

/** Takes no new work: paused or stopped. */
export function takesNoNewWork(status: ServiceStatus | undefined): boolean {
  return status?.state === 'paused' || status?.state === 'stopped';
}

export function viewPause(facts: Facts, run: Run, service: RecordedService): Standing {
  const { serviceName } = service;
  const status = facts.statuses.get(serviceName);
  if (service.leftOut) return standing('skipped');
  if (status === undefined) return standing('failed', problem('service-missing', { serviceName }));
  switch (status.state) {
    case 'paused':
      return standing('done');
    case 'stopped':
      return viewStopped(service);
    case 'running':
      return viewRunning(service, wasRestarted(facts, run));
    case 'start-pending':
    case 'stop-pending':
    case 'continue-pending':
    case 'pause-pending':
      return service.pause.kind === 'failed' && !service.pause.stale ? standing('failed', service.pause.problem) : standing('doing');
  }
}

function viewStopped(service: RecordedService): Standing {
  if (service.pause.kind === 'failed' && !service.pause.stale) return standing('failed', service.pause.problem);
  return standing(service.pause.kind === 'none' ? 'skipped' : 'done');
}

function viewRunning(service: RecordedService, restarted: boolean): Standing {
  const { pause, serviceName } = service;
  if (hasFreshFailure(pause)) return standing('failed', pause.problem);
  if (pause.kind === 'intended') return standing('doing');
  if (pause.kind === 'done' && !pause.stale) {
    return { state: 'failed', problem: problem(restarted ? 'started-by-itself' : 'resumed-from-outside', { serviceName }), undoneOutside: true };
  }
  return standing('todo');
}

export function viewManual(configuration: ServiceConfiguration | undefined, service: RecordedService, hold: Hold): Standing {
  const { setStart, serviceName, ourStart } = service;
  if (service.leftOut) return standing('skipped');
  if (hasFreshFailure(setStart)) return standing('failed', setStart.problem);
  if (hold === null) return standing('skipped');
  if (configuration === undefined) return standing('todo', problem('configuration-unreadable', { serviceName }));
  if (holdsAgainstRestart(configuration.start, hold)) return standing('done');
  if (setStart.kind === 'intended') return standing('doing');
  if (setStart.kind === 'done' && !setStart.stale && ourStart !== null) {
    const params = { serviceName, ours: shownStartType(ourStart), now: shownStartType(configuration.start) };
    return { state: 'failed', problem: problem('start-type-changed-outside', params), undoneOutside: true };
  }
  return standing('todo');
}

function hasFreshFailure(change: ChangeStanding): change is Extract<ChangeStanding, { kind: 'failed' }> {
  return change.kind === 'failed' && !change.stale;
}

function standing(state: StepState, theProblem: Problem | null = null): Standing {
  return { state, problem: theProblem, undoneOutside: false };
}
