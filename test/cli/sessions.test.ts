import { describe, expect, it } from 'vitest';

import { textWidth } from '../../electron/apps/cli/render/text-width.js';
import { problem } from '../../electron/contract/problem.js';
import { noKinds, type EndsReading, type ServiceEnds, type SessionEnd } from '../../electron/contract/session-ends.js';
import { NO_SIGNS } from '../../electron/contract/sessions.js';
import { Stage } from '../harness/cli/stage.js';
import { checklist, counted, NOON, row } from '../harness/fakes/checklists.js';

const CLIENT: SessionEnd = {
  ...{ address: '10.9.0.1', port: 50_001, localPort: 5061, kind: 'client', sign: 'no-server' },
  ...{ ageMs: 3_723_000, isAgeExact: true },
};
const MEMBER: SessionEnd = {
  ...CLIENT,
  address: '2001:db8::9',
  port: 50_002,
  kind: 'pool-member',
  sign: 'topology',
  ageMs: 0,
  isAgeExact: false,
};

function listed(ends: readonly SessionEnd[], connections = ends.length): EndsReading {
  const kinds = noKinds();
  for (const { kind } of ends) kinds[kind] += 1;
  kinds.client += connections - ends.length;
  return { known: true, connections, kinds, ends };
}

function service(serviceName: string, parts: Partial<ServiceEnds> = {}): ServiceEnds {
  return { serviceName, displayName: `Lync Server ${serviceName}`, state: 'running', tcp: listed([]), usesUdp: false, ...parts };
}

/** Two services with all that can be said, one stopped, one of which nothing is known. */
function busyStage(): Stage {
  const stage = new Stage();
  stage.engine.checklist = checklist({
    services: [
      row('RTCSRV', { sessions: counted(2) }),
      row('RTCAVMCU', { sessions: { ...counted(7), signs: { ...NO_SIGNS, mediaPorts: 14 } } }),
      row('RTCRGS', {
        sessions: { kind: 'unknown', reason: 'cmdlet-denied', raw: null, atLeast: { count: 3, evidence: 'cmdlet', ageMs: 46_000 } },
      }),
      row('RTCCPS', { state: 'stopped', sessions: { kind: 'count', count: 0, evidence: 'stopped', arrivals: [] } }),
    ],
  });
  stage.engine.ends = {
    services: [
      service('RTCRGS', { tcp: { known: false, reason: 'tcp-failed' }, usesUdp: true }),
      service('RTCCPS', { state: 'stopped', usesUdp: true }),
      service('RTCAVMCU', { usesUdp: true }),
      service('RTCSRV', { tcp: listed([CLIENT, MEMBER], 1_234) }),
    ],
    serversTrouble: 'cmdlet-denied',
  };
  stage.engine.names = new Map([
    ['10.9.0.1', { kind: 'name', name: 'pc-1.contoso.com\u001b[31m' }],
    ['2001:db8::9', { kind: 'none' }],
  ]);
  return stage;
}

describe('sessions', () => {
  it('shows who is connected, since when, and what each probably is', async () => {
    const { out, err, exitCode } = await busyStage().run('sessions');
    expect(exitCode).toBe(0);
    expect(out).toBe(
      [
        'RTCRGS  Lync Server RTCRGS',
        'Sessions: not known, because this account may not use the Lync cmdlet. Seen: at',
        'least 3, 46 s ago.',
        'Connections: not known, because the list of connections could not be read.',
        'Media: UDP ports, how many is not known. UDP has no connections, so Windows',
        'names no remote ends of them.',
        '',
        'RTCCPS  Lync Server RTCCPS',
        'Stopped: it carries no session.',
        '',
        'RTCAVMCU  Lync Server RTCAVMCU',
        'Sessions: 7 (counter).',
        'Connections: none.',
        'Media: 14 UDP ports. UDP has no connections, so Windows names no remote ends of',
        'them.',
        '',
        'RTCSRV  Lync Server RTCSRV',
        'Sessions: 2 (counter).',
        'Connections: 1234 (1233 with clients, 1 with a pool member).',
        'REMOTE END           OUR PORT  PROBABLY     AGE',
        '10.9.0.1:50001       5061      client       1 h 2 min',
        '[2001:db8::9]:50002  5061      pool member  seen first now',
        '2 of 1234 shown, people first, of each kind the oldest. To see all, add --all.',
        '',
        'Not every server of Lync is known here, because this account may not use the',
        'Lync cmdlets. So an address that no known server has may be a client or a',
        'server: "unknown", unless its port tells.',
        '',
      ].join('\n'),
    );
    expect(err).toBe('Asking Lync for its servers: at most 30 seconds ...\n');
  });

  it('says the same in Chinese, within the width of the terminal', async () => {
    const { out } = await busyStage().run('sessions', '--lang', 'zh-CN');
    expect(out).toContain('连接：1234 个（客户端 1233 个，池成员 1 个）。');
    expect(out).toContain('UDP 没有连接');
    for (const line of out.split('\n')) expect(textWidth(line), line).toBeLessThanOrEqual(80);
  });

  it('--json prints the documented object; what is not known is null and never zero', async () => {
    const { json, err } = await busyStage().run('sessions', '--json');
    expect(err).toBe('');
    expect(json()).toEqual([
      {
        schema: 1,
        at: NOON,
        computer: { name: 'FE01', bootedAt: '2026-11-23T11:00:00.000Z', source: 'simulated', elevated: true },
        server: { role: 'front-end', edition: 'enterprise', product: 'lync-2013', version: '5.0.8308.0', productUnknown: null },
        serversKnown: false,
        serversUnknown: 'cmdlet-denied',
        services: [
          {
            ...{ serviceName: 'RTCRGS', displayName: 'Lync Server RTCRGS', state: 'running' },
            sessions: { unknown: 'cmdlet-denied', atLeast: 3, ageSeconds: 46 },
            ...{ connections: null, connectionsUnknown: 'tcp-failed', kinds: null, shown: null, remoteEnds: null },
            udp: { ports: null, remoteEnds: null },
          },
          {
            ...{ serviceName: 'RTCCPS', displayName: 'Lync Server RTCCPS', state: 'stopped' },
            sessions: { count: 0, evidence: 'stopped', at: NOON },
            ...{ connections: 0, connectionsUnknown: null, kinds: noKinds(), shown: 0, remoteEnds: [] },
            udp: { ports: null, remoteEnds: null },
          },
          {
            ...{ serviceName: 'RTCAVMCU', displayName: 'Lync Server RTCAVMCU', state: 'running' },
            sessions: { count: 7, evidence: 'counter', at: NOON },
            ...{ connections: 0, connectionsUnknown: null, kinds: noKinds(), shown: 0, remoteEnds: [] },
            udp: { ports: 14, remoteEnds: null },
          },
          {
            ...{ serviceName: 'RTCSRV', displayName: 'Lync Server RTCSRV', state: 'running' },
            sessions: { count: 2, evidence: 'counter', at: NOON },
            ...{ connections: 1_234, connectionsUnknown: null, kinds: { ...noKinds(), client: 1_233, 'pool-member': 1 }, shown: 2 },
            remoteEnds: [
              {
                ...{ address: '10.9.0.1', port: 50_001, localPort: 5061, kind: 'client', because: 'no-server' },
                ...{ ageSeconds: 3_723, ageIsAtLeast: false },
              },
              {
                ...{ address: '2001:db8::9', port: 50_002, localPort: 5061, kind: 'pool-member', because: 'topology' },
                ...{ ageSeconds: 0, ageIsAtLeast: true },
              },
            ],
            udp: null,
          },
        ],
      },
    ]);
  });

  it('says nothing of servers where all are known', async () => {
    const stage = busyStage();
    stage.engine.ends = { services: [service('RTCSRV')], serversTrouble: null };
    const { out } = await stage.run('sessions');
    expect(out).not.toContain('Not every server');
    const { json } = await stage.run('sessions', '--json');
    expect(json()).toMatchObject([{ serversKnown: true, serversUnknown: null }]);
  });

  it('--names looks up what is shown, and no name is said as such', async () => {
    const stage = busyStage();
    const { out, err } = await stage.run('sessions', '--names');
    expect(stage.engine.ordered.find(({ method }) => method === 'findNames')?.request).toEqual(['10.9.0.1', '2001:db8::9']);
    expect(err).toContain('at most 5 seconds');
    expect(out).toContain('1 h 2 min       pc-1.contoso.com');
    expect(out).not.toContain('\u001b');
    expect(out).toContain('seen first now  no name');
    const { json } = await stage.run('sessions', '--names', '--json');
    const ends = (json() as { services: { remoteEnds: object[] | null }[] }[])[0]!.services[3]!.remoteEnds;
    expect(ends).toMatchObject([{ nameUnknown: null }, { name: null, nameUnknown: 'none' }]);
    stage.engine.names = new Map();
    expect((await stage.run('sessions', '--names')).out).toContain('no answer');
  });

  it('looks nothing up unless it is asked to', async () => {
    const stage = busyStage();
    await stage.run('sessions');
    expect(stage.engine.ordered.some(({ method }) => method === 'findNames')).toBe(false);
  });

  it('asks for the services that are named, for twenty ends of each or for all, and needs no run', async () => {
    const stage = busyStage();
    stage.isOpen = false;
    await stage.run('sessions');
    await stage.run('sessions', 'RTCSRV', 'RTCRGS', '--all');
    expect(stage.engine.ordered.filter(({ method }) => method === 'listEnds').map(({ request }) => request)).toEqual([
      { services: null, most: 20, waitsForServers: true },
      { services: ['RTCSRV', 'RTCRGS'], most: null, waitsForServers: true },
    ]);
  });

  it('says at least how old a connection is where Windows does not tell', async () => {
    const stage = busyStage();
    stage.engine.ends = { services: [service('RTCSRV', { tcp: listed([{ ...MEMBER, ageMs: 90_000 }]) })], serversTrouble: null };
    expect((await stage.run('sessions')).out).toContain('at least 1 min 30 s');
  });

  it('refuses a service that is not there, with its code and what was meant', async () => {
    const stage = busyStage();
    stage.engine.failure = problem('unknown-service', { name: 'RTCSVR' });
    const { exitCode, err, out } = await stage.run('sessions', 'RTCSVR');
    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toContain('LD-1005');
  });

  it('says that nothing is here where no service of Lync is', async () => {
    const stage = new Stage();
    expect((await stage.run('sessions')).out).toBe('No service of Lync that carries sessions is installed here.\n');
  });
});
