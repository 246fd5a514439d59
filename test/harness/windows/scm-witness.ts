import type { JsonLines } from './json-lines.js';

/** States as winsvc.h has them (`dwCurrentState`). */
export const SERVICE_STOPPED = 1;
export const SERVICE_RUNNING = 4;
export const SERVICE_PAUSED = 7;

/** Numbers as winsvc.h has them: the witness knows nothing of our words. */
export interface WitnessedService {
  readonly state: number;
  readonly controls: number;
  readonly processId: number;
  readonly checkpoint: number;
  readonly waitHint: number;
  readonly win32Exit: number;
  readonly specificExit: number;
  readonly type: number;
  readonly startType: number;
  readonly binary: string;
  readonly account: string;
  readonly displayName: string;
  readonly dependencies: readonly string[];
}

export interface NewService {
  readonly serviceName: string;
  readonly displayName?: string;
  readonly binary: string;
  /** `dwStartType`; 3 (manual) when left out. */
  readonly startType?: number;
  /** `dwServiceType`; 0x10 (a process of its own) when left out. */
  readonly type?: number;
  readonly dependencies?: readonly string[];
}

/** An order or question that Windows refused. */
class WitnessRefusal extends Error {
  readonly win32: number;

  constructor(operation: string, win32: number) {
    super(`${operation} failed with error ${win32}`);
    this.win32 = win32;
  }
}

type Answer = { readonly ok: false; readonly win32: number; readonly operation: string } | { readonly ok: true };

/** Speaks with native/scm-witness.c: the service control manager as seen past the adapter under test. */
export class ScmWitness {
  readonly #lines: JsonLines;

  constructor(lines: JsonLines) {
    this.#lines = lines;
  }

  async create(service: NewService): Promise<void> {
    const { serviceName, displayName = serviceName, binary, startType = 3, type = 0x10, dependencies = [] } = service;
    await this.#ask('create', serviceName, displayName, binary, startType, type, dependencies.join('/'));
  }

  async delete(serviceName: string): Promise<void> {
    await this.#ask('delete', serviceName);
  }

  async start(serviceName: string): Promise<void> {
    await this.#ask('start', serviceName);
  }

  async pause(serviceName: string): Promise<void> {
    await this.#ask('control', serviceName, 2);
  }

  async resume(serviceName: string): Promise<void> {
    await this.#ask('control', serviceName, 3);
  }

  async stop(serviceName: string): Promise<void> {
    await this.#ask('control', serviceName, 1);
  }

  async setStartType(serviceName: string, startType: number): Promise<void> {
    await this.#ask('start-type', serviceName, startType);
  }

  async setRecovery(serviceName: string, resetSeconds: number, restartAfterMs: number): Promise<void> {
    await this.#ask('recovery', serviceName, resetSeconds, restartAfterMs);
  }

  /** Deletes a service while holding a handle to it: marked for deletion until `release`. */
  async markForDeletion(serviceName: string): Promise<void> {
    await this.#ask('mark', serviceName);
  }

  async release(): Promise<void> {
    await this.#ask('release');
  }

  query(serviceName: string): Promise<WitnessedService> {
    return this.#ask<WitnessedService>('query', serviceName);
  }

  async list(): Promise<readonly string[]> {
    const { names } = await this.#ask<{ names: string[] }>('list');
    return names;
  }

  /** Milliseconds since the server started. */
  tick(): Promise<{ readonly uptime: number }> {
    return this.#ask('tick');
  }

  /** Resolves when a service is in a state (`dwCurrentState`), asked for every 20 ms. */
  async waitForState(serviceName: string, state: number): Promise<WitnessedService> {
    for (;;) {
      const service = await this.query(serviceName);
      if (service.state === state) return service;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async #ask<Fields extends object>(...fields: readonly (string | number)[]): Promise<Fields> {
    const answer = (await this.#lines.ask(fields.join('\t'))) as Answer & Fields;
    if (!answer.ok) throw new WitnessRefusal(`${answer.operation} (${fields.join(' ')})`, answer.win32);
    return answer;
  }
}
