import type { Computer, Instant } from '../../contract/computer.js';
import type { Host } from '../../ports/host.js';
import { processIdentity } from './process-identity.js';
import type { Simulation } from './simulation.js';

/** A FILETIME counts 100 ns from 1601 on. */
const FILETIME_EPOCH_MS = 11_644_473_600_000n;

export const USUAL_COMPUTER = { name: 'FE01', user: 'CONTOSO\\ann' };

/** The simulated machine. Its processes are real ones: those that work on the data folder. */
export class SimulatedHost implements Host {
  readonly #simulation: Simulation;

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
  }

  async computer(): Promise<Computer> {
    const { state } = this.#simulation.look();
    const { name, user } = state.computer ?? USUAL_COMPUTER;
    return {
      name,
      bootedAt: new Date(state.bootedAtMs).toISOString(),
      bootId: `smss.exe ${fileTimeOf(state.bootedAtMs)}`,
      source: 'simulated',
      elevated: state.elevated,
      user,
    };
  }

  now(): Instant {
    const { state, nowMs } = this.#simulation.look();
    return { at: new Date(nowMs).toISOString(), upMs: nowMs - state.bootedAtMs };
  }

  /** In simulated time, at the speed it runs with now. */
  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    const { speed } = this.#simulation.look().state.clock;
    await this.#simulation.time.sleep(milliseconds / speed, signal);
  }

  processIdentity(processId: number): string | null {
    return processIdentity(processId);
  }
}

function fileTimeOf(milliseconds: number): bigint {
  return (BigInt(Math.round(milliseconds)) + FILETIME_EPOCH_MS) * 10_000n;
}
