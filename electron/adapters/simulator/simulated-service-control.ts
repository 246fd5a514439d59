import type { ServiceConfiguration, ServiceStatus, StartSetting } from '../../contract/service.js';
import { win32Failure } from '../../contract/win32-problem.js';
import type { Control, ServiceControl } from '../../ports/service-control.js';
import { configurationOf, listStatuses, startOf, statusOf } from './readings.js';
import type { SimulatedHost } from './simulated-host.js';
import { CONTROL_PATIENCE_MS, lookUp, type ServerOrder, WIN32 } from './simulated-server.js';
import type { SimulatedService } from './simulated-state.js';
import type { Look, Simulation } from './simulation.js';

/** The service control manager of the simulated server. Refusals carry the numbers and function names Windows would. */
export class SimulatedServiceControl implements ServiceControl {
  readonly #simulation: Simulation;
  readonly #host: SimulatedHost;

  constructor(simulation: Simulation, host: SimulatedHost) {
    this.#simulation = simulation;
    this.#host = host;
  }

  async listServices(): Promise<readonly ServiceStatus[]> {
    const { state, nowMs } = this.#simulation.look();
    return listStatuses(state, nowMs);
  }

  async readStatus(serviceName: string): Promise<ServiceStatus> {
    const { service, nowMs } = this.#open(serviceName);
    return statusOf(service, nowMs);
  }

  async readConfiguration(serviceName: string): Promise<ServiceConfiguration> {
    const { service, state, nowMs } = this.#openConfiguration(serviceName);
    return configurationOf(state, service, nowMs);
  }

  async readStart(serviceName: string): Promise<StartSetting> {
    const { service, state, nowMs } = this.#openConfiguration(serviceName);
    return startOf(state, service, nowMs);
  }

  async sendControl(serviceName: string, control: Control): Promise<void> {
    await this.#order({ kind: control, serviceName }, 'ControlService');
  }

  async startService(serviceName: string): Promise<void> {
    await this.#order({ kind: 'start', serviceName }, 'StartServiceW');
  }

  async setStart(serviceName: string, start: StartSetting): Promise<void> {
    await this.#order({ kind: 'set-start', serviceName, start }, 'ChangeServiceConfigW');
  }

  async close(): Promise<void> {
    // Nothing is held open between two questions.
  }

  #open(serviceName: string): Look & { readonly service: SimulatedService } {
    const look = this.#simulation.look();
    const service = lookUp(look.state, look.nowMs, serviceName);
    if (typeof service === 'number') throw win32Failure(service, 'OpenServiceW', serviceName);
    return { ...look, service };
  }

  #openConfiguration(serviceName: string): Look & { readonly service: SimulatedService } {
    const opened = this.#open(serviceName);
    if (opened.service.hidesConfiguration === true) throw win32Failure(WIN32.accessDenied, 'QueryServiceConfigW', serviceName);
    return opened;
  }

  async #order(order: ServerOrder, operation: string): Promise<void> {
    const { state } = this.#open(order.serviceName);
    // The rights to change a service are asked for when it is opened.
    if (!state.elevated) throw win32Failure(WIN32.accessDenied, 'OpenServiceW', order.serviceName);
    const win32 = await this.#orderInTurn(order);
    if (win32 !== WIN32.success) throw win32Failure(win32, operation, order.serviceName);
  }

  /** Waits while the handler of any service is busy. @returns 0 or the Win32 number of the refusal */
  async #orderInTurn(order: ServerOrder): Promise<number> {
    const { bootedAtMs } = this.#simulation.look().state;
    const giveUpUpMs = this.#host.now().upMs + CONTROL_PATIENCE_MS;
    for (;;) {
      // What waits when Windows is restarted ends with it.
      if (this.#simulation.look().state.bootedAtMs !== bootedAtMs) return WIN32.shutdownInProgress;
      const { win32, answerAfterMs, blockedForMs } = await this.#simulation.order(order, 'program');
      if (blockedForMs === 0) {
        if (answerAfterMs > 0) await this.#host.sleep(answerAfterMs);
        return win32;
      }
      const leftMs = Math.max(0, giveUpUpMs - this.#host.now().upMs);
      await this.#host.sleep(Math.min(blockedForMs, leftMs));
      if (blockedForMs > leftMs) return WIN32.requestTimeout;
    }
  }
}
