import { firstLabel, isSameComputer } from '../../contract/computer-names.js';
import type { Facts } from '../../contract/facts.js';
import type { InstalledServer, ServerRole } from '../../contract/installed-server.js';
import { readEdition, readRole } from '../catalogue/server-role.js';

/** Which Lync server the facts are of. */
export function installedServer(facts: Facts): InstalledServer {
  const installed = [...facts.statuses.keys()];
  return { role: readRole(installed), edition: readEdition(installed, isOwnPool(facts)), product: facts.product };
}

export function roleOf({ statuses }: Pick<Facts, 'statuses'>): ServerRole | null {
  return readRole([...statuses.keys()]);
}

/** A Standard Edition server is its pool, and gives it its own name. */
function isOwnPool({ pool, computer }: Facts): boolean | null {
  if (!pool.known) return null;
  return isSameComputer(firstLabel(pool.value.fqdn), computer.name) && (pool.value.members ?? 1) === 1;
}
