import type { Checklist } from '../../contract/checklist.js';
import type { Facts } from '../../contract/facts.js';
import type { InventoriedService, ServerInventory } from '../../contract/server-inventory.js';
import { distinctServices, namedIn } from '../../contract/service-names.js';
import { compareServiceNames, type Reading, type ServiceConfiguration, type ServiceStatus } from '../../contract/service.js';
import { isInfrastructure } from '../catalogue/catalogue.js';

/**
 * Services beside those of the checklist that a copy needs: Lync's machinery, and whatever Windows starts or stops together with them.
 * Drivers, which Windows does not list as services, are left out.
 */
export function servicesBeside({ statuses, configurations }: Facts, services: Checklist['services']): readonly string[] {
  const isShown = namedIn(services.map(({ serviceName }) => serviceName));
  const related = [...configurations.values()].flatMap(({ serviceName, dependencies, dependents }) => [
    serviceName,
    ...dependencies,
    ...(dependents.known ? dependents.value : []),
  ]);
  const machinery = [...statuses.keys()].filter(isInfrastructure);
  const found = [...related, ...machinery].flatMap((name) => statuses.get(name)?.serviceName ?? []);
  return [...distinctServices(found)].filter((name) => !isShown(name)).sort(compareServiceNames);
}

/**
 * @param configurations of every service that `servicesBeside` names too; those that cannot be read are missing
 */
export function takeInventory(
  facts: Facts,
  { services, computer, installed }: Checklist,
  configurations: ReadonlyMap<string, ServiceConfiguration>,
): ServerInventory {
  const inventoried = (name: string, sessions: InventoriedService['sessions']): readonly InventoriedService[] => {
    const status = facts.statuses.get(name);
    return status === undefined ? [] : [describe(status, configurations.get(name), sessions)];
  };
  return {
    computer: { name: computer.name, bootedAt: computer.bootedAt },
    installed,
    pool: facts.pool,
    services: services.flatMap(({ serviceName, sessions }) => inventoried(serviceName, sessions)),
    otherServices: servicesBeside(facts, services).flatMap((name) => inventoried(name, null)),
  };
}

function describe(
  { serviceName, displayName, state, processId, sharesProcess, controlsAccepted }: ServiceStatus,
  configuration: ServiceConfiguration | undefined,
  sessions: InventoriedService['sessions'],
): InventoriedService {
  const isAlive = state === 'running' || state === 'paused';
  return {
    ...{ serviceName, displayName, state, processId, sharesProcess },
    pausable: isAlive ? controlsAccepted.includes('pause-continue') : null,
    start: configuration?.start ?? null,
    account: configuration?.account ?? null,
    dependencies: configuration?.dependencies ?? null,
    dependents: valueOf(configuration?.dependents),
    failureActions: valueOf(configuration?.failureActions),
    hasStartTrigger: valueOf(configuration?.hasStartTrigger),
    sessions,
  };
}

function valueOf<T>(reading: Reading<T> | undefined): T | null {
  return reading?.known === true ? reading.value : null;
}
