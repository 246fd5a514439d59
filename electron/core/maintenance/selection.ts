import { problem, type Problem } from '../../contract/problem.js';
import { ServiceMap } from '../../contract/service-names.js';
import type { ServiceStatus } from '../../contract/service.js';
import { findInCatalogue, inDrainOrder, isInfrastructure } from '../catalogue/catalogue.js';

/** The services an order is about, in drain order and as Windows writes them; or the first name that no service has. */
export type Selection = { readonly ok: true; readonly serviceNames: readonly string[] } | { readonly ok: false; readonly problem: Problem };

/**
 * Null means every installed Lync service that carries sessions. Names are compared without regard to case.
 * Infrastructure is refused by name: pausing the server's own databases or web server ends what others still use.
 */
export function selectServices(statuses: ReadonlyMap<string, ServiceStatus>, requested: readonly string[] | null): Selection {
  if (requested === null) return { ok: true, serviceNames: inDrainOrder(lyncServices(statuses)) };
  const spellings = new ServiceMap([...statuses.keys()].map((name) => [name, name]));
  const found = new Set<string>();
  for (const name of requested) {
    const exact = spellings.get(name);
    if (exact === undefined) return { ok: false, problem: problem('unknown-service', { name }) };
    if (isInfrastructure(exact)) return { ok: false, problem: problem('infrastructure', { serviceName: exact }) };
    found.add(exact);
  }
  return { ok: true, serviceNames: inDrainOrder([...found]) };
}

/** Installed Lync services, in no order: those of the catalogue, and unknown ones of Lync that run and can be paused. */
function lyncServices(statuses: ReadonlyMap<string, ServiceStatus>): string[] {
  return [...statuses.values()].filter((status) => isLyncService(status)).map((status) => status.serviceName);
}

/** A service of Lync that a maintenance is about: of the catalogue, or an unknown one that can be paused. */
export function isLyncService(status: ServiceStatus): boolean {
  return findInCatalogue(status.serviceName) !== undefined || isUnknownLyncService(status);
}

/** True for a service whose sessions a restart would cut. */
export function carriesSessions(status: ServiceStatus): boolean {
  const known = findInCatalogue(status.serviceName);
  if (known === undefined) return isUnknownLyncService(status);
  return known.carriesSessions;
}

/** Lync's services are called RTC…; what takes pause is meant to carry something. A stopped service does not say what it takes. */
function isUnknownLyncService({ serviceName, state, controlsAccepted }: ServiceStatus): boolean {
  if (!hasUnknownLyncName(serviceName)) return false;
  const isPausing = state === 'paused' || state === 'pause-pending' || state === 'continue-pending';
  return isPausing || controlsAccepted.includes('pause-continue');
}

/** True for the name of a service of Lync that is neither in the catalogue nor infrastructure. */
export function hasUnknownLyncName(serviceName: string): boolean {
  return serviceName.toUpperCase().startsWith('RTC') && !isInfrastructure(serviceName) && findInCatalogue(serviceName) === undefined;
}
