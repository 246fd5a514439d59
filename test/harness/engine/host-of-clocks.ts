import type { Computer, Instant } from '../../../electron/contract/computer.js';
import type { Host } from '../../../electron/ports/host.js';

/** What a computer's clocks show beside the server's own. */
export interface Clocks {
  /** The wall clock was set; negative: back. */
  wallAheadMs: number;
  /** The computer slept, and its monotonic clock stood still. */
  sleptMs: number;
  /** This Windows tells no boot id, as Wine. */
  hidesBootId: boolean;
}

/** Works out the time of the boot as Windows' adapter does: the wall clock minus the uptime. */
export class HostOfClocks implements Host {
  readonly #host: Host;
  readonly #clocks: Clocks;

  constructor(host: Host, clocks: Clocks) {
    this.#host = host;
    this.#clocks = clocks;
  }

  async computer(): Promise<Computer> {
    const { at, upMs } = this.now();
    const computer = await this.#host.computer();
    const bootId = this.#clocks.hidesBootId ? null : computer.bootId;
    return { ...computer, bootedAt: new Date(Date.parse(at) - upMs).toISOString(), bootId };
  }

  now(): Instant {
    const { at, upMs } = this.#host.now();
    return { at: new Date(Date.parse(at) + this.#clocks.wallAheadMs).toISOString(), upMs: upMs - this.#clocks.sleptMs };
  }

  sleep(...asked: Parameters<Host['sleep']>): Promise<void> {
    return this.#host.sleep(...asked);
  }

  processIdentity(processId: number): string | null {
    return this.#host.processIdentity(processId);
  }
}
