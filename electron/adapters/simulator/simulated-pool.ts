import { isSameComputer } from '../../contract/computer-names.js';
import type { PoolReading } from '../../contract/facts.js';
import { problem, type Problem } from '../../contract/problem.js';
import type { ServerPool } from '../../ports/pool-information.js';

export const ENTERPRISE_POOL: PoolReading = {
  known: true,
  value: { fqdn: 'pool01.contoso.com', members: 4, othersInService: 3, addresses: 4 },
};

/**
 * The pool of a simulated server: four Front Ends, all in service, if nothing else is said. Its readiness is not asked: a rehearsal would
 * wait for 20 minutes.
 * @param stored of the server that is simulated now
 */
export function createSimulatedPool(stored: () => PoolReading | undefined): ServerPool {
  const known = (): PoolReading => stored() ?? ENTERPRISE_POOL;
  const read = async (): Promise<PoolReading> => known();
  const isName = (fqdn: string, pool: PoolReading): boolean => pool.known && isSameComputer(fqdn, pool.value.fqdn);
  return {
    read,
    readNow: read,
    settle: async () => undefined,
    nameIt: async (fqdn): Promise<Problem | null> => (isName(fqdn, known()) ? null : problem('pool-name-unknown', { pool: fqdn })),
    readFabricState: async () => ({ kind: 'unavailable', trouble: 'cmdlet-missing', raw: 'a simulated server has no cmdlets' }),
    end: () => undefined,
  };
}
