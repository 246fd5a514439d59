import { type OpenedServer, openSimulatedServer, openSimulation } from '../../../electron/adapters/simulator/open-simulated-server.js';
import { liveSessions } from '../../../electron/adapters/simulator/session-arrivals.js';
import { SimulatedEvidence } from '../../../electron/adapters/simulator/simulated-evidence.js';
import { findService, type SimulatedState } from '../../../electron/adapters/simulator/simulated-state.js';
import { MemoryStore } from '../../../electron/adapters/simulator/simulated-store.js';
import { ProblemError } from '../../../electron/contract/problem.js';
import type { ServiceState } from '../../../electron/contract/service.js';
import type { SessionReading } from '../../../electron/contract/sessions.js';
import { ManualTime } from '../fakes/manual-time.js';
import { attended, type AttendedServer } from './services-console.js';

/** A simulated server in memory, with a clock that the test turns. */
export class SimulatedTrial {
  readonly evidence: SimulatedEvidence;

  private constructor(
    readonly server: AttendedServer,
    readonly time: ManualTime,
  ) {
    this.evidence = new SimulatedEvidence(server.simulation);
  }

  static async open(scenario = 'default', seed = 1): Promise<SimulatedTrial> {
    const time = new ManualTime();
    const server = attended(await openSimulatedServer({ dataFolder: null, scenario, seed, speed: null, startsFresh: false }, time));
    return new SimulatedTrial(server, time);
  }

  /** A server that the test makes. */
  static async openState(make: (nowMs: number) => SimulatedState): Promise<SimulatedTrial> {
    const time = new ManualTime();
    return new SimulatedTrial(attended(await openSimulation(new MemoryStore(make(time.nowMs())), time, null)), time);
  }

  get control(): OpenedServer['serviceControl'] {
    return this.server.serviceControl;
  }

  pass(milliseconds: number): Promise<void> {
    return this.time.sleep(milliseconds);
  }

  async state(serviceName: string): Promise<ServiceState> {
    return (await this.control.readStatus(serviceName)).state;
  }

  /** The number with which an order is refused, 0 when it is not. */
  async win32(order: Promise<unknown>): Promise<number> {
    try {
      await order;
      return 0;
    } catch (error) {
      if (error instanceof ProblemError) return Number(error.problem.params['win32']);
      throw error;
    }
  }

  /** Every service's sessions, by name. */
  async sessions(): Promise<ReadonlyMap<string, SessionReading>> {
    return this.evidence.read(await this.control.listServices());
  }

  /** How many sessions a service really carries, whatever the sources see. */
  carried(serviceName: string): number {
    const { state, nowMs } = this.server.simulation.look();
    const service = findService(state, serviceName, nowMs);
    return service === undefined ? 0 : liveSessions(state, service, nowMs).length;
  }

  /** A service's count; fails when it is unknown. */
  async count(serviceName: string): Promise<number> {
    const reading = (await this.sessions()).get(serviceName);
    if (reading?.kind !== 'count') throw new Error(`The sessions of ${serviceName} are unknown.`);
    return reading.count;
  }
}
