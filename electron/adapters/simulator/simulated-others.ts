import { firstLabel, isSameComputer } from '../../contract/computer-names.js';
import type { RemoteServices } from '../../contract/facts.js';
import type { ServiceState } from '../../contract/service.js';
import { FRONT_END } from '../../core/catalogue/catalogue.js';
import type { RemoteServiceControl } from '../../ports/pool-information.js';
import { LYNC_SERVICES } from './inventory.js';
import { USUAL_COMPUTER } from './simulated-host.js';
import { ENTERPRISE_POOL } from './simulated-pool.js';
import { momentAt, type SimulatedOther, type SimulatedState } from './simulated-state.js';
import type { Look } from './simulation.js';

/** As they are on a Front End that is in service: what is installed and not used is stopped. */
const IN_SERVICE: Readonly<Record<string, ServiceState>> = Object.fromEntries(
  LYNC_SERVICES.map(({ serviceName, start }) => [serviceName, start === 'disabled' ? 'stopped' : 'running']),
);
/** What a drain pauses first, while its Front-End still runs; its attendant is not in use. */
const FIRST_PAUSE: Readonly<Record<string, ServiceState>> = { ...IN_SERVICE, RTCRGS: 'paused', RTCCAA: 'stopped' };

/**
 * Names the other servers of a pool of Front Ends: fe01, fe02 and so on, without this one.
 * @param conditions of the first of them; the rest are in service. Empty: the names are not known
 * @returns none where there is no pool, or no other server in it
 */
export function nameOthers(
  { pool = ENTERPRISE_POOL, computer = USUAL_COMPUTER }: Pick<SimulatedState, 'pool' | 'computer'>,
  conditions: readonly SimulatedOther['condition'][],
): readonly SimulatedOther[] {
  const members = pool.known ? (pool.value.members ?? 0) : 0;
  if (!pool.known || members < 2 || conditions.length === 0) return [];
  const [, ...domain] = pool.value.fqdn.split('.');
  return Array.from({ length: members }, (_, place) => [`fe${String(place + 1).padStart(2, '0')}`, ...domain].join('.'))
    .filter((fqdn) => !isSameComputer(firstLabel(fqdn), computer.name))
    .slice(0, members - 1)
    .map((fqdn, place) => ({ fqdn, condition: conditions[place] ?? 'in-service' }));
}

/** The services of the other servers of a simulated pool. */
export function createSimulatedOthers(look: () => Look): RemoteServiceControl {
  return {
    readServices: async (name) => {
      const { state, nowMs } = look();
      const other = state.others?.find(({ fqdn }) => isSameComputer(fqdn, name));
      return other === undefined ? unknown('failed', `no computer ${name}`) : answerOf(other, showsPause(state, nowMs));
    },
  };
}

function answerOf({ condition }: SimulatedOther, isPausedHere: boolean): RemoteServices {
  switch (condition) {
    case 'in-service':
      return { kind: 'read', states: IN_SERVICE };
    case 'paused':
      return { kind: 'read', states: FIRST_PAUSE };
    case 'front-end-stopped':
      return { kind: 'read', states: { ...IN_SERVICE, [FRONT_END]: 'stopped' } };
    case 'unreachable':
      // RPC_S_SERVER_UNAVAILABLE (winerror.h).
      return unknown('unreachable', 'OpenSCManagerW: 1722');
    case 'pauses-with-us':
      return { kind: 'read', states: isPausedHere ? FIRST_PAUSE : IN_SERVICE };
    case 'silent-with-us':
      return isPausedHere ? unknown('did-not-answer', 'no answer') : { kind: 'read', states: IN_SERVICE };
  }
}

/** True once another server can read that a service of Lync is paused here. */
function showsPause({ services }: SimulatedState, nowMs: number): boolean {
  return services.some((service) => service.sessions !== null && momentAt(service, nowMs).state.startsWith('pause'));
}

function unknown(reason: Extract<RemoteServices, { kind: 'unknown' }>['reason'], raw: string): RemoteServices {
  return { kind: 'unknown', reason, raw };
}
