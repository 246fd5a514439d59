import { callInTime } from './call.js';
import { LineProcess } from './line-process.js';
import { until } from './patience.js';

/** States as winsvc.h has them (`dwCurrentState`). */
export const STOPPED = 1;
export const RUNNING = 4;
export const PAUSED = 7;

/** Start types as winsvc.h has them (`dwStartType`). */
export const AUTOMATIC = 2;
export const MANUAL = 3;
export const DISABLED = 4;

/** Numbers as winsvc.h has them. */
export interface SeenService {
  readonly state: number;
  readonly processId: number;
  readonly startType: number;
  readonly binary: string;
  readonly displayName: string;
}

/** A service to be installed. */
export interface ServiceToInstall {
  readonly serviceName: string;
  readonly displayName: string;
  readonly binary: string;
  readonly startType: number;
}

const OWN_PROCESS = 0x10;
const STOP = 1;
const PAUSE = 2;

/** Asks the service control manager past the product (scm-witness.c). */
export class ServiceWitness {
  readonly #program: string;
  readonly #lines: LineProcess;

  private constructor(program: string, lines: LineProcess) {
    this.#program = program;
    this.#lines = lines;
  }

  static async open(program: string): Promise<ServiceWitness> {
    const lines = new LineProcess(program);
    await lines.next();
    return new ServiceWitness(program, lines);
  }

  async list(): Promise<readonly string[]> {
    return (await this.#lines.ask<{ readonly names: readonly string[] }>('list')).names;
  }

  query(serviceName: string): Promise<SeenService> {
    return this.#lines.ask<SeenService>('query', serviceName);
  }

  async create({ serviceName, displayName, binary, startType }: ServiceToInstall): Promise<void> {
    await this.#lines.ask('create', serviceName, displayName, binary, startType, OWN_PROCESS, '');
  }

  async start(serviceName: string): Promise<void> {
    await this.#lines.ask('start', serviceName);
  }

  async pause(serviceName: string): Promise<void> {
    await this.#lines.ask('control', serviceName, PAUSE);
  }

  async stop(serviceName: string): Promise<void> {
    await this.#lines.ask('control', serviceName, STOP);
  }

  async setStartType(serviceName: string, startType: number): Promise<void> {
    await this.#lines.ask('start-type', serviceName, startType);
  }

  async delete(serviceName: string): Promise<void> {
    await this.#lines.ask('delete', serviceName);
  }

  /** True as soon as a service is in a state; false when it was not in time. */
  reaches(serviceName: string, state: number, patienceMs: number): Promise<boolean> {
    return until(async () => (await this.query(serviceName)).state === state, patienceMs);
  }

  /** True if the service control manager of another computer could be opened; false also if that took too long. */
  async reachesComputer(computer: string, patienceMs: number): Promise<boolean> {
    return (await callInTime(this.#program, [computer], patienceMs))?.exitCode === 0;
  }

  end(): void {
    this.#lines.end();
  }
}
