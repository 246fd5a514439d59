import type { ServerInventory } from '../../contract/server-inventory.js';
import { buildServer } from './scenarios.js';
import { type RealTime, SYSTEM_TIME } from './simulated-clock.js';
import { SimulatedHost } from './simulated-host.js';
import { SimulatedServiceControl } from './simulated-service-control.js';
import type { SimulatedState } from './simulated-state.js';
import { FileStore, MemoryStore, type SimulatedStore } from './simulated-store.js';
import { Simulation } from './simulation.js';

/** What is asked of a simulated server. Null stands for "as it is": the stored one's, or the default for a new one. */
export interface SimulatedServerRequest {
  /** Null keeps the server in this process's memory. */
  readonly dataFolder: string | null;
  /** Of a new server only: one that is stored keeps its own. */
  readonly scenario: string | null;
  readonly seed: number | null;
  /** What a new server is a copy of; null or left out: of none. */
  readonly copy?: ServerInventory | null;
  /** Simulated seconds in a real second, from now on and for all processes. */
  readonly speed: number | null;
  /** Replaces a stored server. Ask `readStoredScenario` first, and whether a run is open on it. */
  readonly startsFresh: boolean;
}

/** A simulated server, opened. `SimulatedEvidence` is made from `simulation`. */
export interface OpenedServer {
  readonly simulation: Simulation;
  readonly serviceControl: SimulatedServiceControl;
  readonly host: SimulatedHost;
}

const DEFAULT_SEED = 1;

/**
 * Opens the simulated server of a data folder; makes it where there is none.
 * @throws ProblemError unknown-scenario, simulation-damaged, data-folder-unreadable, data-folder-unwritable
 */
export async function openSimulatedServer(request: SimulatedServerRequest, time: RealTime = SYSTEM_TIME): Promise<OpenedServer> {
  const store = request.dataFolder === null ? new MemoryStore() : new FileStore(request.dataFolder, time);
  // A server that is there is opened without writing, so that looking needs no right to write.
  if (request.startsFresh || store.read() === null) await create(store, request, time.nowMs());
  return openSimulation(store, time, request.speed);
}

/** Opens a server that a store holds already. */
export async function openSimulation(store: SimulatedStore, time: RealTime, speed: number | null): Promise<OpenedServer> {
  const simulation = new Simulation(store, time);
  if (speed !== null && simulation.look().state.clock.speed !== speed) await simulation.setSpeed(speed);
  const host = new SimulatedHost(simulation);
  return { simulation, host, serviceControl: new SimulatedServiceControl(simulation, host) };
}

/**
 * Which server a data folder holds, or null for none.
 * @throws ProblemError simulation-damaged, data-folder-unreadable
 */
export function readStoredScenario(dataFolder: string): Pick<SimulatedState, 'scenario' | 'seed' | 'copyOf'> | null {
  const state = new FileStore(dataFolder, SYSTEM_TIME).read();
  if (state === null) return null;
  const { scenario, seed, copyOf } = state;
  return { scenario, seed, ...(copyOf !== undefined && { copyOf }) };
}

async function create(store: SimulatedStore, request: SimulatedServerRequest, realMs: number): Promise<void> {
  const seed = request.seed ?? DEFAULT_SEED;
  const { copy = null } = request;
  const copied = copy === null ? null : (await import('./copied-server.js')).copyServer(copy, seed, realMs);
  const made = buildServer(request.scenario ?? 'default', seed, realMs, copied);
  await store.update((stored) => ({ state: stored === null || request.startsFresh ? made : stored, answer: undefined }));
}
