import type { ServiceStatus } from '../contract/service.js';
import type { SessionReading } from '../contract/sessions.js';
import { findInCatalogue, isInfrastructure, type EvidenceRule } from '../lync/catalogue.js';
import { askRule, type NoCount, type OneReading } from './evidence-rules.js';
import type { CmdletSource, CounterSource, OwnServices, TcpSource, TcpWatch } from './evidence-sources.js';
import type { SessionEvidence } from './session-evidence.js';

/** A service that the catalogue does not know is judged by all connections of its process. */
const RULES_OF_UNKNOWN_SERVICE: readonly EvidenceRule[] = [{ kind: 'tcp', ports: [] }];

const NO_RULE: NoCount = { kind: 'absent', reason: 'no-evidence', raw: null };

/** Where the layers get their answers. `cmdlet` is null where PowerShell is not used. */
export interface EvidenceSources {
  readonly counters: CounterSource;
  readonly tcp: TcpSource;
  readonly cmdlet: CmdletSource | null;
}

/**
 * Session evidence in layers: each service's rules of the catalogue are asked in their order of trust, and the first
 * count is the reading. Less trusted sources are not asked to agree: connections among Lync's services stay up without
 * a call, so TCP would contradict a correct zero. One zero is not taken: that of a source below a doubtful one.
 */
export function createLayeredEvidence(sources: EvidenceSources): SessionEvidence {
  return {
    async read(services, allServices = services) {
      const carrying = services.filter((service) => service.state !== 'stopped');
      const reading = beginReading(sources, carrying, allServices);
      const answers = services.map(async (service) => [service.serviceName, await readService(service, reading)] as const);
      return new Map(await Promise.all(answers));
    },
    release: () => sources.counters.release(),
  };
}

async function readService(service: ServiceStatus, reading: OneReading): Promise<SessionReading> {
  if (service.state === 'stopped') return { kind: 'count', count: 0, evidence: 'stopped', arrivals: [] };
  let doubt: NoCount | null = null;
  let absence: NoCount | null = null;
  for (const rule of rulesOf(service)) {
    const answer = await askRule(rule, service.serviceName, reading);
    if (answer.kind === 'count') {
      // What is doubted is trusted more and may be hiding sessions: from below it, some are believed, none is not.
      if (answer.count > 0 || doubt === null) return answer;
    } else if (answer.kind === 'doubtful') doubt ??= answer;
    else absence ??= answer;
  }
  const { reason, raw } = doubt ?? absence ?? NO_RULE;
  return { kind: 'unknown', reason, raw };
}

/** Asks each source at most once in this reading, however many services need it, and not at all when none does. */
function beginReading(sources: EvidenceSources, carrying: readonly ServiceStatus[], allServices: readonly ServiceStatus[]): OneReading {
  const { counters, tcp, cmdlet } = sources;
  return {
    counters: once(() => counters.read(carrying.flatMap(counterPaths))),
    tcp: once(() => tcp.count(carrying.flatMap(tcpWatches), ownServices(carrying, allServices))),
    activities: cmdlet === null ? null : once(() => cmdlet.readActivities(carrying)),
  };
}

function once<T>(ask: () => T): () => T {
  let answer: T | undefined;
  return () => (answer ??= ask());
}

function rulesOf(service: ServiceStatus): readonly EvidenceRule[] {
  return findInCatalogue(service.serviceName)?.evidence ?? RULES_OF_UNKNOWN_SERVICE;
}

function counterPaths(service: ServiceStatus): readonly string[] {
  return rulesOf(service).flatMap((rule) => (rule.kind === 'counter' ? rule.paths : []));
}

function tcpWatches(service: ServiceStatus): readonly TcpWatch[] {
  const { serviceName, processId } = service;
  return rulesOf(service).flatMap((rule) => (rule.kind === 'tcp' ? [{ serviceName, processId, ports: rule.ports, remotePorts: [] }] : []));
}

/** The watched services and whatever else of Lync runs here: the far end of their mutual connections is no client. */
function ownServices(watched: readonly ServiceStatus[], allServices: readonly ServiceStatus[]): OwnServices {
  const lync = allServices.filter(({ serviceName }) => findInCatalogue(serviceName) !== undefined || isInfrastructure(serviceName));
  const own = [...watched, ...lync];
  return {
    processIds: own.map((service) => service.processId).filter((processId) => processId !== 0),
    ports: own.flatMap(tcpWatches).flatMap((watch) => watch.ports),
  };
}
