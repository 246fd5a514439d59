import type { Facts } from '../../contract/facts.js';
import type { ServerRole } from '../../contract/installed-server.js';
import type { MessageId } from '../../contract/message-places.js';
import { message } from '../../contract/message.js';
import { roleOf } from './installed-server.js';
import type { Finding } from './pool-checks.js';

/** What is worth knowing of each role before it is drained (docs/lync-services.md, "Roles"); null: nothing beside the other checks. */
const WORTH_KNOWING: Readonly<Record<ServerRole, Extract<MessageId, `check-role-${string}`> | null>> = {
  'front-end': null,
  director: 'check-role-director-warn',
  edge: 'check-role-edge-warn',
  mediation: 'check-role-mediation-warn',
  'persistent-chat': 'check-role-chat-warn',
  'branch-appliance': 'check-role-branch-warn',
};

/** Roles that serve web clients: these are behind a web load balancer. */
const WEB_ROLES: readonly (ServerRole | null)[] = ['front-end', 'director', null];

export function servesWebClients(facts: Pick<Facts, 'statuses'>): boolean {
  return WEB_ROLES.includes(roleOf(facts));
}

/** Who loses what while a server of this role is down. */
export function checkRole(facts: Facts): readonly Finding[] {
  const role = roleOf(facts);
  const id = role === null ? null : WORTH_KNOWING[role];
  return id === null ? [] : [{ id: 'role', result: 'warn', message: message(id) }];
}

/** A server that stands in no pool of Front Ends is told so, and not that its pool could not be read. */
export function inWordsOfRole(finding: Finding, facts: Facts): Finding {
  const role = roleOf(facts);
  const isOutside = finding.id === 'pool-members' && !facts.pool.known && facts.pool.reason === 'not-supported';
  return isOutside && role !== null && role !== 'front-end'
    ? { ...finding, message: message('check-pool-none', { serverRole: role }) }
    : finding;
}
