import type { ServiceStatus } from '../contract/service.js';
import { ServiceMap } from '../contract/service-names.js';
import { problem, type Problem } from '../contract/problem.js';
import { compareDrainOrder, findInCatalogue } from '../lync/catalogue.js';

/** The services an order is about, in drain order and as Windows writes them; or the first name nobody has. */
export type Selection = { readonly ok: true; readonly serviceNames: readonly string[] } | { readonly ok: false; readonly problem: Problem };

/** Null means every installed Lync service that carries sessions. Names are compared without regard to case. */
export function selectServices(statuses: ReadonlyMap<string, ServiceStatus>, requested: readonly string[] | null): Selection {
  if (requested === null) return { ok: true, serviceNames: inDrainOrder(lyncServices(statuses)) };
  const spellings = new ServiceMap([...statuses.keys()].map((name) => [name, name]));
  const found = new Set<string>();
  for (const name of requested) {
    const exact = spellings.get(name);
    if (exact === undefined) return { ok: false, problem: problem('unknown-service', { name }) };
    found.add(exact);
  }
  return { ok: true, serviceNames: inDrainOrder([...found]) };
}

/** Installed Lync services that carry sessions, in no order. */
function lyncServices(statuses: ReadonlyMap<string, ServiceStatus>): string[] {
  return [...statuses.keys()].filter((name) => findInCatalogue(name) !== undefined);
}

function inDrainOrder(names: readonly string[]): readonly string[] {
  return [...names].sort(compareDrainOrder);
}
