import { LineProcess, WitnessRefused } from './line-process.js';

/** Which Windows it is, and what it lets us be. */
export interface Machine {
  /** Major, minor and build, as the kernel says them. */
  readonly version: string;
  readonly servicePack: number;
  readonly isServer: boolean;
  /** The version of Wine that stands in for Windows; null on Windows. Shown in the report, and nothing depends on it. */
  readonly wine: string | null;
  readonly product: string;
  readonly displayVersion: string;
  readonly computer: string;
  readonly isElevated: boolean;
  /** When the service control manager's process began, in milliseconds since 1970: another time means a restart. */
  readonly bootedAtMs: number;
  readonly signIn: string;
}

export interface SeenEvent {
  readonly id: number;
  /** `wType` of `ReportEvent`: 1 error, 2 warning, 4 information. */
  readonly level: number;
  readonly inserts: readonly string[];
  readonly sentence: string;
}

interface SeenTrigger {
  readonly type: number;
  readonly action: number;
  readonly subtype: string;
}

interface Count {
  readonly count: number;
}

/** Speaks with acceptance/native/machine-witness.c. */
export class MachineWitness {
  readonly #lines: LineProcess;

  constructor(program: string) {
    this.#lines = new LineProcess(program);
  }

  machine(): Promise<Machine> {
    return this.#lines.ask<Machine>('machine');
  }

  async isDelayed(serviceName: string): Promise<boolean> {
    return (await this.#lines.ask<{ readonly isDelayed: boolean }>('delayed', serviceName)).isDelayed;
  }

  /** @throws WitnessRefused 124 where Windows has no such flag */
  async setDelayed(serviceName: string): Promise<void> {
    await this.#lines.ask('set-delayed', serviceName, 1);
  }

  async triggers(serviceName: string): Promise<readonly SeenTrigger[]> {
    return (await this.#lines.ask<{ readonly triggers: readonly SeenTrigger[] }>('triggers', serviceName)).triggers;
  }

  /** @throws WitnessRefused 124 where Windows has no triggers */
  async setTrigger(serviceName: string): Promise<void> {
    await this.#lines.ask('set-trigger', serviceName);
  }

  tcp(port: number): Promise<{ readonly established: number; readonly listening: number }> {
    return this.#lines.ask('tcp', port);
  }

  async sddl(path: string): Promise<string> {
    return (await this.#lines.ask<{ readonly sddl: string }>('sddl', path)).sddl;
  }

  async setSddl(path: string, sddl: string): Promise<void> {
    await this.#lines.ask('set-sddl', path, sddl);
  }

  /** Ends a process and all that it started, from one instruction to the next. */
  async endTree(processId: number): Promise<void> {
    await this.#lines.ask('end-tree', processId);
  }

  /** Ends every process whose program is in a folder. @param processId only this one, whose number may be another program's by now */
  async endIn(folder: string, processId = 0): Promise<void> {
    await this.#lines.ask('end-in', folder, processId);
  }

  async countProcesses(fileName: string): Promise<number> {
    return (await this.#lines.ask<Count>('count', fileName)).count;
  }

  async countWindows(fileName: string): Promise<number> {
    return (await this.#lines.ask<Count>('windows', fileName)).count;
  }

  async reportEvent(source: string, text: string): Promise<void> {
    await this.#lines.ask('report', source, text);
  }

  async events(source: string): Promise<readonly SeenEvent[]> {
    return (await this.#lines.ask<{ readonly events: readonly SeenEvent[] }>('events', source)).events;
  }

  /** A performance counter by its English path; null if there is none, or it has no value. */
  async counter(path: string): Promise<number | null> {
    try {
      return (await this.#lines.ask<{ readonly value: number }>('counter', path)).value;
    } catch (error) {
      if (error instanceof WitnessRefused) return null;
      throw error;
    }
  }

  end(): void {
    this.#lines.end();
  }
}
