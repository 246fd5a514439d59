import { startOf, statusOf } from '../../../electron/adapters/simulator/readings.js';
import { findService, latestDue, type SimulatedService } from '../../../electron/adapters/simulator/simulated-state.js';
import type { RecordedService, Run } from '../../../electron/contract/run.js';
import { isSameStart, type ServiceState, type StartSetting } from '../../../electron/contract/service.js';
import type { EngineHarness } from './engine-harness.js';

/** What a service is when its run was closed, and where it is going by then. */
interface Found {
  readonly state: ServiceState;
  readonly start: StartSetting;
  readonly endsIn: ServiceState;
}

/**
 * Compares a closed run with the server itself, past the program: every original of the record must hold in every queried
 * field, or the difference must stand in the record as chosen. Also what was ordered and has not happened yet counts.
 * @param except services whose own oddity changes them once more after the run was closed
 * @returns one line for each field that is wrong
 */
export function findClosingFaults(harness: EngineHarness, run: Run, except: ReadonlySet<string>): readonly string[] {
  return [...run.services.values()].flatMap((recorded) => {
    const found = find(harness, recorded.serviceName);
    if (found === null) return recorded.kept?.state === 'missing' ? [] : [`${recorded.serviceName} is gone, and nobody chose that`];
    return [...stateFaults(recorded, found, except.has(recorded.serviceName)), ...startFaults(recorded, found)];
  });
}

function find(harness: EngineHarness, serviceName: string): Found | null {
  const { state, nowMs } = harness.server.simulation.look();
  const service = findService(state, serviceName, nowMs);
  if (service === undefined) return null;
  return { state: statusOf(service, nowMs).state, start: startOf(state, service, nowMs), endsIn: lastState(service) };
}

function lastState({ moments }: SimulatedService): ServiceState {
  return latestDue(moments, Number.POSITIVE_INFINITY).state;
}

function stateFaults(recorded: RecordedService, { state, endsIn }: Found, isOdd: boolean): readonly string[] {
  const allowed = allowedStates(recorded);
  const shown = `${recorded.serviceName} was ${recorded.original.state} and`;
  if (!allowed.includes(state)) return [`${shown} is ${state} when its run is closed`];
  // Windows itself may still start services after a restart; but nothing may pause them once no process is there to bring them back.
  return isOdd || endsIn !== 'paused' || allowed.includes(endsIn) ? [] : [`${shown} will be ${endsIn} when its run is closed already`];
}

const RESTING: Readonly<Record<ServiceState, ServiceState>> = {
  running: 'running',
  'start-pending': 'running',
  'continue-pending': 'running',
  paused: 'paused',
  'pause-pending': 'paused',
  stopped: 'stopped',
  'stop-pending': 'stopped',
};

function allowedStates({ original, kept, pause }: RecordedService): readonly (ServiceState | 'missing')[] {
  // The run never stops a service: one that was started by others before the run paused it runs again.
  const started: readonly ServiceState[] = original.state.startsWith('stop') && pause.kind !== 'none' ? ['running'] : [];
  return [RESTING[original.state], ...started, ...(kept?.state == null ? [] : [kept.state])];
}

function startFaults({ serviceName, original, kept }: RecordedService, { start }: Found): readonly string[] {
  if (isSameStart(start, original.start) || (kept?.start != null && isSameStart(start, kept.start))) return [];
  return [`${serviceName} started as ${JSON.stringify(original.start)} and starts as ${JSON.stringify(start)} when its run is closed`];
}
