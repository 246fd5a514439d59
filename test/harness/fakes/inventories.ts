import type { Checklist } from '../../../electron/contract/checklist.js';
import type { InventoriedService } from '../../../electron/contract/server-inventory.js';
import type { StartSetting } from '../../../electron/contract/service.js';
import type { InventoryResult } from '../../../electron/engine/engine.js';

/** What an engine tells of the server that a checklist is of: no more than the rows say. */
export function inventoryOf(checklist: Checklist): InventoryResult {
  const { computer, installed } = checklist;
  const services = checklist.services.flatMap((row): readonly InventoriedService[] => {
    const { serviceName, displayName, state, processId, controlsAccepted, startType, sessions } = row;
    if (state === 'missing') return [];
    const isAlive = state === 'running' || state === 'paused';
    return [
      {
        ...{ serviceName, displayName, state, processId, sharesProcess: false, sessions },
        ...{ account: null, dependencies: null, dependents: null, failureActions: null, hasStartTrigger: null },
        pausable: isAlive ? controlsAccepted.includes('pause-continue') : null,
        start: startOf(startType),
      },
    ];
  });
  const pool = { known: false, reason: 'no-pool-name' } as const;
  return {
    checklist,
    inventory: { computer: { name: computer.name, bootedAt: computer.bootedAt }, installed, pool, services, otherServices: [] },
  };
}

function startOf(startType: Checklist['services'][number]['startType']): StartSetting | null {
  if (startType === null) return null;
  return startType === 'auto-delayed' ? { startType: 'auto', delayed: true } : { startType, delayed: false };
}
