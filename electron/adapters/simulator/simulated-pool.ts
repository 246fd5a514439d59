import { isSameComputer } from '../../contract/computer-names.js';
import type { OtherServer, PoolReading } from '../../contract/facts.js';
import { problem, type Problem } from '../../contract/problem.js';
import type { CmdletsSay, RemoteServiceControl, ServerPool } from '../../ports/pool-information.js';
import type { SimulatedSources, SimulatedState } from './simulated-state.js';

export const ENTERPRISE_POOL: PoolReading = {
  known: true,
  value: { fqdn: 'pool01.contoso.com', members: 4, othersInService: 3, addresses: 4 },
};

/**
 * The pool of a simulated server: four Front Ends, all in service, if nothing else is said. Its readiness is not asked: a rehearsal would
 * wait for 20 minutes. The other servers answer at once, so each reading asks them.
 * @param stored the server that is simulated now
 */
export function createSimulatedPool(
  stored: () => Pick<SimulatedState, 'pool' | 'others' | 'sources'>,
  remote: RemoteServiceControl,
): ServerPool {
  const known = (): PoolReading => stored().pool ?? ENTERPRISE_POOL;
  const askOthers = (): Promise<OtherServer[]> =>
    Promise.all((stored().others ?? []).map(async ({ fqdn }) => ({ fqdn, services: await remote.readServices(fqdn) })));
  const read = async (): Promise<PoolReading> => {
    const pool = known();
    const others = await askOthers();
    return pool.known && others.length > 0 ? { known: true, value: { ...pool.value, others } } : pool;
  };
  const isName = (fqdn: string, pool: PoolReading): boolean => pool.known && isSameComputer(fqdn, pool.value.fqdn);
  return {
    read,
    readNow: read,
    settle: async () => undefined,
    nameIt: async (fqdn): Promise<Problem | null> => (isName(fqdn, known()) ? null : problem('pool-name-unknown', { pool: fqdn })),
    readFabricState: async () => sayFabricState(known(), stored().sources?.cmdlet),
    end: () => undefined,
  };
}

/** What the real text looks like is not published: this one says of itself that it is simulated. */
function sayFabricState(pool: PoolReading, cmdlet: SimulatedSources['cmdlet'] = 'answers'): CmdletsSay<string> {
  if (!pool.known) return { kind: 'unavailable', trouble: 'no-pool-name', raw: 'no pool of Front Ends' };
  if (cmdlet !== 'answers' && cmdlet !== 'slow') return { kind: 'unavailable', trouble: cmdlet, raw: 'simulated' };
  return { kind: 'read', value: `(simulated text, pool ${pool.value.fqdn})` };
}
