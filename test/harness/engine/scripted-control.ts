import { ProblemError, type ProblemId } from '../../../electron/contract/problem.js';
import type { ServiceStatus, StartSetting } from '../../../electron/contract/service.js';
import { win32Failure } from '../../../electron/contract/win32-problem.js';
import type { Host } from '../../../electron/ports/host.js';
import type { ServiceControl } from '../../../electron/ports/service-control.js';
import { ScheduledTime } from '../fakes/scheduled-time.js';
import { AUTO, configurationOf, FE01, statusOf } from '../fakes/server-facts.js';

export const SERVICE = 'RTCMEDSRV';

/** What the service shows from so many milliseconds on. */
export type Scene = readonly [fromMs: number, status: Partial<ServiceStatus>];

/** One service that shows what the script says, at the times it says, whatever it is told. */
export class ScriptedControl implements ServiceControl {
  readonly time = new ScheduledTime(0);
  readonly sent: string[] = [];
  /** Refusals to come, one for each order: a problem or Windows' error number; then orders are taken. */
  readonly refusals: (ProblemId | number)[] = [];
  start: StartSetting = AUTO;
  /** What a written start type becomes instead. */
  startBecomes: StartSetting | null = null;
  onInterrogate: (() => void) | null = null;
  scenes: readonly Scene[];

  constructor(...scenes: readonly Scene[]) {
    this.scenes = scenes;
  }

  get host(): Host {
    return {
      computer: () => Promise.resolve(FE01),
      now: () => ({ at: new Date(this.time.nowMs()).toISOString(), upMs: this.time.nowMs() }),
      sleep: (milliseconds, signal) => this.time.sleep(milliseconds, signal),
      processIdentity: () => null,
    };
  }

  async readStatus(serviceName: string): Promise<ServiceStatus> {
    const [, status] = this.scenes.filter(([fromMs]) => fromMs <= this.time.nowMs()).at(-1)!;
    return statusOf(serviceName, { status });
  }

  async listServices(): Promise<readonly ServiceStatus[]> {
    return [await this.readStatus(SERVICE)];
  }

  async readConfiguration(serviceName: string): ReturnType<ServiceControl['readConfiguration']> {
    return configurationOf(serviceName, { start: this.start });
  }

  async readStart(): Promise<StartSetting> {
    return this.start;
  }

  async sendControl(_serviceName: string, control: 'pause' | 'continue' | 'interrogate'): Promise<void> {
    if (control === 'interrogate') {
      this.sent.push(control);
      this.onInterrogate?.();
      return;
    }
    this.#take(control);
  }

  async startService(): Promise<void> {
    this.#take('start');
  }

  async setStart(_serviceName: string, start: StartSetting): Promise<void> {
    this.#take(`set ${start.startType}`);
    this.start = this.startBecomes ?? start;
  }

  async close(): Promise<void> {
    // Nothing is open.
  }

  #take(order: string): void {
    this.sent.push(order);
    const refusal = this.refusals.shift();
    if (refusal === undefined) return;
    if (typeof refusal === 'number') throw win32Failure(refusal, 'ControlService', SERVICE);
    throw new ProblemError({ id: refusal, params: { serviceName: SERVICE } });
  }
}

/** A service that moves its checkpoint every so often, from `fromMs` on. */
export function moving(state: ServiceStatus['state'], fromMs: number, untilMs: number, everyMs: number): readonly Scene[] {
  const count = Math.ceil((untilMs - fromMs) / everyMs);
  return Array.from({ length: count }, (_, nth): Scene => [fromMs + nth * everyMs, { state, checkpoint: nth + 1, waitHintMs: 1_000 }]);
}
