import { computerKey } from '../../contract/computer-names.js';
import type { OtherServer, PoolReading } from '../../contract/facts.js';
import { problem, type Problem } from '../../contract/problem.js';
import type { EntryDraft, Order, Run, SeenServer } from '../../contract/run.js';
import { isSameService, namesService } from '../../contract/service-names.js';
import type { ServiceStatus } from '../../contract/service.js';
import { FRONT_END } from '../catalogue/catalogue.js';
import { areMembersKnown, judgeServer, otherServers } from './other-servers.js';
import { serverCheckId } from './pool-checks.js';

/*
 * One server of a pool goes down at a time. Nothing but the service control managers is shared by the servers, so the paused state
 * itself is the mark of the one that goes down:
 *
 *   look at all others ──one is in maintenance──▶ refused, nothing changed (overridable, server by server)
 *        │
 *   pause the first service, until Windows shows it paused       the mark: every other server can read it from now on
 *        │
 *   look at all others again ──another one has a mark, or has fallen silent──▶ yield: the whole run goes back
 *        │
 *   pause the rest
 *
 * Each server sets its mark before it reads those of the others a last time. Of two that go at the same moment at least one therefore
 * sees the other's mark, whatever the order of their steps, and yields. That both yield is possible; that both go on is not. There is
 * no rank among servers: one that is to go on although another one has a mark would have to know that the other one saw its own.
 */

/** True for an order that takes this server out of the pool. */
export function takesServerDown({ services }: Pick<Order, 'services'>): boolean {
  return namesService(services, FRONT_END);
}

/** What the record keeps of a look at the others. */
export function seenServers(pool: PoolReading): SeenServer[] {
  return otherServers(pool).map(seenServer);
}

function seenServer(server: OtherServer): SeenServer {
  return { fqdn: server.fqdn, standing: judgeServer(server).kind };
}

/** The claim of an order, to be written before its first pause; none if the run has one, or if there is no other server to ask. */
export function claimEntries(pool: PoolReading, { order, claim }: Pick<Run, 'order' | 'claim'>): readonly EntryDraft[] {
  const servers = seenServers(pool);
  return claim !== null || servers.length === 0 || !takesServerDown(order) ? [] : [{ type: 'pool-looked', when: 'before-pause', servers }];
}

/** True once every other server can read that this one goes down. */
export function showsMark(statuses: Iterable<ServiceStatus>, { services }: Pick<Order, 'services'>): boolean {
  return [...statuses].some(
    ({ serviceName, state }) =>
      namesService(services, serviceName) &&
      (state === 'paused' || state === 'pause-pending' || (state !== 'running' && isSameService(serviceName, FRONT_END))),
  );
}

/**
 * The servers that this one yields to: they have a mark now, or answered before and do not now. One that was overridden is none; nor is one
 * that was looked at because it was told earlier, if the pool is known by now without it.
 */
export function findRivals({ overrides, claim }: Pick<Run, 'overrides' | 'claim'>, pool: PoolReading): readonly SeenServer[] {
  const now = new Map(seenServers(pool).map((server) => [computerKey(server.fqdn), server]));
  const before = new Map((claim?.before ?? []).map((server) => [computerKey(server.fqdn), server]));
  const keys = areMembersKnown(pool) ? now.keys() : new Set([...before.keys(), ...now.keys()]);
  return [...keys].flatMap((key) => {
    const fqdn = now.get(key)?.fqdn ?? before.get(key)?.fqdn ?? key;
    const isOverridden = overrides.some((id) => id.toUpperCase() === serverCheckId({ fqdn }).toUpperCase());
    const was = before.get(key)?.standing ?? 'unknown';
    const standing = now.get(key)?.standing ?? 'unknown';
    const isRival = standing === 'in-maintenance' || (standing === 'unknown' && was !== 'unknown');
    return isRival && !isOverridden ? [{ fqdn, standing }] : [];
  });
}

/** @param isBack true once the way back is over */
export function yieldedTo(servers: readonly SeenServer[], isBack = false): Problem {
  return problem('yielded', { servers: servers.map(({ fqdn }) => fqdn).join(', '), ...(isBack && { back: 'yes' }) });
}
