import type { Checklist } from '../contract/checklist.js';
import type { Facts } from '../contract/facts.js';
import { ProblemError } from '../contract/problem.js';
import { ServiceMap } from '../contract/service-names.js';
import { servicesBeside, takeInventory } from '../core/maintenance/server-inventory.js';
import type { InventoryResult } from './engine.js';
import type { EngineParts } from './parts.js';

/** Reads what one look leaves out: how the services beside those of Lync are set. What cannot be read stays unknown. */
export async function readInventory({ serviceControl }: EngineParts, facts: Facts, checklist: Checklist): Promise<InventoryResult> {
  const configurations = new ServiceMap(facts.configurations);
  for (const name of servicesBeside(facts, checklist.services)) {
    if (configurations.has(name)) continue;
    try {
      configurations.set(name, await serviceControl.readConfiguration(name));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
    }
  }
  return { checklist, inventory: takeInventory(facts, checklist, configurations) };
}
