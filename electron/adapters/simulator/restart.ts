import { between, type Random, randomFor } from './random.js';
import { startDependencies } from './simulated-server.js';
import { exists, findService, momentAt, type SimulatedService, type SimulatedState, startAt } from './simulated-state.js';
import { move } from './transition.js';

/** From shutting down until Windows runs again; longer than what two readings of one boot time may differ by. */
const OFF_MS = 150_000;

/** Windows starts delayed services about two minutes after the others. */
const DELAYED_START_MS = 120_000;

/** When what triggers wait for (a network address, a domain) is usually there. */
const TRIGGER_MS = 30_000;

/**
 * Restarts Windows and lets the time pass that it takes. Paused is forgotten: what starts automatically comes back
 * running, with what it depends on; Manual stays stopped unless a dependent or a trigger starts it; Disabled stays.
 */
export function restart(state: SimulatedState, nowMs: number, realMs: number): SimulatedState {
  const bootedAtMs = nowMs + OFF_MS;
  const clock = { ...state.clock, realMs, simulatedMs: bootedAtMs };
  const services = state.services.filter((service) => exists(service, nowMs)).map((service) => shutDown(service, nowMs));
  const off: SimulatedState = { ...state, clock, bootedAtMs, services };
  return services.reduce((booting, { serviceName }) => startAtBoot(booting, serviceName), off);
}

function shutDown(service: SimulatedService, nowMs: number): SimulatedService {
  const before = service.moments.filter((moment) => moment.atMs <= nowMs);
  const stopped = {
    ...momentAt(service, nowMs),
    atMs: nowMs,
    state: 'stopped' as const,
    processId: 0,
    checkpointEveryMs: null,
    waitHintMs: 0,
    // Windows reports 1077 (no attempt to start since the last boot) until a service is started.
    win32ExitCode: 1077,
    serviceSpecificExitCode: 0,
  };
  return { ...service, moments: [...before, stopped], staleSinceMs: null };
}

function startAtBoot(state: SimulatedState, serviceName: string): SimulatedState {
  const { bootedAtMs } = state;
  const service = findService(state, serviceName, bootedAtMs);
  if (service === undefined || service.moments.at(-1)?.state !== 'stopped') return state;
  const delayMs = bootDelayMs(service, bootedAtMs, randomFor(state.seed, serviceName, 'boot', bootedAtMs - state.createdAtMs));
  if (delayMs === null) return state;
  const prepared = startDependencies(state, bootedAtMs + delayMs, service, [serviceName]);
  return typeof prepared === 'number' ? state : move(prepared.state, service, { movement: 'start', atMs: prepared.readyAtMs });
}

/** How long after Windows a service begins to start by itself; null: it does not. */
function bootDelayMs(service: SimulatedService, bootedAtMs: number, random: Random): number | null {
  const { startType, delayed } = startAt(service, bootedAtMs);
  switch (startType) {
    case 'disabled':
      return null;
    case 'demand':
      return service.hasStartTrigger ? TRIGGER_MS : null;
    case 'auto':
      return delayed ? DELAYED_START_MS + between(random, 0, 20_000) : between(random, 2000, 15_000);
    case 'boot':
    case 'system':
      return 0;
  }
}
