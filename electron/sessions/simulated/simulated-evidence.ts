import type { ServiceStatus } from '../../contract/service.js';
import type { RemoteEnd, SessionReading } from '../../contract/sessions.js';
import { findInCatalogue } from '../../lync/catalogue.js';
import { evidenceOf } from '../../lync/evidence-table.js';
import { findService, momentAt } from '../../service-control/simulated/simulated-state.js';
import type { Look, Simulation } from '../../service-control/simulated/simulation.js';
import type { SessionEvidence } from '../session-evidence.js';
import { liveSessions, type SimulatedSession } from './session-arrivals.js';

/** As many arrivals as a reading may name. */
const MOST_ARRIVALS = 20;

/** Counts the simulated sessions, by the evidence the catalogue trusts most. */
export class SimulatedEvidence implements SessionEvidence {
  /** Connections seen at the reading before, by service name. */
  #before: ReadonlyMap<string, ReadonlySet<string>> = new Map();

  constructor(private readonly simulation: Simulation) {}

  async read(services: readonly ServiceStatus[]): Promise<ReadonlyMap<string, SessionReading>> {
    const look = this.simulation.look();
    const seen = new Map<string, ReadonlySet<string>>();
    const readings = services.map(({ serviceName }) => [serviceName, this.#readOne(look, serviceName, seen)] as const);
    this.#before = seen;
    return new Map(readings);
  }

  async release(): Promise<void> {
    // No counters are held open; like the real readers, the next reading knows no arrivals.
    this.#before = new Map();
  }

  #readOne({ state, nowMs }: Look, serviceName: string, seen: Map<string, ReadonlySet<string>>): SessionReading {
    const service = findService(state, serviceName, nowMs);
    const evidence = evidenceOf(serviceName, { isEdge: false, majorVersion: null });
    if (service === undefined || evidence === null || findInCatalogue(serviceName) === undefined) return { kind: 'unknown', reason: 'no-evidence', raw: null };
    if (momentAt(service, nowMs).state === 'stopped') return { kind: 'count', count: 0, evidence: 'stopped', arrivals: [] };
    const unreadable = service.sessions?.unreadable ?? null;
    if (unreadable !== null) return { kind: 'unknown', ...unreadable };
    const sessions = liveSessions(state, service, nowMs);
    const tcp = evidence.busyOnly.find((rule) => rule.kind === 'tcp');
    const proof = evidence.mayProveEmpty;
    const isByConnection = proof === null || (proof.kind === 'counter' && proof.needsNoConnection);
    const arrivals = isByConnection ? this.#arrivals(serviceName, sessions, tcp?.kind === 'tcp' ? (tcp.ports[0] ?? 0) : 0, seen) : [];
    return { kind: 'count', count: sessions.length, evidence: proof?.kind ?? 'tcp', arrivals };
  }

  #arrivals(
    serviceName: string,
    sessions: readonly SimulatedSession[],
    localPort: number,
    seen: Map<string, ReadonlySet<string>>,
  ): readonly RemoteEnd[] {
    const ends = sessions.map(({ from }): RemoteEnd => ({ ...from, localPort }));
    seen.set(serviceName, new Set(ends.map(nameOf)));
    const before = this.#before.get(serviceName);
    if (before === undefined) return [];
    return ends.filter((end) => !before.has(nameOf(end))).slice(0, MOST_ARRIVALS);
  }
}

function nameOf({ address, port }: RemoteEnd): string {
  return `${address} ${port}`;
}
