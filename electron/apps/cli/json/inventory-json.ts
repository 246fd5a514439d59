import type { PoolReading } from '../../../contract/facts.js';
import type { InventoriedService } from '../../../contract/server-inventory.js';
import { isSameService } from '../../../contract/service-names.js';
import { shownStartType } from '../../../contract/service.js';
import { heldFunctions } from '../../../core/catalogue/held-functions.js';
import { findFailover } from '../../../core/maintenance/failover.js';
import { sharedProcesses, type SharedProcess } from '../../../core/maintenance/process-groups.js';
import type { InventoryResult } from '../../../engine/engine.js';
import { headJson, sessionsJson } from './checklist-json.js';
import type { Json, JsonObject } from './json-value.js';

/**
 * What `services --json` prints: all that a simulated copy of this server is made of, so that `--server-file` can read it
 * (electron/adapters/simulator/inventory-file.ts). Null is "not known".
 */
export function inventoryJson({ checklist, inventory }: InventoryResult): Json {
  const { now, installed } = checklist;
  const shared = sharedProcesses([...inventory.services, ...inventory.otherServices]);
  return {
    ...headJson(checklist),
    failedOver: findFailover(checklist) !== undefined,
    pool: poolJson(inventory.pool),
    services: checklist.services.map(({ serviceName, displayName, state, startType, processId, sessions }) => {
      const service = inventory.services.find((one) => isSameService(one.serviceName, serviceName));
      return {
        ...(service === undefined
          ? { serviceName, displayName, state, startType, processId, pausable: null }
          : serviceJson(service, shared)),
        sessions: sessionsJson(sessions, now.at),
        holds: heldFunctions(serviceName, installed.role),
      };
    }),
    otherServices: inventory.otherServices.map((service) => serviceJson(service, shared)),
  };
}

function serviceJson(service: InventoriedService, shared: readonly SharedProcess[]): JsonObject {
  const { serviceName, displayName, state, start, processId, pausable } = service;
  const { account, dependencies, dependents, failureActions, hasStartTrigger, sharesProcess } = service;
  const beside = shared.find(({ serviceNames }) => serviceNames.some((name) => isSameService(name, serviceName)))?.serviceNames ?? [];
  return {
    ...{ serviceName, displayName, state, startType: start === null ? null : shownStartType(start), processId, pausable },
    ...{ delayed: start?.delayed ?? null, account, dependencies, dependents, failureActions, hasStartTrigger, sharesProcess },
    sharesProcessWith: beside.filter((name) => !isSameService(name, serviceName)),
  };
}

function poolJson(pool: PoolReading): Json {
  if (!pool.known) return { unknown: pool.reason };
  const { fqdn, members, othersInService, addresses, membersTrouble, dnsTrouble } = pool.value;
  return {
    ...{ fqdn, members, othersInService, addresses },
    ...(membersTrouble !== undefined && { membersTrouble }),
    ...(dnsTrouble !== undefined && { dnsTrouble }),
  };
}
