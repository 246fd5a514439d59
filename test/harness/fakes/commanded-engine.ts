import type { Checklist } from '../../../electron/contract/checklist.js';
import type { EndsList, AddressName } from '../../../electron/contract/session-ends.js';
import type { CommandResult, Engine, EngineListener, InventoryResult, WaitOptions } from '../../../electron/engine/engine.js';
import { checklist } from './checklists.js';
import { inventoryOf } from './inventories.js';
import { SteppedTime } from './stepped-time.js';

/** An order the engine was given, and how the test lets it end. */
export interface GivenOrder {
  readonly command: 'pause' | 'drain' | 'accept' | 'confirm' | 'resume';
  readonly request: unknown;
  readonly listen: EngineListener;
  readonly wait: WaitOptions | null;
  end(result: CommandResult): void;
}

/**
 * An engine whose commands go on until the test ends them: what happens meanwhile is the test. Compare FakeEngine, which
 * answers at once.
 */
export class CommandedEngine implements Engine {
  #seen: Checklist | Error = checklist();
  readonly orders: GivenOrder[] = [];
  looks = 0;
  glances = 0;
  readingTakesMs = 0;
  readonly #clock: SteppedTime;
  /** Listeners of watches under way. */
  readonly watchers = new Set<EngineListener>();

  /** @param clock on which a reading takes its time */
  constructor(clock = new SteppedTime()) {
    this.#clock = clock;
  }

  /** What looks see from now on; an error is thrown. Who watches is shown it at once. */
  show(seen: Checklist | Error): void {
    this.#seen = seen;
    for (const listen of this.watchers) this.#tell(listen);
  }

  async observe(): Promise<Checklist> {
    this.looks += 1;
    if (this.readingTakesMs > 0) await this.#clock.sleep(this.readingTakesMs);
    if (this.#seen instanceof Error) throw this.#seen;
    return this.#seen;
  }

  async readInventory(): Promise<InventoryResult> {
    return inventoryOf(await this.observe());
  }

  observeServices(): Promise<Checklist> {
    return this.observe();
  }

  async findNames(): Promise<ReadonlyMap<string, AddressName>> {
    return new Map();
  }

  async listEnds(): Promise<EndsList> {
    return { services: [], serversTrouble: null };
  }

  async hasChanged(since: Checklist): Promise<boolean> {
    this.glances += 1;
    return since !== this.#seen;
  }

  async findUnlisted(): Promise<readonly string[]> {
    return [];
  }

  async plan(): ReturnType<Engine['plan']> {
    return { checklist: await this.observe(), steps: [], runReason: null };
  }

  pause(...[request, , listen, wait]: Parameters<Engine['pause']>): Promise<CommandResult> {
    return this.#give('pause', request, listen, wait);
  }

  drain(...[request, , listen, wait]: Parameters<Engine['drain']>): Promise<CommandResult> {
    return this.#give('drain', request, listen, wait);
  }

  accept(...[request, , listen]: Parameters<Engine['accept']>): Promise<CommandResult> {
    return this.#give('accept', request, listen, null);
  }

  confirm(...[request, , listen]: Parameters<Engine['confirm']>): Promise<CommandResult> {
    return this.#give('confirm', request, listen, null);
  }

  resume(...[request, , listen, wait]: Parameters<Engine['resume']>): Promise<CommandResult> {
    return this.#give('resume', request, listen, wait);
  }

  watch(...[, listen, { signal }]: Parameters<Engine['watch']>): Promise<CommandResult> {
    this.watchers.add(listen);
    this.#tell(listen);
    return new Promise((resolve) => {
      const end = (): void => {
        this.watchers.delete(listen);
        resolve({ outcome: 'interrupted', problem: null, checklist: null });
      };
      if (signal.aborted) end();
      else signal.addEventListener('abort', end);
    });
  }

  #tell(listen: EngineListener): void {
    this.looks += 1;
    if (!(this.#seen instanceof Error)) listen({ type: 'sessions', checklist: this.#seen, ...this.#seen.now });
  }

  #give(command: GivenOrder['command'], request: unknown, listen: EngineListener, wait: WaitOptions | null): Promise<CommandResult> {
    return new Promise((resolve) => this.orders.push({ command, request, listen, wait, end: resolve }));
  }
}
