import type { ServiceStatus } from '../../contract/service.js';
import type { SessionReading } from '../../contract/sessions.js';
import { readRole } from '../../core/catalogue/server-role.js';
import type { SourceAnswers } from '../../core/evidence/evidence-rules.js';
import type { InstalledProduct } from '../../core/evidence/evidence-table.js';
import { judgeSessions, type Subject } from '../../core/evidence/judge-sessions.js';
import { SessionMemory } from '../../core/evidence/session-memory.js';
import type {
  CmdletSource,
  CounterSource,
  OwnServices,
  ProductSource,
  TcpSource,
  UdpSource,
  UdpWatch,
} from '../../ports/evidence-sources.js';
import type { SessionEvidence } from '../../ports/session-evidence.js';
import { DeadlineSource } from './deadline-source.js';
import { asksSources, ownServices, subjectOf, tcpWatchesOf } from './subjects.js';

/** Where the layers get their answers. */
export interface EvidenceSources {
  readonly counters: CounterSource;
  readonly tcp: TcpSource;
  /** Null if UDP endpoints cannot be read here. */
  readonly udp: UdpSource | null;
  /** Null if PowerShell is not used. */
  readonly cmdlet: CmdletSource | null;
  /** Null if nothing says which product is installed. */
  readonly product: ProductSource | null;
  /** Milliseconds of this server's monotonic clock. */
  readonly nowMs: () => number;
}

/** How long each source may take in one reading, in milliseconds of real time. */
export interface SourceDeadlines {
  readonly counters: number;
  /** Connections and endpoints: questions to Windows itself. */
  readonly windows: number;
  /** Waited for before the others, because it says which counters to ask for. */
  readonly registry: number;
}

/** What an administrator waits for a status. Healthy sources take milliseconds; counters limit themselves a little sooner. */
const DEADLINES: SourceDeadlines = { counters: 6_000, windows: 5_000, registry: 1_000 };

/** The answer of a source that no service needs. */
const NOTHING_ASKED = { kind: 'answer', value: new Map<string, never>() } as const;

/**
 * Session evidence from all sources, by the table in lync/evidence-table.ts. A source that fails or hangs costs its own part
 * of the reading, and no more time than its deadline.
 */
export function createLayeredEvidence(sources: EvidenceSources, deadlines: SourceDeadlines = DEADLINES): SessionEvidence {
  return new LayeredEvidence(sources, deadlines);
}

class LayeredEvidence implements SessionEvidence {
  readonly #sources: EvidenceSources;
  readonly #memory = new SessionMemory();
  readonly #counters: DeadlineSource;
  readonly #tcp: DeadlineSource;
  readonly #udp: DeadlineSource;
  readonly #registry: DeadlineSource;
  readonly #release: DeadlineSource;
  /** Once it is known it stays: an upgrade restarts the server. */
  #majorVersion: number | null = null;

  constructor(sources: EvidenceSources, deadlines: SourceDeadlines) {
    this.#sources = sources;
    this.#counters = new DeadlineSource(deadlines.counters, 'counter-failed');
    this.#tcp = new DeadlineSource(deadlines.windows, 'tcp-failed');
    this.#udp = new DeadlineSource(deadlines.windows, 'no-evidence');
    this.#registry = new DeadlineSource(deadlines.registry, 'no-evidence');
    this.#release = new DeadlineSource(deadlines.windows, 'counter-failed');
  }

  async read(
    services: readonly ServiceStatus[],
    allServices: readonly ServiceStatus[] = services,
  ): Promise<ReadonlyMap<string, SessionReading>> {
    const product = await this.#readProduct(allServices);
    const subjects = services.map((service) => subjectOf(service, product));
    const asked = subjects.filter(asksSources);
    const answers = await this.#ask(asked, ownServices(asked, allServices, product));
    const nowMs = this.#sources.nowMs();
    return new Map(subjects.map((subject) => [subject.service.serviceName, judgeSessions(subject, answers, this.#memory, nowMs)]));
  }

  async release(): Promise<void> {
    await this.#release.ask(() => this.#sources.counters.release());
  }

  async #readProduct(allServices: readonly ServiceStatus[]): Promise<InstalledProduct> {
    const { product } = this.#sources;
    const role = readRole(allServices.map(({ serviceName }) => serviceName));
    if (product !== null && this.#majorVersion === null) {
      const answer = await this.#registry.ask(() => product.readMajorVersion());
      if (answer.kind === 'answer') this.#majorVersion = answer.value;
    }
    return { role, majorVersion: this.#majorVersion };
  }

  /** Asks every source once for all services, all at the same time; a source that no service needs is not asked. */
  async #ask(asked: readonly Subject[], own: OwnServices): Promise<SourceAnswers> {
    const { counters, tcp, udp, cmdlet } = this.#sources;
    const paths = asked.flatMap(counterPaths);
    const tcpWatches = asked.flatMap(tcpWatchesOf);
    const udpWatches = asked.flatMap(udpWatchesOf);
    const [counterAnswers, tcpCounts, udpCounts] = await Promise.all([
      paths.length === 0 ? NOTHING_ASKED : this.#counters.ask(() => counters.read(paths)),
      tcpWatches.length === 0 ? NOTHING_ASKED : this.#tcp.ask(() => tcp.count(tcpWatches, own, drainingOnes(asked))),
      udp === null || udpWatches.length === 0 ? NOTHING_ASKED : this.#udp.ask(() => udp.count(udpWatches)),
    ]);
    const activities = asked.some(needsCmdlet) ? (cmdlet?.readActivities(asked.map(({ service }) => service)) ?? null) : null;
    return { counters: counterAnswers, tcp: tcpCounts, udp: udpCounts, cmdlet: activities };
  }
}

function counterPaths({ evidence }: Subject): readonly string[] {
  const proof = evidence?.mayProveEmpty ?? null;
  const proving = proof?.kind === 'counter' ? proof.terms.flatMap((term) => term.paths) : [];
  const busy = (evidence?.busyOnly ?? []).flatMap((rule) => (rule.kind === 'counter' ? rule.term.paths : []));
  const flag = evidence?.drainingFlag ?? null;
  return [...proving, ...busy, ...(flag === null ? [] : [flag])];
}

function needsCmdlet({ evidence }: Subject): boolean {
  return evidence?.mayProveEmpty?.kind === 'cmdlet';
}

function udpWatchesOf({ service: { serviceName, processId }, evidence }: Subject): readonly UdpWatch[] {
  return (evidence?.busyOnly ?? []).flatMap((rule) => (rule.kind === 'udp' ? [{ serviceName, processId, ports: rule.ports }] : []));
}

/** Who is still connected is wanted of services that take no new work; of the others there may be thousands. */
function drainingOnes(asked: readonly Subject[]): ReadonlySet<string> {
  return new Set(
    asked
      .map(({ service }) => service)
      .filter(({ state }) => state !== 'running')
      .map(({ serviceName }) => serviceName),
  );
}
