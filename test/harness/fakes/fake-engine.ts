import type { Checklist } from '../../../electron/contract/checklist.js';
import { ProblemError, type Problem } from '../../../electron/contract/problem.js';
import type { Actor } from '../../../electron/contract/run.js';
import type { EndsList, AddressName } from '../../../electron/contract/session-ends.js';
import type {
  AcceptRequest,
  CommandResult,
  ConfirmRequest,
  Engine,
  EngineEvent,
  EngineListener,
  InventoryResult,
  PlanResult,
  WaitOptions,
} from '../../../electron/engine/engine.js';
import { checklist } from './checklists.js';
import { inventoryOf } from './inventories.js';

/** What was ordered, by the name of the engine's method. */
export interface Ordered {
  readonly method: keyof Engine;
  readonly request: unknown;
  readonly by: Actor | null;
  readonly wait: WaitOptions | null;
}

interface FakeCaller {
  readonly by: Actor;
  readonly listen: EngineListener;
  readonly wait: WaitOptions | null;
}

/** An engine that answers as a test wants, and remembers what it was asked. */
export class FakeEngine implements Engine {
  readonly ordered: Ordered[] = [];
  checklist: Checklist = checklist();
  planned: Partial<PlanResult> = {};
  names: ReadonlyMap<string, AddressName> = new Map();
  ends: EndsList = { services: [], serversTrouble: null };
  /** Told while an order is carried out, in this order. */
  events: readonly EngineEvent[] = [];
  result: Partial<CommandResult> = {};
  /** Thrown by every method instead of an answer. */
  failure: Problem | Error | null = null;
  /** Runs while an order is carried out, for example to interrupt it. */
  meanwhile: () => void = () => undefined;
  /** Waited for before an order is over. */
  goesOn: () => Promise<void> = async () => undefined;

  async observe(): Promise<Checklist> {
    this.#note('observe', null, null, null);
    return this.checklist;
  }

  async readInventory(): Promise<InventoryResult> {
    return inventoryOf(await this.observe());
  }

  /** Never fails: it needs no record. */
  async observeServices(): Promise<Checklist> {
    return this.checklist;
  }

  async hasChanged(since: Checklist): Promise<boolean> {
    this.#note('hasChanged', since, null, null);
    return since !== this.checklist;
  }

  async findUnlisted(serviceNames: readonly string[]): Promise<readonly string[]> {
    this.#note('findUnlisted', serviceNames, null, null);
    return serviceNames;
  }

  async listEnds(request: unknown): Promise<EndsList> {
    this.#note('listEnds', request, null, null);
    return this.ends;
  }

  async findNames(addresses: readonly string[]): Promise<ReadonlyMap<string, AddressName>> {
    this.#note('findNames', addresses, null, null);
    return this.names;
  }

  async plan(request: unknown): Promise<PlanResult> {
    this.#note('plan', request, null, null);
    return { checklist: this.checklist, steps: [], runReason: null, ...this.planned };
  }

  pause = this.#order('pause');
  drain = this.#order('drain');
  resume = this.#order('resume');

  async watch(by: Actor, listen: EngineListener, wait: WaitOptions): Promise<CommandResult> {
    return this.#carryOut('watch', null, { by, listen, wait });
  }

  async accept(request: AcceptRequest, by: Actor, listen: EngineListener): Promise<CommandResult> {
    return this.#carryOut('accept', request, { by, listen, wait: null });
  }

  async confirm(request: ConfirmRequest, by: Actor, listen: EngineListener): Promise<CommandResult> {
    return this.#carryOut('confirm', request, { by, listen, wait: null });
  }

  #order(method: 'pause' | 'drain' | 'resume') {
    return async (request: unknown, by: Actor, listen: EngineListener, wait: WaitOptions) => {
      const result = this.#carryOut(method, request, { by, listen, wait });
      await this.goesOn();
      return result;
    };
  }

  #carryOut(method: keyof Engine, request: unknown, { by, listen, wait }: FakeCaller): CommandResult {
    this.#note(method, request, by, wait);
    for (const event of this.events) listen(event);
    this.meanwhile();
    return { outcome: 'done', problem: null, checklist: this.checklist, ...this.result };
  }

  #note(method: keyof Engine, request: unknown, by: Actor | null, wait: WaitOptions | null): void {
    this.ordered.push({ method, request, by, wait });
    if (this.failure instanceof Error) throw this.failure;
    if (this.failure !== null) throw new ProblemError(this.failure);
  }
}
