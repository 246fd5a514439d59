import type { EndRules, EndKind, PortRule } from '../../contract/session-ends.js';

/**
 * What the ports of each service tell of who is at the far end (Microsoft, "Ports and protocols for internal servers" and
 * "… for edge components"; docs/lync-services.md). A port that several kinds use tells nothing and is not here: servers and clients
 * both come to 5061.
 */

function rules(ports: readonly PortRule[], isForClients: boolean): EndRules {
  return { ports, isForClients };
}

function local(kind: EndKind, ...ports: number[]): readonly PortRule[] {
  return ports.map((port) => ({ end: 'local', port, finding: { kind, sign: 'port' } }));
}

const EDGE_8057: PortRule = { end: 'remote', port: 8057, finding: { kind: 'edge', sign: 'port' } };

/** The Front Ends of the pool keep connections to these, whoever takes part. */
const pooled = (...ports: number[]): readonly PortRule[] => local('pool-member', ...ports);

const RULES: ReadonlyMap<string, EndRules> = new Map([
  ['RTCMEDSRV', rules([...local('gateway', 5067, 5068), ...pooled(5070)], false)],
  ['RTCRGS', rules(pooled(5071), false)],
  ['RTCCPS', rules(pooled(5075), false)],
  ['RTCCAA', rules(pooled(5064, 5072), false)],
  ['RTCCAS', rules(pooled(5073), false)],
  ['RTCATS', rules(pooled(5076), false)],
  ['RTCIMMCU', rules(pooled(5062), true)],
  ['RTCAVMCU', rules(pooled(5063), true)],
  ['RTCASMCU', rules(pooled(5065), true)],
  ['RTCDATAMCU', rules([...local('client', 8057), EDGE_8057], true)],
  ['RTCMEETINGMCU', rules(local('client', 8058), true)],
  ['RTCDATAPROXY', rules(local('client', 443), true)],
  ['RTCMEDIARELAY', rules([], true)],
]);

const FRONT_END = rules([], true);
const ACCESS_EDGE = rules(local('client', 443), false);
const NOTHING_TELLS = rules([], false);

/** What tells the far ends of a service, by its name in any case. */
export function endRulesOf(serviceName: string, { isEdge }: { readonly isEdge: boolean }): EndRules {
  const name = serviceName.toUpperCase();
  if (name === 'RTCSRV') return isEdge ? ACCESS_EDGE : FRONT_END;
  return RULES.get(name) ?? NOTHING_TELLS;
}
