import type { Facts } from '../contract/facts.js';
import { ProblemError, type Problem } from '../contract/problem.js';
import type { Run } from '../contract/run.js';
import { distinctServices, namesService, ServiceMap } from '../contract/service-names.js';
import { shownStartType, type ServiceConfiguration, type ServiceStatus, type StartType } from '../contract/service.js';
import type { SessionReading } from '../contract/sessions.js';
import { FRONT_END, WEB_SERVER } from '../core/catalogue/catalogue.js';
import { isLyncService } from '../core/maintenance/selection.js';
import type { EngineParts } from './parts.js';

/** Configurations of services that are only looked at for the reboot preview may be this old. */
const DEPENDENT_MAX_AGE_MS = 30_000;

interface CachedConfiguration {
  readonly configuration: ServiceConfiguration | null;
  readonly readAtUpMs: number;
}

/** Whether the process of a service lived all the time between two statuses. */
function isSameProcess(before: ServiceStatus | undefined, after: ServiceStatus | undefined): boolean {
  if (before?.processId !== after?.processId) return false;
  return before?.state === after?.state || (after?.state !== 'stopped' && after?.state !== 'stop-pending');
}

/** Reads the facts. Keeps nothing but configurations that may be a little old, and says how old they may be. */
export class Observer {
  readonly #parts: EngineParts;
  readonly #cache = new ServiceMap<CachedConfiguration>();

  constructor(parts: EngineParts) {
    this.#parts = parts;
  }

  /**
   * One reading of the whole server.
   * @param planned services whose configuration and sessions are wanted beside those of all Lync services; they are named as here
   * @param maxAgeMs how old a planned service's configuration may be; 0 reads it now
   * @param asksEvidence false reads no sessions and closes what was opened to read them
   * @throws ProblemError where Windows does not even list its services
   */
  async readFacts(planned: readonly string[], maxAgeMs = 0, asksEvidence = true): Promise<Facts> {
    const { serviceControl, evidence, pool, host, installedProduct } = this.#parts;
    const computer = await host.computer();
    // Answered while Windows lists its services. It never fails.
    const product = installedProduct.read();
    const statuses = byName(await serviceControl.listServices(), planned);
    const watched = [...statuses.values()].filter((status) => namesService(planned, status.serviceName) || isLyncService(status));
    const configurations = await this.#readConfigurations(watched, maxAgeMs);
    const sessions = asksEvidence
      ? await this.#readSessions([...watched, ...webServer(statuses)], statuses)
      : new ServiceMap<SessionReading>();
    if (!asksEvidence) await evidence.release();
    return {
      now: host.now(),
      computer,
      statuses,
      configurations,
      sessions,
      evidence: asksEvidence ? 'read' : 'not-asked',
      pool: await pool.read(),
      product: await product,
    };
  }

  /**
   * Counting takes its time. A service that stopped meanwhile counts zero because its sessions were cut, and its status is from before:
   * together they would prove that it was empty. What was counted of it is no reading of this state; the next reading tells.
   */
  async #readSessions(watched: readonly ServiceStatus[], before: ReadonlyMap<string, ServiceStatus>): Promise<ServiceMap<SessionReading>> {
    const { serviceControl, evidence } = this.#parts;
    const sessions = await evidence.read(watched, [...before.values()]);
    const after = byName(await serviceControl.listServices(), []);
    return new ServiceMap([...sessions].filter(([name]) => isSameProcess(before.get(name), after.get(name))));
  }

  /**
   * The same facts with one service read again: what is about to be changed, or just was. Sessions are not: their counts are
   * older than `now` says.
   */
  async refresh(facts: Facts, serviceName: string): Promise<Facts> {
    const status = await this.#readStatus(serviceName);
    const configuration = await this.#readConfiguration(serviceName, 0);
    const statuses = new ServiceMap(facts.statuses);
    if (status === null) statuses.delete(serviceName);
    else statuses.set(serviceName, spelled(status, serviceName));
    const configurations = new ServiceMap(facts.configurations);
    if (configuration !== null) configurations.set(serviceName, configuration);
    return { ...facts, now: this.#parts.host.now(), statuses, configurations, sessions: new ServiceMap() };
  }

  /** As a checklist shows it: null where it cannot be read. */
  async readStartType(serviceName: string): Promise<StartType | null> {
    const start = await whereReadable(this.#parts.serviceControl.readStart(serviceName));
    return start === null ? null : shownStartType(start);
  }

  async #readStatus(serviceName: string): Promise<ServiceStatus | null> {
    try {
      return await this.#parts.serviceControl.readStatus(serviceName);
    } catch (error) {
      if (error instanceof ProblemError && error.problem.id === 'service-not-found') return null;
      throw error;
    }
  }

  async #readConfigurations(watched: readonly ServiceStatus[], maxAgeMs: number): Promise<ReadonlyMap<string, ServiceConfiguration>> {
    const found = new ServiceMap<ServiceConfiguration>();
    const add = async (name: string, age: number): Promise<void> => {
      if (found.has(name)) return;
      const configuration = await this.#readConfiguration(name, age);
      if (configuration !== null) found.set(name, configuration);
    };
    for (const { serviceName } of watched) await add(serviceName, maxAgeMs);
    const dependents = [...found.values()].flatMap(({ dependents: names }) => (names.known ? names.value : []));
    for (const name of new Set(dependents)) await add(name, Math.max(maxAgeMs, DEPENDENT_MAX_AGE_MS));
    return found;
  }

  /** Null where it cannot be read: the checklist shows it as unknown, and no step relies on it. */
  async #readConfiguration(serviceName: string, maxAgeMs: number): Promise<ServiceConfiguration | null> {
    const { upMs } = this.#parts.host.now();
    const cached = this.#cache.get(serviceName);
    if (cached !== undefined && upMs >= cached.readAtUpMs && upMs - cached.readAtUpMs < maxAgeMs) return cached.configuration;
    const configuration = await whereReadable(this.#parts.serviceControl.readConfiguration(serviceName));
    this.#cache.set(serviceName, { configuration, readAtUpMs: upMs });
    return configuration;
  }
}

/** What reading takes. */
interface Reader {
  readonly parts: Pick<EngineParts, 'serviceControl'>;
  readonly observer: Observer;
}

/** The facts that decisions rest on, kept right by reading single services again. */
export class CurrentFacts {
  readonly #context: Reader;
  #facts: Facts;

  constructor(context: Reader, facts: Facts) {
    this.#context = context;
    this.#facts = facts;
  }

  get current(): Facts {
    return this.#facts;
  }

  /** Reads one service again. @returns why it cannot be read; null if it was, or if Windows has it no more */
  async refresh(serviceName: string): Promise<Problem | null> {
    const fresh = await asked(this.#context.observer.refresh(this.#facts, serviceName));
    if ('failure' in fresh) return fresh.failure;
    this.#facts = fresh.answer;
    return null;
  }

  /** The state of one service. The facts do not learn of it. */
  readStatus(serviceName: string): Promise<Asked<ServiceStatus>> {
    return asked(this.#context.parts.serviceControl.readStatus(serviceName));
  }
}

/** An answer, or why there is none. */
type Asked<T> = { readonly answer: T } | { readonly failure: Problem };

async function asked<T>(question: Promise<T>): Promise<Asked<T>> {
  try {
    return { answer: await question };
  } catch (error) {
    if (error instanceof ProblemError) return { failure: error.problem };
    throw error;
  }
}

/** Its sessions are worth knowing where it serves Lync's clients: it takes them until the web load balancer lets go of the server. */
function webServer(statuses: ReadonlyMap<string, ServiceStatus>): readonly ServiceStatus[] {
  const found = statuses.get(WEB_SERVER);
  return found === undefined || !statuses.has(FRONT_END) ? [] : [found];
}

/** What Windows lists, by name. What a record names keeps the record's spelling, so that its samples and originals go on to be found. */
function byName(statuses: readonly ServiceStatus[], planned: readonly string[]): ServiceMap<ServiceStatus> {
  const spellings = new ServiceMap(distinctServices(planned).map((name) => [name, name]));
  return new ServiceMap(
    statuses.map((status) => {
      const serviceName = spellings.get(status.serviceName) ?? status.serviceName;
      return [serviceName, spelled(status, serviceName)];
    }),
  );
}

function spelled(status: ServiceStatus, serviceName: string): ServiceStatus {
  return status.serviceName === serviceName ? status : { ...status, serviceName };
}

async function whereReadable<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

/** After a sign-off counters stay closed: open ones disturb the updates that run just then. The way back needs no evidence. */
export function asksEvidence(run: Run): boolean {
  return run.confirmed === null && run.order.command !== 'resume';
}
