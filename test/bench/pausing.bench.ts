import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { PoolReader } from '../../electron/adapters/pool/pool-reader.js';
import { LYNC_SERVICES } from '../../electron/adapters/simulator/inventory.js';
import { openSimulation } from '../../electron/adapters/simulator/open-simulated-server.js';
import { buildServer } from '../../electron/adapters/simulator/scenarios.js';
import { SYSTEM_TIME } from '../../electron/adapters/simulator/simulated-clock.js';
import { createSimulatedEnds } from '../../electron/adapters/simulator/simulated-ends.js';
import { SimulatedEvidence } from '../../electron/adapters/simulator/simulated-evidence.js';
import { createSimulatedProduct } from '../../electron/adapters/simulator/simulated-product.js';
import type { SimulatedService, SimulatedState } from '../../electron/adapters/simulator/simulated-state.js';
import { MemoryStore } from '../../electron/adapters/simulator/simulated-store.js';
import { posixFolderProtection } from '../../electron/adapters/storage/posix-folder-protection.js';
import { openRunRecords } from '../../electron/adapters/storage/run-files.js';
import type { PoolReading } from '../../electron/contract/facts.js';
import { drainGroupPlace } from '../../electron/core/catalogue/catalogue.js';
import { createEngine } from '../../electron/engine/create-engine.js';
import type { Engine, EngineEvent } from '../../electron/engine/engine.js';
import type { PoolInformation } from '../../electron/ports/pool-information.js';
import type { BenchRow } from './table.js';

/** Two of one group. */
const SLOW: readonly string[] = ['RTCAVMCU', 'RTCIMMCU'];
const SLOW_MS = 5_000;
const USUAL_MS = 1_000;
const BY = { user: 'CONTOSO\\ann', face: 'cli', processId: process.pid } as const;
const ALL = { services: null, forMs: null, reason: null, overrides: [] };
/** A shorter deadline than the product's, so that it can be waited for. */
const LOOK_MS = 1_000;
const NAMES = LYNC_SERVICES.map(({ serviceName }) => serviceName);

/**
 * Pausing twelve services whose handlers return at once, in real time: two of one group are pause-pending for five seconds, the
 * others for one. Against the slowest of each group, one group after another; and beside it what they take one by one.
 */
export async function measurePausing(): Promise<readonly BenchRow[]> {
  const slowest = new Map<number, number>();
  for (const name of NAMES) slowest.set(drainGroupPlace(name), Math.max(slowest.get(drainGroupPlace(name)) ?? 0, pauseMsOf(name)));
  const groups = { name: 'slowest of each group, summed up', figure: sum([...slowest.values()]) };
  const oneByOne = { name: 'one by one', figure: sum(NAMES.map(pauseMsOf)) };
  const measured = await onServer({ read: readPool, readNow: readPool }, pauseAll);
  const topic = `${NAMES.length} services paused, two of one group slow`;
  const rows = [groups, oneByOne].map((floor): BenchRow => ({ topic, unit: 'ms', measured, floor, limit: floor === groups ? 1.2 : 0.5 }));
  return [...rows, await measureSilentPool()];
}

function pauseMsOf(serviceName: string): number {
  return SLOW.includes(serviceName) ? SLOW_MS : USUAL_MS;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Between the order and the first pause, while eleven other servers of the pool never answer. */
async function measureSilentPool(): Promise<BenchRow> {
  const pool = silentPool();
  await pool.settle();
  const measured = await onServer(pool, async ({ engine }) => {
    const begun = performance.now();
    let first = Number.NaN;
    const stop = new AbortController();
    await engine.pause(
      ALL,
      BY,
      (event) => {
        if (event.type !== 'step') return;
        first = performance.now() - begun;
        stop.abort();
      },
      { timeoutMs: null, signal: stop.signal },
    );
    return first;
  });
  const floor = { name: 'the deadline of one look', figure: LOOK_MS };
  return { topic: 'first pause while eleven other servers of the pool are silent', unit: 'ms', measured, floor, limit: 1.3 };
}

function silentPool(): PoolReader {
  const members = Array.from({ length: 12 }, (_, index) => `fe${index + 1}`);
  return new PoolReader({
    nameService: { resolve: async () => ({ kind: 'none' }) },
    cmdlets: {
      readMembers: async () => ({ kind: 'read', value: { fqdn: 'pool01', members, own: 'fe1' } }),
      readReadiness: async () => ({ kind: 'unavailable', trouble: 'cmdlet-missing', raw: '' }),
      readTopology: async () => ({ kind: 'unavailable', trouble: 'cmdlet-missing', raw: '' }),
      readFabricState: async () => ({ kind: 'unavailable', trouble: 'cmdlet-missing', raw: '' }),
      end: () => undefined,
    },
    memory: { read: () => null, write: () => undefined },
    membersMemory: { read: () => null, write: () => undefined },
    ownName: async () => 'fe1',
    remote: { readServices: () => new Promise(() => undefined) },
    ...{ named: null, ownAddresses: () => null, isFrontEnd: async () => true },
    now: () => ({ at: new Date().toISOString(), upMs: performance.now() }),
    lookMs: LOOK_MS,
  });
}

const readPool = async (): Promise<PoolReading> => ({
  known: true,
  value: { fqdn: 'pool01', members: 4, othersInService: 3, addresses: 4 },
});

interface BenchServer {
  readonly engine: Engine;
}

/** Works on a simulated server of its own. */
async function onServer<T>(pool: PoolInformation, work: (server: BenchServer) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'lync-drain-bench-'));
  try {
    const store = new MemoryStore(adjusted(buildServer('quiet', 1, Date.now())));
    const server = await openSimulation(store, SYSTEM_TIME, null);
    const records = openRunRecords({
      folder,
      protection: posixFolderProtection(process.getuid()),
      computerName: 'FE01',
      bootedAt: new Date().toISOString(),
      processIdentity: () => 'alive',
    });
    const engine = createEngine({
      ...{ serviceControl: server.serviceControl, host: server.host, evidence: new SimulatedEvidence(server.simulation), records },
      installedProduct: createSimulatedProduct(() => server.simulation.look().state),
      openSessionEnds: async () => createSimulatedEnds(server.simulation),
      pool,
      ...{ product: 'bench', stalledAfterMs: 600_000, undoCard: () => '' },
    });
    return await work({ engine });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @returns milliseconds from the first order to the last service that is paused */
async function pauseAll({ engine }: BenchServer): Promise<number> {
  const events: EngineEvent[] = [];
  const { outcome } = await engine.pause(ALL, BY, (event) => events.push(event), {
    timeoutMs: null,
    signal: new AbortController().signal,
  });
  const steps = events.flatMap((event) => (event.type === 'step' ? [event] : []));
  if (outcome !== 'paused' || steps.filter(({ state }) => state === 'done').length !== NAMES.length) {
    throw new Error(`not every service was paused: ${outcome}`);
  }
  return steps.at(-1)!.upMs - steps[0]!.upMs;
}

/** All twelve run, and take their time to pause. */
function adjusted(server: SimulatedState): SimulatedState {
  const services = server.services.map((service): SimulatedService => {
    if (!NAMES.includes(service.serviceName)) return service;
    const moments = service.moments.map((moment) => ({
      ...moment,
      state: 'running' as const,
      processId: moment.processId || server.nextProcessId,
    }));
    return { ...service, moments, pace: { ...service.pace, pause: pauseMsOf(service.serviceName) } };
  });
  return { ...server, services };
}
