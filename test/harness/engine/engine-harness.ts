import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openSimulation } from '../../../electron/adapters/simulator/open-simulated-server.js';
import { buildServer } from '../../../electron/adapters/simulator/scenarios.js';
import { createSimulatedEnds } from '../../../electron/adapters/simulator/simulated-ends.js';
import { SimulatedEvidence } from '../../../electron/adapters/simulator/simulated-evidence.js';
import { createSimulatedProduct } from '../../../electron/adapters/simulator/simulated-product.js';
import type { SimulatedState } from '../../../electron/adapters/simulator/simulated-state.js';
import { MemoryStore } from '../../../electron/adapters/simulator/simulated-store.js';
import { nodeFileSystem, type FileSystem } from '../../../electron/adapters/storage/file-system.js';
import { posixFolderProtection } from '../../../electron/adapters/storage/posix-folder-protection.js';
import { openRunRecords } from '../../../electron/adapters/storage/run-files.js';
import type { PoolReading } from '../../../electron/contract/facts.js';
import type { Actor, Run } from '../../../electron/contract/run.js';
import { isSameStart, shownStartType, type ServiceState, type StartSetting } from '../../../electron/contract/service.js';
import { eventsOfEntries } from '../../../electron/core/maintenance/logged-events.js';
import { createEngine } from '../../../electron/engine/create-engine.js';
import type {
  ConfirmRequest,
  DrainRequest,
  Engine,
  EngineEvent,
  PauseRequest,
  ResumeRequest,
  WaitOptions,
} from '../../../electron/engine/engine.js';
import type { PauseEndTask } from '../../../electron/ports/pause-end-task.js';
import type { RunRecords } from '../../../electron/ports/run-records.js';
import type { ServiceControl } from '../../../electron/ports/service-control.js';
import type { SessionEvidence } from '../../../electron/ports/session-evidence.js';
import { ScheduledTime } from '../fakes/scheduled-time.js';
import { attended, type AttendedServer } from '../simulated/services-console.js';
import { type Clocks, HostOfClocks } from './host-of-clocks.js';

/** The process was killed: nothing of it happens after this. */
export class Killed extends Error {}

/** A command that sleeps so often is not going to end. */
const MOST_SLEEPS = 60_000;

/** A clock that moves by sleeping, and lets people do things meanwhile. */
export class HarnessTime extends ScheduledTime {
  /** Called after each sleep, with how many there were. */
  onSleep: ((sleeps: number) => Promise<void> | void) | null = null;
  #sleeps = 0;

  get sleeps(): number {
    return this.#sleeps;
  }

  override async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    await super.sleep(milliseconds, signal);
    this.#sleeps += 1;
    if (this.#sleeps > MOST_SLEEPS) throw new Error('The command never ends.');
    await this.onSleep?.(this.#sleeps);
  }
}

/** When a program is killed: before or after so many orders to the service control manager, or at so many file operations. */
export type KillPoint =
  { readonly at: 'never' } | { readonly at: 'before-order' | 'after-order' | 'file-operation'; readonly count: number };

export interface Program {
  readonly engine: Engine;
  readonly by: Actor;
  readonly events: EngineEvent[];
  readonly listen: (event: EngineEvent) => void;
  /** What was ordered of the service control manager, in order. */
  readonly orders: readonly string[];
  readonly records: RunRecords;
  /** What the program wrote to the event log. */
  readonly logged: readonly string[];
  /** True once the program was killed. What its command answered then was not received. */
  readonly isOver: () => boolean;
  /** True while counters are open: read, and not given back since. */
  readonly openReadings: () => boolean;
  /** How often the evidence was asked. */
  readonly countReadings: () => number;
  /** Ends the process: in the middle of a command nothing of it happens any more. */
  readonly end: () => void;
}

export const NO_FLUSH: FileSystem = { ...nodeFileSystem, flush: () => undefined };

export const DRAIN_ALL: DrainRequest = { services: null, holdTimeMs: 60_000, hold: 'demand', reason: 'CHG-1', overrides: [] };
export const RESUME_ALL: ResumeRequest = { services: null, stayStopped: false, conflicts: null };
export const QUICK_PAUSE: PauseRequest = { services: null, forMs: null, reason: null, overrides: [] };
/** A sign-off of the whole server, without a note. */
export const SIGN_OFF: ConfirmRequest = { note: null, servicesOnly: false };
/** A sign-off of the planned services alone. */
export const SIGN_OFF_SERVICES: ConfirmRequest = { note: null, servicesOnly: true };
const NEVER = new AbortController().signal;
export const PATIENT: WaitOptions = { timeoutMs: null, signal: NEVER };
/** Gives an order and does not stay to see what becomes of it. */
export const NO_WAIT: WaitOptions = { timeoutMs: 0, signal: NEVER };
export const HOURS: WaitOptions = { timeoutMs: 4 * 3_600_000, signal: NEVER };

/**
 * A simulated server in memory, its records in a folder, and as many programs one after another as a test needs. Time stands
 * still but for sleeping.
 */
export class EngineHarness {
  readonly time: HarnessTime;
  readonly folder = mkdtempSync(join(tmpdir(), 'lync-drain-harness-'));
  readonly server: AttendedServer;
  readonly evidence: SimulatedEvidence;
  /** What is known of the pool, from now on. */
  pool: PoolReading = { known: true, value: { fqdn: 'pool01', members: 4, othersInService: 3, addresses: 4 } };
  /** What a look at the other servers says; null: `pool`. */
  lookAtPool: (() => Promise<PoolReading>) | null = null;
  /** What ends a quick pause too; null where there is no scheduler, as on a simulated server. */
  pauseEndTask: PauseEndTask | null = null;
  /** From now on no reading of the evidence ever ends. */
  evidenceHangs = false;
  /** What the program's clocks show beside the server's own: people set one, and the computer sleeps, so that the other stands still. */
  readonly clocks: Clocks = { wallAheadMs: 0, sleptMs: 0, hidesBootId: false };
  readonly #alive = new Set<number>();
  readonly #store: MemoryStore;
  #nextProcessId = 100;

  private constructor(server: AttendedServer, store: MemoryStore, time: HarnessTime) {
    this.server = server;
    this.#store = store;
    this.evidence = new SimulatedEvidence(server.simulation);
    this.time = time;
  }

  /** @param adjust changes the server before anything happens on it */
  static async open(
    scenario = 'default',
    seed = 1,
    adjust: (state: SimulatedState) => SimulatedState = (state) => state,
  ): Promise<EngineHarness> {
    const time = new HarnessTime();
    const store = new MemoryStore(adjust(buildServer(scenario, seed, time.nowMs())));
    return new EngineHarness(attended(await openSimulation(store, time, null)), store, time);
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /**
   * Starts the program once, on a disk that works unless told otherwise.
   * @param wrapControl puts something between the program and the service control manager
   */
  begin(
    killAt: KillPoint = { at: 'never' },
    files: FileSystem = NO_FLUSH,
    wrapControl: (control: ServiceControl) => ServiceControl = (control) => control,
  ): Program {
    const processId = this.#nextProcessId;
    this.#nextProcessId += 1;
    this.#alive.add(processId);
    const schedule = new KillSchedule(killAt, () => this.#alive.delete(processId));
    const orders: string[] = [];
    const events: EngineEvent[] = [];
    const logged: string[] = [];
    const evidence = new CountedEvidence(new SimulatedEvidence(this.server.simulation), this);
    const records = openRunRecords({
      folder: this.folder,
      protection: posixFolderProtection(process.getuid()),
      computerName: 'FE01',
      bootedAt: '2026-11-01T00:00:00.000Z',
      processIdentity: (id) => (this.#alive.has(id) ? `process ${id}` : null),
      fileSystem: schedule.guardFiles(files),
      onWritten: (runId, entries) => logged.push(...eventsOfEntries(runId, entries).map(({ name }) => name)),
    });
    const { pauseEndTask } = this;
    const engine = createEngine({
      ...(pauseEndTask !== null && { openPauseEndTask: async () => pauseEndTask }),
      serviceControl: schedule.guardControl(wrapControl(this.server.serviceControl), orders),
      evidence,
      openSessionEnds: async () => createSimulatedEnds(this.server.simulation),
      pool: { read: () => Promise.resolve(this.pool), readNow: () => this.lookAtPool?.() ?? Promise.resolve(this.pool) },
      host: new HostOfClocks(this.server.host, this.clocks),
      installedProduct: createSimulatedProduct(() => this.server.simulation.look().state),
      records,
      product: 'test',
      stalledAfterMs: 600_000,
      undoCard: (run: Run) =>
        [...run.services.values()].map(({ serviceName, original }) => `${serviceName} ${shownStartType(original.start)}\n`).join(''),
    });
    const by: Actor = { user: 'CONTOSO\\ann', face: 'cli', processId };
    return {
      engine,
      by,
      events,
      listen: (event) => void events.push(event),
      orders,
      records,
      logged,
      isOver: () => schedule.isKilled,
      end: () => schedule.kill(),
      openReadings: () => evidence.isOpen,
      countReadings: () => evidence.readings,
    };
  }

  /** Registers a service in other letter case, as an installer may: to Windows it is the same service. */
  async respell(from: string, to: string): Promise<void> {
    await this.change((state) => {
      const services = state.services.map((service) => (service.serviceName === from ? { ...service, serviceName: to } : service));
      return { ...state, services };
    });
  }

  /** Changes the server itself, past Windows and people. */
  async change(adjust: (state: SimulatedState) => SimulatedState): Promise<void> {
    await this.#store.update((state) => {
      if (state === null) throw new Error('There is no server.');
      return { state: adjust(state), answer: undefined };
    });
  }

  /** Lets time pass in which the program does nothing. */
  pass(milliseconds: number): void {
    this.time.turnTo(this.time.nowMs() + milliseconds);
  }

  /** Every service's state and start setting, as Windows has them now. */
  async snapshot(): Promise<ReadonlyMap<string, { readonly state: ServiceState; readonly start: StartSetting }>> {
    const { serviceControl } = this.server;
    const found = new Map<string, { state: ServiceState; start: StartSetting }>();
    for (const { serviceName, state } of await serviceControl.listServices()) {
      found.set(serviceName, { state, start: await serviceControl.readStart(serviceName) });
    }
    return found;
  }

  /** How many sessions a service really carries now. */
  async countSessions(serviceName: string): Promise<number | 'unknown'> {
    const status = await this.server.serviceControl.readStatus(serviceName);
    const reading = (await this.evidence.read([status])).get(serviceName);
    return reading?.kind === 'count' ? reading.count : 'unknown';
  }
}

/** Knows whether its counters are open. */
class CountedEvidence implements SessionEvidence {
  isOpen = false;
  readings = 0;
  readonly #evidence: SessionEvidence;
  readonly #harness: Pick<EngineHarness, 'evidenceHangs'>;

  constructor(evidence: SessionEvidence, harness: Pick<EngineHarness, 'evidenceHangs'>) {
    this.#evidence = evidence;
    this.#harness = harness;
  }

  read(...asked: Parameters<SessionEvidence['read']>): ReturnType<SessionEvidence['read']> {
    this.isOpen = true;
    this.readings += 1;
    return this.#harness.evidenceHangs ? new Promise(() => undefined) : this.#evidence.read(...asked);
  }

  async release(): Promise<void> {
    this.isOpen = false;
    await this.#evidence.release();
  }
}

/** Kills a program at its time, and lets nothing of it happen after that. */
class KillSchedule {
  readonly #killAt: KillPoint;
  readonly #onKill: () => void;
  #isKilled = false;
  #orders = 0;
  #fileOperations = 0;

  constructor(killAt: KillPoint, onKill: () => void) {
    this.#killAt = killAt;
    this.#onKill = onKill;
  }

  get isKilled(): boolean {
    return this.#isKilled;
  }

  kill(): void {
    this.#isKilled = true;
    this.#onKill();
  }

  guardControl(control: ServiceControl, orders: string[]): ServiceControl {
    const order = async (name: string, send: () => Promise<void>): Promise<void> => {
      this.#orders += 1;
      this.#killIf('before-order', this.#orders);
      orders.push(name);
      const sent = send();
      this.#killIf('after-order', this.#orders, sent);
      await sent;
    };
    return {
      listServices: () => this.#whileAlive(() => control.listServices()),
      readStatus: (name) => this.#whileAlive(() => control.readStatus(name)),
      readConfiguration: (name) => this.#whileAlive(() => control.readConfiguration(name)),
      readStart: (name) => this.#whileAlive(() => control.readStart(name)),
      sendControl: (name, kind) =>
        kind === 'interrogate' ? control.sendControl(name, kind) : order(`${kind} ${name}`, () => control.sendControl(name, kind)),
      startService: (name) => order(`start ${name}`, () => control.startService(name)),
      setStart: (name, start) => order(`set ${name} ${start.startType}`, () => control.setStart(name, start)),
      close: () => control.close(),
    };
  }

  guardFiles(files: FileSystem): FileSystem {
    const guard =
      <A extends unknown[], R>(operation: (...args: A) => R) =>
      (...args: A): R => {
        this.#fileOperations += 1;
        this.#killIf('file-operation', this.#fileOperations);
        return operation(...args);
      };
    return {
      open: guard(files.open),
      write: guard(files.write),
      note: guard(files.note),
      read: guard(files.read),
      flush: guard(files.flush),
      size: guard(files.size),
      truncate: guard(files.truncate),
      close: guard(files.close),
      readWhole: guard(files.readWhole),
      status: guard(files.status),
      isThere: files.isThere,
      rename: guard(files.rename),
      remove: guard(files.remove),
      list: guard(files.list),
      watch: files.watch,
    };
  }

  async #whileAlive<T>(ask: () => Promise<T>): Promise<T> {
    if (this.#isKilled) throw new Killed();
    return ask();
  }

  #killIf(at: KillPoint['at'], count: number, pending?: Promise<void>): void {
    if (this.#killAt.at === at && this.#killAt.at !== 'never' && count === this.#killAt.count) {
      this.kill();
    }
    if (!this.#isKilled) return;
    pending?.catch(() => undefined);
    throw new Killed();
  }
}

/** What differs between two snapshots: `NAME: state and start before → after`. */
export function differences(
  before: Awaited<ReturnType<EngineHarness['snapshot']>>,
  after: Awaited<ReturnType<EngineHarness['snapshot']>>,
  except: readonly string[] = [],
): readonly string[] {
  const shown = (one: { state: ServiceState; start: StartSetting } | undefined): string =>
    one === undefined ? 'gone' : `${one.state} ${JSON.stringify(one.start)}`;
  return [...before.entries()].flatMap(([name, was]) => {
    const is = after.get(name);
    if (except.includes(name) || (is?.state === was.state && isSameStart(is.start, was.start))) return [];
    return [`${name}: ${shown(was)} → ${shown(is)}`];
  });
}
