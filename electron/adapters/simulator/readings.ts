import type { Reading, ServiceConfiguration, ServiceStatus, StartSetting } from '../../contract/service.js';
import { dependentsOf } from './simulated-server.js';
import {
  exists,
  type HiddenDetail,
  type Moment,
  momentAt,
  type SimulatedService,
  type SimulatedState,
  startAt,
} from './simulated-state.js';

/** All services there are. */
export function listStatuses(state: SimulatedState, nowMs: number): readonly ServiceStatus[] {
  return state.services.filter((service) => exists(service, nowMs)).map((service) => statusOf(service, nowMs));
}

/** What Windows reports of a service, which an oddity may make older than what the service is. */
export function statusOf(service: SimulatedService, nowMs: number): ServiceStatus {
  const seenAtMs = Math.min(nowMs - service.lagMs, service.staleSinceMs ?? nowMs);
  const moment = momentAt(service, seenAtMs);
  const { checkpointEveryMs } = moment;
  return {
    serviceName: service.serviceName,
    displayName: service.displayName,
    state: moment.state,
    controlsAccepted: controlsIn(moment),
    processId: moment.processId,
    sharesProcess: service.sharesProcess,
    checkpoint: checkpointEveryMs === null ? 0 : 1 + Math.floor((seenAtMs - moment.atMs) / checkpointEveryMs),
    waitHintMs: moment.waitHintMs,
    win32ExitCode: moment.win32ExitCode,
    serviceSpecificExitCode: moment.serviceSpecificExitCode,
  };
}

function controlsIn(moment: Moment): ServiceStatus['controlsAccepted'] {
  if (moment.state !== 'running' && moment.state !== 'paused') return [];
  return moment.acceptsPause ? ['stop', 'pause-continue', 'shutdown'] : ['stop', 'shutdown'];
}

export function configurationOf(state: SimulatedState, service: SimulatedService, nowMs: number): ServiceConfiguration {
  const detail = <T>(name: HiddenDetail, value: T): Reading<T> =>
    knowsDetail(state, service, name) ? { known: true, value } : { known: false, reason: 'not-supported' };
  return {
    serviceName: service.serviceName,
    start: startOf(state, service, nowMs),
    account: service.account,
    dependencies: service.dependencies,
    dependents: { known: true, value: service.dependents ?? dependentsOf(state, service, nowMs).map((dependent) => dependent.serviceName) },
    failureActions: detail(
      'failureActions',
      service.failureActions.actions.map(({ kind }) => kind),
    ),
    hasStartTrigger: detail('hasStartTrigger', service.hasStartTrigger),
  };
}

export function startOf(state: SimulatedState, service: SimulatedService, nowMs: number): StartSetting {
  const { startType, delayed } = startAt(service, nowMs);
  return { startType, delayed: knowsDetail(state, service, 'delayed') ? delayed : null };
}

function knowsDetail({ knowsDetails }: SimulatedState, { hidesDetails }: SimulatedService, name: HiddenDetail): boolean {
  return knowsDetails && hidesDetails?.includes(name) !== true;
}
