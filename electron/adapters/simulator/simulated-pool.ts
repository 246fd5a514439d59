import type { PoolReading } from '../../contract/facts.js';
import { problem, type Problem } from '../../contract/problem.js';
import type { ServerPool } from '../../ports/pool-information.js';

const POOL: PoolReading = { known: true, value: { fqdn: 'pool01.contoso.com', members: 4, othersInService: 3, addresses: 4 } };
/** An Edge stands in no pool of Front Ends, and in a workgroup. */
const NO_POOL: PoolReading = { known: false, reason: 'not-supported' };
const NAME = 'pool01.contoso.com';

/**
 * The pool of a simulated server: four Front Ends, all in service. Its readiness is not asked: a rehearsal would wait for 20 minutes.
 * @param scenarioOf which server is simulated now
 */
export function createSimulatedPool(scenarioOf: () => string): ServerPool {
  const read = async (): Promise<PoolReading> => (scenarioOf() === 'edge' ? NO_POOL : POOL);
  return {
    read,
    readNow: read,
    settle: async () => undefined,
    nameIt: async (fqdn): Promise<Problem | null> => (fqdn.toLowerCase() === NAME ? null : problem('pool-name-unknown', { pool: fqdn })),
    readFabricState: async () => ({ kind: 'unavailable', trouble: 'cmdlet-missing', raw: 'a simulated server has no cmdlets' }),
    end: () => undefined,
  };
}
