import type { ServiceStatus } from '../../contract/service.js';
import { findInCatalogue, isInfrastructure } from '../../core/catalogue/catalogue.js';
import { evidenceOf, type InstalledProduct } from '../../core/evidence/evidence-table.js';
import type { Subject } from '../../core/evidence/judge-sessions.js';
import type { OwnServices, TcpWatch } from '../../ports/evidence-sources.js';

export function subjectOf(service: ServiceStatus, product: InstalledProduct): Subject {
  return { service, evidence: evidenceOf(service.serviceName, product) };
}

/** A stopped service carries no sessions, and one without sources has none to ask. */
export function asksSources({ service, evidence }: Subject): boolean {
  return service.state !== 'stopped' && evidence !== null;
}

export function tcpWatchesOf({ service: { serviceName, processId }, evidence }: Subject): readonly TcpWatch[] {
  return (evidence?.busyOnly ?? []).flatMap((rule) =>
    rule.kind === 'tcp' ? [{ serviceName, processId, ports: rule.ports, remotePorts: rule.remotePorts }] : [],
  );
}

/** The watched services and whatever else of Lync is here: the far end of their mutual connections is no client. */
export function ownServices(watched: readonly Subject[], allServices: readonly ServiceStatus[], product: InstalledProduct): OwnServices {
  const lync = allServices.filter(({ serviceName }) => findInCatalogue(serviceName) !== undefined || isInfrastructure(serviceName));
  const own = [...watched, ...lync.map((service) => subjectOf(service, product))];
  return {
    processIds: own.map(({ service }) => service.processId).filter((processId) => processId !== 0),
    ports: own.flatMap(tcpWatchesOf).flatMap(({ ports }) => ports),
  };
}
