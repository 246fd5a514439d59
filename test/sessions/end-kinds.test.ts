import { describe, expect, it } from 'vitest';

import { compareEnds, END_KINDS, findEndKind, type EndKind, type KindFinding } from '../../electron/contract/session-ends.js';
import { CATALOGUE } from '../../electron/core/catalogue/catalogue.js';
import { endRulesOf } from '../../electron/core/evidence/end-rules.js';

interface Situation {
  readonly localPort?: number;
  readonly port?: number;
  readonly server?: EndKind;
  readonly knowsAllServers?: boolean;
  readonly isEdge?: boolean;
}

function kindOf(serviceName: string, { localPort = 49_000, port = 50_000, server, knowsAllServers = false, isEdge = false }: Situation) {
  const known: KindFinding | undefined = server === undefined ? undefined : { kind: server, sign: 'topology' };
  const { kind, sign } = findEndKind(endRulesOf(serviceName, { isEdge }), { localPort, port }, known, knowsAllServers);
  return [kind, sign];
}

describe('what stands at the far end of a connection', () => {
  it.each([
    // Servers and clients both come to 5061.
    ['RTCSRV', { localPort: 5061 }, 'unknown', null],
    ['RTCSRV', { localPort: 5061, knowsAllServers: true }, 'client', 'no-server'],
    ['rtcsrv', { localPort: 5061, server: 'pool-member' }, 'pool-member', 'topology'],
    ['RTCSRV', { localPort: 5061, server: 'edge', knowsAllServers: true }, 'edge', 'topology'],
    ['RTCSRV', { localPort: 443, isEdge: true }, 'client', 'port'],
    ['RTCSRV', { localPort: 5061, isEdge: true }, 'unknown', null],
    // Federation comes from servers of others.
    ['RTCSRV', { localPort: 5061, isEdge: true, knowsAllServers: true }, 'unknown', null],
    ['RTCMEDSRV', { localPort: 5067 }, 'gateway', 'port'],
    ['RTCMEDSRV', { localPort: 5068 }, 'gateway', 'port'],
    ['RTCMEDSRV', { localPort: 5070 }, 'pool-member', 'port'],
    ['RTCMEDSRV', { localPort: 49_500, port: 5060 }, 'unknown', null],
    ['RTCMEDSRV', { localPort: 49_500, port: 5060, knowsAllServers: true }, 'unknown', null],
    ['RTCRGS', { localPort: 5071 }, 'pool-member', 'port'],
    ['RTCRGS', { localPort: 8404 }, 'unknown', null],
    ['RTCCPS', { localPort: 5075 }, 'pool-member', 'port'],
    ['RTCCAA', { localPort: 5064 }, 'pool-member', 'port'],
    ['RTCCAA', { localPort: 5072 }, 'pool-member', 'port'],
    ['RTCCAS', { localPort: 5073 }, 'pool-member', 'port'],
    ['RTCATS', { localPort: 5076 }, 'pool-member', 'port'],
    ['RTCIMMCU', { localPort: 5062 }, 'pool-member', 'port'],
    ['RTCAVMCU', { localPort: 5063 }, 'pool-member', 'port'],
    ['RTCASMCU', { localPort: 5065 }, 'pool-member', 'port'],
    ['RTCASMCU', { localPort: 50_001 }, 'unknown', null],
    ['RTCASMCU', { localPort: 50_001, knowsAllServers: true }, 'client', 'no-server'],
    ['RTCDATAMCU', { localPort: 8057 }, 'client', 'port'],
    ['RTCDATAMCU', { localPort: 8057, server: 'pool-member' }, 'pool-member', 'topology'],
    ['RTCDATAMCU', { port: 8057 }, 'edge', 'port'],
    ['RTCMEETINGMCU', { localPort: 8058 }, 'client', 'port'],
    ['RTCDATAPROXY', { localPort: 443, isEdge: true }, 'client', 'port'],
    // Servers inside come to the same port of the A/V Edge.
    ['RTCMEDIARELAY', { localPort: 443, isEdge: true }, 'unknown', null],
    ['RTCXMPPTGW', { localPort: 5269, knowsAllServers: true }, 'unknown', null],
    ['Spooler', { localPort: 445, knowsAllServers: true }, 'unknown', null],
  ] as const)('of %s with %j is %s by %s', (serviceName, situation, kind, sign) => {
    expect(kindOf(serviceName, situation)).toEqual([kind, sign]);
  });

  it('is never said to be a client because nothing is known', () => {
    for (const { serviceName } of CATALOGUE) {
      for (const isEdge of [false, true]) expect(kindOf(serviceName, { localPort: 49_999, isEdge })).toEqual(['unknown', null]);
    }
  });
});

describe('a list of remote ends', () => {
  it('begins with people and what may be people, and within a kind with the oldest', () => {
    const ends = END_KINDS.flatMap((kind) => [1_000, 9_000].map((ageMs) => ({ kind, ageMs }))).reverse();
    const sorted = [...ends].sort(compareEnds).map(({ kind, ageMs }) => `${kind} ${ageMs}`);
    expect(sorted.slice(0, 4)).toEqual(['client 9000', 'client 1000', 'unknown 9000', 'unknown 1000']);
    expect(sorted.at(-1)).toBe('pool-member 1000');
  });
});
