import type { OtherServer, PoolFacts, PoolReading, RemoteTrouble } from '../../contract/facts.js';
import { ServiceMap } from '../../contract/service-names.js';
import type { ServiceState } from '../../contract/service.js';
import { compareDrainOrder, FRONT_END, isInfrastructure } from '../catalogue/catalogue.js';

/**
 * Whether another server of the pool is in maintenance. The mark of one is what its service control manager says: a Front-End that does not
 * run, or any service of Lync that is paused. A drain pauses the Front-End last, so its first pause is a mark too.
 */
export type ServerStanding =
  | { readonly kind: 'in-service' }
  | { readonly kind: 'in-maintenance'; readonly serviceName: string; readonly state: ServiceState }
  /** `no-front-end`: it answered, and has no Front-End service. */
  | { readonly kind: 'unknown'; readonly reason: RemoteTrouble | 'no-front-end' };

export function judgeServer({ services }: OtherServer): ServerStanding {
  if (services.kind === 'unknown') return services;
  const states = new ServiceMap(Object.entries(services.states));
  const frontEnd = states.get(FRONT_END);
  if (frontEnd === undefined) return { kind: 'unknown', reason: 'no-front-end' };
  if (frontEnd !== 'running') return { kind: 'in-maintenance', serviceName: FRONT_END, state: frontEnd };
  const [paused] = [...states]
    .filter(([serviceName, state]) => (state === 'paused' || state === 'pause-pending') && !isInfrastructure(serviceName))
    .sort(([one], [other]) => compareDrainOrder(one, other));
  if (paused === undefined) return { kind: 'in-service' };
  const [serviceName, state] = paused;
  return { kind: 'in-maintenance', serviceName, state };
}

/** The other servers of the pool, those that were told earlier if nobody tells them now; empty while their names are not known. */
export function otherServers(pool: PoolReading): readonly OtherServer[] {
  return pool.kept?.others ?? (pool.known ? (pool.value.others ?? []) : []);
}

/** True if the servers of the pool are known as they are now: one that is not among them is not one of its servers. */
export function areMembersKnown(pool: PoolReading): boolean {
  return pool.known && pool.value.members !== null;
}

/**
 * How many of the others take calls now: the fewer of what the cmdlets say and what the servers themselves say. What a server does not say
 * is not counted, neither way. Null if it is not known.
 */
export function othersInService({ othersInService: told, others = [] }: PoolFacts): number | null {
  const standings = others.map((server) => judgeServer(server).kind);
  const notInService = standings.filter((kind) => kind === 'in-maintenance').length;
  const isSeen = others.length > 0 && !standings.includes('unknown');
  if (told === null) return isSeen ? others.length - notInService : null;
  return others.length === 0 ? told : Math.min(told, others.length - notInService);
}

/**
 * How many of the others that count as in service were not seen so: only the cmdlets say it. Zero while the names of the others are not
 * known: then the cmdlets alone say all of it.
 */
export function unseenInService(pool: PoolFacts): number {
  const { others = [] } = pool;
  if (others.length === 0) return 0;
  const seen = others.filter((server) => judgeServer(server).kind === 'in-service').length;
  return Math.max(0, (othersInService(pool) ?? 0) - seen);
}
