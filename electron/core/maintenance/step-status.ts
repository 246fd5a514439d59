import { compareBoots, isRestartBetween, isRestartedSince } from '../../contract/computer.js';
import type { Facts } from '../../contract/facts.js';
import { problem, type Problem } from '../../contract/problem.js';
import type { ChangeStatus, RecordedService, Run } from '../../contract/run.js';
import { shownStartType, type ServiceConfiguration, type ServiceState, type ServiceStatus } from '../../contract/service.js';
import type { StartHold } from '../../contract/settings.js';
import type { StepState } from '../../contract/steps.js';
import { restartsAfterFailure } from './failure-recovery.js';
import { holdsAgainstRestart } from './start-hold.js';

/** The status of one step of one service: what Windows reports now decides, the record only explains it. */
export interface StepStatus {
  readonly state: StepState;
  readonly problem: Problem | null;
  /** True when the step was done and has been undone from outside. */
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

/** Services that were not paused when this run began. */
export function notFoundPaused(run: Run): readonly string[] {
  return [...run.services.values()]
    .filter(({ original }) => original.state !== 'paused' && original.state !== 'pause-pending')
    .map((service) => service.serviceName);
}

/** Services whose start type this run set, or meant to. */
export function heldServices(run: Run): readonly string[] {
  return [...run.services.values()].filter((service) => service.ourStart !== null).map((service) => service.serviceName);
}

/** True if the computer was restarted while this run is open, also before the record knows it. */
function wasRestarted(facts: Facts, run: Run): boolean {
  return run.restart !== null || isRestartUnrecorded(facts, run);
}

/** True if the computer was restarted since the record's latest entry. Where that is not certain processes tell: none outlives one. */
export function isRestartUnrecorded(facts: Facts, run: Run): boolean {
  const { computer, now } = facts;
  const { bootedAtLast: bootedAt, bootIdLast: bootId, lastEntryAt } = run;
  if (!isRestartedSince({ bootedAt, bootId, ...lastEntryAt }, { ...computer, ...now })) return false;
  switch (compareBoots(bootId, computer.bootId)) {
    case 'other':
      return true;
    case 'same':
      // A snapshot that came back kept its processes; without any nothing says that there was more than that.
      return hasProcesses(run) && !hasKeptProcesses(facts, run);
    case 'unknown':
      // With a short uptime a clock that was set forward looks the same as a restart.
      return now.upMs < lastEntryAt.upMs || !hasKeptProcesses(facts, run);
  }
}

function hasProcesses({ lastSeen }: Run): boolean {
  return [...lastSeen.values()].some(({ processId }) => processId !== 0);
}

/** True if the clock was set since the record's latest entry, so that the time of the boot reads otherwise than on record. */
export function isClockSetUnrecorded(facts: Facts, run: Run): boolean {
  return isRestartBetween(run.bootedAtLast, facts.computer.bootedAt) && !isRestartUnrecorded(facts, run);
}

/** True if most of the processes that the record knows are still there. One of them may have ended by itself. */
function hasKeptProcesses({ statuses }: Facts, { lastSeen }: Run): boolean {
  const known = [...lastSeen].filter(([, { processId, isLost }]) => processId !== 0 && !isLost);
  const kept = known.filter(([name, { processId }]) => statuses.get(name)?.processId === processId);
  return kept.length * 2 > known.length;
}

/** Takes no new work: paused or stopped. */
export function takesNoNewWork(status: ServiceStatus | undefined): boolean {
  return status?.state === 'paused' || status?.state === 'stopped';
}

/** Running, or on its way there, or not yet paused: it may take new work. */
export function isAwake(state: ServiceState): boolean {
  return state === 'running' || state === 'start-pending' || state === 'continue-pending' || state === 'pause-pending';
}

export function viewPause(facts: Facts, run: Run, service: RecordedService): StepStatus {
  const { serviceName } = service;
  const status = facts.statuses.get(serviceName);
  if (service.leftOut) return stepStatus('skipped');
  if (status === undefined) return stepStatus('failed', problem('service-missing', { serviceName }));
  switch (status.state) {
    case 'paused':
      return stepStatus('done');
    case 'stopped':
      return viewStopped(service);
    case 'running':
      return viewRunning(service, startedBy(facts, run, status));
    case 'start-pending':
    case 'stop-pending':
    case 'continue-pending':
    case 'pause-pending':
      return service.pause.kind === 'failed' && !service.pause.stale ? stepStatus('failed', service.pause.problem) : stepStatus('doing');
  }
}

function viewStopped(service: RecordedService): StepStatus {
  if (service.pause.kind === 'failed' && !service.pause.stale) return stepStatus('failed', service.pause.problem);
  return stepStatus(service.pause.kind === 'none' ? 'skipped' : 'done');
}

type StartedBy = Extract<Problem['id'], 'started-by-itself' | 'restarted-after-crash' | 'resumed-from-outside'>;

/** A service that was paused and runs in another process was not resumed: its process ended, and something started it. */
function startedBy(facts: Facts, run: Run, { serviceName, processId }: ServiceStatus): StartedBy {
  if (wasRestarted(facts, run)) return 'started-by-itself';
  const last = run.lastSeen.get(serviceName);
  const isOtherProcess = last !== undefined && (last.isOtherProcess || last.processId !== processId);
  return isOtherProcess && restartsAfterFailure(facts, serviceName) ? 'restarted-after-crash' : 'resumed-from-outside';
}

function viewRunning(service: RecordedService, by: StartedBy): StepStatus {
  const { pause, serviceName } = service;
  if (hasFreshFailure(pause)) return stepStatus('failed', pause.problem);
  if (pause.kind === 'intended') return stepStatus('doing');
  if (pause.kind === 'done' && !pause.stale) {
    return { state: 'failed', problem: problem(by, { serviceName }), undoneOutside: true };
  }
  return stepStatus('todo');
}

export function viewManual(configuration: ServiceConfiguration | undefined, service: RecordedService, hold: StartHold): StepStatus {
  const { setStart, serviceName, ourStart } = service;
  if (service.leftOut) return stepStatus('skipped');
  if (hasFreshFailure(setStart)) return stepStatus('failed', setStart.problem);
  if (hold === null) return stepStatus('skipped');
  if (configuration === undefined) return stepStatus('todo', problem('configuration-unreadable', { serviceName }));
  if (holdsAgainstRestart(configuration.start, hold)) return stepStatus('done');
  if (setStart.kind === 'intended') return stepStatus('doing');
  if (setStart.kind === 'done' && !setStart.stale && ourStart !== null) {
    const params = { serviceName, ours: shownStartType(ourStart), now: shownStartType(configuration.start) };
    return { state: 'failed', problem: problem('start-type-changed-outside', params), undoneOutside: true };
  }
  return stepStatus('todo');
}

function hasFreshFailure(change: ChangeStatus): change is Extract<ChangeStatus, { kind: 'failed' }> {
  return change.kind === 'failed' && !change.stale;
}

function stepStatus(state: StepState, theProblem: Problem | null = null): StepStatus {
  return { state, problem: theProblem, undoneOutside: false };
}
