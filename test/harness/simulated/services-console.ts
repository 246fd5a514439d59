import type { OpenedServer } from '../../../electron/adapters/simulator/open-simulated-server.js';
import type { Simulation } from '../../../electron/adapters/simulator/simulation.js';
import type { StartSetting } from '../../../electron/contract/service.js';

/** What people do at the simulated server itself, past the program under test: the Services console and the power button. */
export class ServicesConsole {
  readonly #simulation: Simulation;

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
  }

  /** Restarts Windows; a few simulated minutes pass. */
  async restart(): Promise<void> {
    await this.#simulation.restart();
  }

  /** @returns 0, or the Win32 number with which Windows refused */
  async control(serviceName: string, kind: 'pause' | 'continue' | 'stop' | 'start'): Promise<number> {
    return (await this.#simulation.order({ kind, serviceName }, 'console')).win32;
  }

  /** @returns 0, or the Win32 number with which Windows refused */
  async setStart(serviceName: string, start: StartSetting): Promise<number> {
    return (await this.#simulation.order({ kind: 'set-start', serviceName, start }, 'console')).win32;
  }
}

/** A server with people at it. */
export interface AttendedServer extends OpenedServer {
  readonly console: ServicesConsole;
}

export function attended(server: OpenedServer): AttendedServer {
  return { ...server, console: new ServicesConsole(server.simulation) };
}
