import { openSimulatedServer, readStoredScenario } from '../adapters/simulator/open-simulated-server.js';
import { type RealTime, SYSTEM_TIME } from '../adapters/simulator/simulated-clock.js';
import { SimulatedEvidence } from '../adapters/simulator/simulated-evidence.js';
import { createSimulatedHealth } from '../adapters/simulator/simulated-health.js';
import { createSimulatedOthers } from '../adapters/simulator/simulated-others.js';
import { createSimulatedPool } from '../adapters/simulator/simulated-pool.js';
import { createSimulatedProduct } from '../adapters/simulator/simulated-product.js';
import type { SimulatedState } from '../adapters/simulator/simulated-state.js';
import { digestOf } from '../adapters/simulator/state-digest.js';
import type { ServerInventory } from '../contract/server-inventory.js';
import type { ServerParts, SimulatedChoice } from './server-parts.js';

/**
 * Everything that only a simulated server needs, in a file of its own that is loaded when one is opened: on a real server
 * that is a rehearsal, and the tray app does without it until then.
 * @param time which the server's own clock follows
 * @throws ProblemError server-file-unreadable, server-file-wrong, conflicting-options, simulation-damaged, unknown-scenario,
 * data-folder-unreadable, data-folder-unwritable
 */
export async function openSimulatedParts(
  dataFolder: string,
  { simulate, seed, speed, copy = null }: SimulatedChoice,
  time: RealTime = SYSTEM_TIME,
): Promise<ServerParts> {
  const scenario = simulate?.scenario ?? null;
  const inventory = copy === null ? null : 'inventory' in copy ? copy.inventory : await readFile(copy.path);
  const isAsked = scenario !== null || seed !== null || inventory !== null;
  const stored = isAsked ? readStoredScenario(dataFolder) : null;
  const isOther =
    stored !== null &&
    ((scenario !== null && scenario !== stored.scenario) ||
      (seed !== null && seed !== stored.seed) ||
      (inventory !== null && digestOf(inventory) !== stored.copyOf));
  const simulation = await openSimulatedServer({ dataFolder, scenario, seed, speed, copy: inventory, startsFresh: isOther }, time);
  const { serviceControl } = simulation;
  const look = (): SimulatedState => simulation.simulation.look().state;
  const evidence = new SimulatedEvidence(simulation.simulation);
  return {
    serviceControl,
    evidence,
    openSessionEnds: async () => {
      return (await import('../adapters/simulator/simulated-ends.js')).createSimulatedEnds(simulation.simulation);
    },
    pool: createSimulatedPool(
      look,
      createSimulatedOthers(() => simulation.simulation.look()),
    ),
    installedProduct: createSimulatedProduct(look),
    health: createSimulatedHealth(() => simulation.simulation),
    host: simulation.host,
    source: 'simulated',
    // Not os.uptime(): on Windows it reads a performance counter, and fails where those are broken.
    bootedAt: new Date(Date.now() - Number(process.hrtime.bigint() / 1_000_000n)).toISOString(),
    eventLog: null,
    close: async () => {
      await evidence.release();
      await serviceControl.close();
    },
    simulation,
  };
}

/** The parser is loaded for it: most simulated servers are copies of none. */
async function readFile(path: string): Promise<ServerInventory> {
  return (await import('../adapters/simulator/inventory-file.js')).readInventoryFile(path);
}
