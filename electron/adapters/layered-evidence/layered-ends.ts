import type { ServiceStatus } from '../../contract/service.js';
import { noKinds, type EndsReading, type ListedEnds, type ServiceEnds } from '../../contract/session-ends.js';
import { readRole } from '../../core/catalogue/server-role.js';
import { endRulesOf } from '../../core/evidence/end-rules.js';
import type { InstalledProduct } from '../../core/evidence/evidence-table.js';
import type { Subject } from '../../core/evidence/judge-sessions.js';
import type { AddressNames } from '../../ports/name-service.js';
import type { ConnectionSource, EndsWatch, ServerDirectory, SessionEnds } from '../../ports/session-ends.js';
import { DeadlineSource } from './deadline-source.js';
import { ownServices, subjectOf, tcpWatchesOf } from './subjects.js';

export interface EndsSources {
  readonly connections: ConnectionSource;
  readonly directory: ServerDirectory;
  readonly names: AddressNames;
  /** For the table of connections, in milliseconds of real time; left out: what evidence gives Windows. */
  readonly deadlineMs?: number;
}

const DEADLINE_MS = 5_000;

/** A stopped service has none. */
const NO_CONNECTIONS: EndsReading = { known: true, connections: 0, kinds: noKinds(), ends: [] };

/** Who is connected, from the table of connections and from what is known of Lync's servers. */
export function createLayeredEnds({ connections, directory, names, deadlineMs = DEADLINE_MS }: EndsSources): SessionEnds {
  const asking = new DeadlineSource(deadlineMs, 'tcp-failed');
  return {
    settle: () => directory.settle(),
    findNames: (addresses) => names.find(addresses),
    end: () => directory.end(),
    list: async (services, allServices, most) => {
      const product: InstalledProduct = { role: readRole(allServices.map(({ serviceName }) => serviceName)), majorVersion: null };
      const subjects = services.map((service) => subjectOf(service, product));
      const asked = subjects.filter(({ service }) => service.state !== 'stopped');
      const servers = directory.read();
      const watches = asked.map((subject) => watchOf(subject, product));
      const own = ownServices(asked, allServices, product);
      const answer =
        watches.length === 0
          ? { kind: 'answer' as const, value: new Map<string, ListedEnds | null>() }
          : await asking.ask(() => connections.list({ watches, own, servers, most }));
      const readingOf = (service: ServiceStatus): EndsReading => {
        if (service.state === 'stopped') return NO_CONNECTIONS;
        if (answer.kind === 'failed') return { known: false, reason: answer.reason === 'did-not-answer' ? 'did-not-answer' : 'tcp-failed' };
        const listed = answer.value.get(service.serviceName) ?? null;
        return listed === null ? { known: false, reason: 'no-owner' } : { known: true, ...listed };
      };
      return {
        services: subjects.map(({ service, evidence }): ServiceEnds => ({
          serviceName: service.serviceName,
          displayName: service.displayName,
          state: service.state,
          tcp: readingOf(service),
          usesUdp: (evidence?.busyOnly ?? []).some(({ kind }) => kind === 'udp'),
        })),
        serversTrouble: servers.trouble,
      };
    },
  };
}

/** The connections that are counted; of a service that has none to count, all of its process. */
function watchOf(subject: Subject, product: InstalledProduct): EndsWatch {
  const { serviceName, processId } = subject.service;
  const counted = tcpWatchesOf(subject)[0] ?? { serviceName, processId, ports: [], remotePorts: [] };
  return { ...counted, rules: endRulesOf(serviceName, { isEdge: product.role === 'edge' }) };
}
