import type { OtherServer, PoolReading, RemoteServices } from '../../../electron/contract/facts.js';
import type { CommandResult } from '../../../electron/engine/engine.js';
import type { ServiceControl } from '../../../electron/ports/service-control.js';
import { boundControl } from '../fakes/bound-control.js';
import { DRAIN_ALL, EngineHarness, Killed, NO_WAIT, type KillPoint, type Program } from './engine-harness.js';

const IN_SERVICE: RemoteServices = { kind: 'read', states: { RTCMEDSRV: 'running', RTCSRV: 'running' } };
/** The first pause and the Front-End: a whole drain in two services. */
const SERVICES = ['RTCMEDSRV', 'RTCRGS', 'RTCSRV'];

/** What one server does that another one can see, or sees of the others. It is stopped before each look and before its first pause. */
type Step = 'look' | `pause ${string}`;

/** A server of the pool with a program on it that waits before each of its steps until it is told to take it. */
export class PoolServer {
  readonly fqdn: string;
  readonly harness: EngineHarness;
  /** What the others say instead of what they are, by name. */
  readonly answers = new Map<string, RemoteServices>();
  /** Servers that are not among the members as they are told now. */
  readonly gone = new Set<string>();
  /** Since when the names of the others are known, while no cmdlet tells them; null if one does. */
  toldAt: string | null = null;
  /** What the program did, in order. */
  readonly steps: Step[] = [];
  /** How its latest command ended; null while it goes on, or if it was killed. */
  result: CommandResult | null = null;
  #program: Program | null = null;
  #open: (() => void) | null = null;
  #arrived: (() => void) | null = null;
  #hasEnded = true;
  #isFree = true;

  constructor(fqdn: string, harness: EngineHarness) {
    this.fqdn = fqdn;
    this.harness = harness;
  }

  get program(): Program {
    if (this.#program === null) throw new Error('no program was started');
    return this.#program;
  }

  /** What the service control manager says of its services now, as another server reads them. */
  async readServices(): Promise<RemoteServices> {
    const statuses = await this.harness.server.serviceControl.listServices();
    const lync = statuses.filter(({ serviceName }) => SERVICES.includes(serviceName));
    return { kind: 'read', states: Object.fromEntries(lync.map(({ serviceName, state }) => [serviceName, state])) };
  }

  /** Begins a drain that stops before each step. */
  async begin(overrides: readonly string[] = [], killAt: KillPoint = { at: 'never' }): Promise<void> {
    this.#isFree = false;
    await this.#start(overrides, killAt);
  }

  /** A drain from its beginning to its end. */
  async drain(overrides: readonly string[] = [], killAt: KillPoint = { at: 'never' }): Promise<CommandResult | null> {
    this.#isFree = true;
    await this.#start(overrides, killAt);
    await this.#waitForRest();
    return this.result;
  }

  /** Lets it take the step that it stands before. @returns false if it has ended */
  async advance(): Promise<boolean> {
    if (this.#hasEnded && this.#open === null) return false;
    this.#open?.();
    await this.#waitForRest();
    // An order that was given before a kill arrives after it.
    await new Promise((done) => setImmediate(done));
    return true;
  }

  async isDown(serviceName = 'RTCSRV'): Promise<boolean> {
    return (await this.harness.server.serviceControl.readStatus(serviceName)).state !== 'running';
  }

  /** @param read what the others say at the time of the step */
  async look(read: () => Promise<readonly OtherServer[]>): Promise<PoolReading> {
    await this.#take('look', true);
    const others = (await read()).map((other) => ({ ...other, services: this.answers.get(other.fqdn) ?? other.services }));
    const fqdn = 'pool01.contoso.com';
    if (this.toldAt !== null) return { known: false, reason: 'not-read-yet', kept: { fqdn, toldAt: this.toldAt, others } };
    return {
      known: true,
      value: { fqdn, members: 4, othersInService: null, addresses: 4, others: others.filter((one) => !this.gone.has(one.fqdn)) },
    };
  }

  async #start(overrides: readonly string[], killAt: KillPoint): Promise<void> {
    this.result = null;
    this.#hasEnded = false;
    this.#program = this.harness.begin(killAt, undefined, (control) => this.#wrap(control));
    const { engine, by, listen } = this.#program;
    void engine
      .drain({ ...DRAIN_ALL, services: SERVICES, overrides }, by, listen, NO_WAIT)
      .then((result) => {
        this.result = this.#program?.isOver() === true ? null : result;
      })
      .catch((error: unknown) => {
        if (!(error instanceof Killed)) throw error;
      })
      .finally(() => {
        this.#hasEnded = true;
        this.#arrived?.();
      });
    if (!this.#isFree) await this.#waitForRest();
  }

  #wrap(control: ServiceControl): ServiceControl {
    let pauses = 0;
    return {
      ...boundControl(control),
      sendControl: async (serviceName, kind) => {
        if (kind === 'pause') pauses += 1;
        if (kind === 'pause') await this.#take(`pause ${serviceName}`, pauses === 1);
        await control.sendControl(serviceName, kind);
      },
    };
  }

  async #take(step: Step, isStop: boolean): Promise<void> {
    if (isStop && !this.#isFree) {
      await new Promise<void>((resolve) => {
        this.#open = resolve;
        this.#arrived?.();
      });
      this.#open = null;
    }
    this.steps.push(step);
  }

  /** Until it stands before a step, or has ended. */
  #waitForRest(): Promise<void> {
    return this.#hasEnded
      ? Promise.resolve()
      : new Promise((resolve) => {
          this.#arrived = resolve;
        });
  }
}

/** Two servers with programs on them, and two that are in service; each sees the others as they are at that moment. */
export class PoolOfFour {
  readonly one: PoolServer;
  readonly other: PoolServer;

  private constructor(one: PoolServer, other: PoolServer) {
    this.one = one;
    this.other = other;
  }

  static async open(): Promise<PoolOfFour> {
    const [first, second] = [await EngineHarness.open('quiet'), await EngineHarness.open('quiet', 2)];
    const [one, other] = [new PoolServer('fe01', first), new PoolServer('fe02', second)];
    for (const [server, rival] of [
      [one, other],
      [other, one],
    ] as const) {
      server.harness.lookAtPool = () =>
        server.look(async () => [
          { fqdn: rival.fqdn, services: await rival.readServices() },
          { fqdn: 'fe03', services: IN_SERVICE },
          { fqdn: 'fe04', services: IN_SERVICE },
        ]);
    }
    return new PoolOfFour(one, other);
  }

  close(): void {
    this.one.harness.close();
    this.other.harness.close();
  }

  /** Lets both go on to their ends, one step of each in turn. */
  async finish(): Promise<void> {
    for (;;) {
      const [first, second] = [await this.one.advance(), await this.other.advance()];
      if (!first && !second) return;
    }
  }
}
