import { describe, expect, it } from 'vitest';

import { ConnectionCounter } from '../../electron/adapters/windows/evidence/tcp/connection-counter.js';
import { ProblemError } from '../../electron/contract/problem.js';
import type { OwnServices, TcpWatch } from '../../electron/ports/evidence-sources.js';
import { STATES, tablesOf, type Row, type State } from '../harness/sessions/made-up-tables.js';

const SERVER = '10.0.0.1';
const NOBODY: OwnServices = { processIds: [], ports: [] };
const CALL_PARK: TcpWatch = { serviceName: 'RTCCPS', processId: 400, ports: [5075], remotePorts: [] };
const FRONT_END: TcpWatch = { serviceName: 'RTCSRV', processId: 800, ports: [5061], remotePorts: [] };
const XMPP: TcpWatch = { serviceName: 'RTCXMPPTGW', processId: 1_200, ports: [], remotePorts: [] };
const WEB: TcpWatch = { serviceName: 'RTCDATAMCU', processId: 1_600, ports: [8057], remotePorts: [8057] };

function session(given: Partial<Row> = {}): Row {
  return { state: 'established', local: [SERVER, 5075], remote: ['10.0.0.9', 50_000], owner: 400, ...given };
}

function listener(port: number, owner: number): Row {
  return { state: 'listen', local: ['0.0.0.0', port], remote: ['0.0.0.0', 0], owner };
}

/** Counts of one reading, by service; null where they cannot be told. */
function count(rows: readonly Row[], watches: readonly TcpWatch[], own: OwnServices = NOBODY, leftOut: readonly string[] = []) {
  const counts = new ConnectionCounter(leftOut).count(tablesOf(rows), watches, own);
  return Object.fromEntries([...counts].map(([name, counted]) => [name, counted === null ? null : counted.count]));
}

describe('whose a connection is', () => {
  it('counts connections of the process on the ports of the service', () => {
    const rows = [session(), session({ remote: ['10.0.0.9', 50_001] }), session({ owner: 800 }), session({ local: [SERVER, 49_999] })];
    expect(count(rows, [CALL_PARK])).toEqual({ RTCCPS: 2 });
  });

  it('counts IPv4 and IPv6 together', () => {
    const ipv6 = session({ local: ['2001:db8::1', 5075], remote: ['2001:db8::9', 50_000] });
    expect(count([session(), ipv6], [CALL_PARK])).toEqual({ RTCCPS: 2 });
  });

  it.each(Object.keys(STATES).filter((state) => state !== 'established') as State[])('does not count a connection in %s', (state) => {
    expect(count([session({ state })], [CALL_PARK])).toEqual({ RTCCPS: 0 });
  });

  it('counts by port where no owner is given', () => {
    expect(count([session({ owner: 0 }), session({ owner: 0, local: [SERVER, 5061] })], [CALL_PARK, FRONT_END])).toEqual({
      RTCCPS: 1,
      RTCSRV: 1,
    });
  });

  it('takes the listener on the port as the owner where the connection names none', () => {
    const rows = [listener(5075, 999), session({ owner: 0 })];
    expect(count(rows, [CALL_PARK])).toEqual({ RTCCPS: 0 });
    expect(count([listener(7_000, 1_200), session({ owner: 0, local: [SERVER, 7_000] })], [XMPP])).toEqual({ RTCXMPPTGW: 1 });
  });

  it('goes by the port again where two processes listen on it', () => {
    expect(count([listener(5075, 999), listener(5075, 998), session({ owner: 0 })], [CALL_PARK])).toEqual({ RTCCPS: 1 });
  });

  it('counts by port alone while a service has no process', () => {
    expect(count([session({ owner: 999 }), session({ owner: 0 })], [{ ...CALL_PARK, processId: 0 }])).toEqual({ RTCCPS: 2 });
  });

  it('counts every port of a service without ports, but not those of others', () => {
    const rows = [session({ owner: 1_200 }), session({ owner: 1_200, local: [SERVER, 49_999] }), session()];
    expect(count(rows, [XMPP, CALL_PARK])).toEqual({ RTCXMPPTGW: 2, RTCCPS: 1 });
  });

  it('keeps services in one process apart by their ports', () => {
    const shared: readonly TcpWatch[] = [CALL_PARK, { ...FRONT_END, processId: 400 }, { ...XMPP, processId: 400 }];
    const rows = [
      session(),
      session({ local: [SERVER, 5061] }),
      session({ local: [SERVER, 5061], remote: ['10.0.0.9', 1] }),
      session({ local: [SERVER, 6_000] }),
    ];
    expect(count(rows, shared)).toEqual({ RTCCPS: 1, RTCSRV: 2, RTCXMPPTGW: 1 });
  });

  it('takes process ids above two thousand million', () => {
    expect(count([session({ owner: 4_000_000_000 })], [{ ...CALL_PARK, processId: 4_000_000_000 }])).toEqual({ RTCCPS: 1 });
  });
});

describe('a service without known ports', () => {
  it('is unknown where no row names an owner', () => {
    expect(count([listener(135, 0)], [XMPP])).toEqual({ RTCXMPPTGW: null });
    expect(count([], [XMPP])).toEqual({ RTCXMPPTGW: null });
  });

  it('is unknown while a connection belongs to nobody', () => {
    const owned = session({ owner: 1_200 });
    expect(count([owned, session({ owner: 0, local: [SERVER, 9_999] })], [XMPP, CALL_PARK])).toEqual({ RTCXMPPTGW: null, RTCCPS: 0 });
  });

  it('is not disturbed by unowned connections that a port tells, or that have ended', () => {
    const rows = [listener(135, 500), session({ owner: 0 }), session({ owner: 0, state: 'time-wait', local: [SERVER, 9_999] })];
    expect(count(rows, [XMPP, CALL_PARK])).toEqual({ RTCXMPPTGW: 0, RTCCPS: 1 });
  });

  it('is unknown while it has no process', () => {
    expect(count([listener(135, 500)], [{ ...XMPP, processId: 0 }])).toEqual({ RTCXMPPTGW: null });
  });
});

describe('connections that stay on the computer', () => {
  const own: OwnServices = { processIds: [400, 800], ports: [5061, 5075] };

  /** Both ends of one connection, as the tables show it. */
  function bothEnds(near: Row): readonly Row[] {
    return [near, { ...near, local: near.remote, remote: near.local, owner: near.owner === 400 ? 800 : 0 }];
  }

  it.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1', '10.0.0.1', '2001:db8::1'])(
    'does not count one with another own service at %s',
    (address) => {
      expect(count(bothEnds(session({ local: [address, 5075], remote: [address, 50_000] })), [CALL_PARK], own)).toEqual({ RTCCPS: 0 });
    },
  );

  it('does not count one that a service has with itself', () => {
    const ends = [
      session({ local: ['127.0.0.1', 5075], remote: ['127.0.0.1', 6_000] }),
      session({ local: ['127.0.0.1', 6_000], remote: ['127.0.0.1', 5075] }),
    ];
    expect(count(ends, [{ ...CALL_PARK, ports: [] }], own)).toEqual({ RTCCPS: 0 });
  });

  it('counts a client on the same computer', () => {
    const client: Row = session({ local: ['127.0.0.1', 50_000], remote: ['127.0.0.1', 5075], owner: 4_444 });
    expect(count([session({ local: ['127.0.0.1', 5075], remote: ['127.0.0.1', 50_000] }), client], [CALL_PARK], own)).toEqual({
      RTCCPS: 1,
    });
  });

  it('counts a client on the same computer where no owner is given', () => {
    expect(count(bothEnds(session({ local: ['127.0.0.1', 5075], remote: ['127.0.0.1', 50_000], owner: 0 })), [CALL_PARK], own)).toEqual({
      RTCCPS: 1,
    });
  });

  it('knows an own service by its port where no owner is given', () => {
    const ends = bothEnds(session({ local: ['127.0.0.1', 5075], remote: ['127.0.0.1', 5061], owner: 0 }));
    expect(count(ends, [CALL_PARK], own)).toEqual({ RTCCPS: 0 });
  });

  it('knows an own service by its listener where only listeners have owners', () => {
    const ends = bothEnds(session({ local: ['127.0.0.1', 5075], remote: ['127.0.0.1', 7_777], owner: 0 }));
    expect(count([listener(7_777, 800), listener(5075, 400), ...ends], [CALL_PARK], own)).toEqual({ RTCCPS: 0 });
  });

  /** A connection between two of the server's addresses. */
  const acrossAddresses: Row = session({ local: [SERVER, 5075], remote: ['10.0.0.3', 50_000] });

  it('does not count one from one of its own addresses to another', () => {
    expect(count(bothEnds(acrossAddresses), [CALL_PARK], own)).toEqual({ RTCCPS: 0 });
    const ipv6 = session({ local: ['2001:db8::1', 5075], remote: ['2001:db8::3', 50_000] });
    expect(count(bothEnds(ipv6), [CALL_PARK], own)).toEqual({ RTCCPS: 0 });
  });

  it('knows an own address by a listener on it, also where the far end has no row', () => {
    const far: Row = { state: 'listen', local: ['10.0.0.3', 7_777], remote: ['0.0.0.0', 0], owner: 800 };
    const near = session({ remote: ['10.0.0.3', 7_777] });
    expect(count([far, near], [CALL_PARK], own)).toEqual({ RTCCPS: 0 });
    expect(count([{ ...far, local: ['0.0.0.0', 7_777] }, near], [CALL_PARK], own)).toEqual({ RTCCPS: 1 });
  });

  it('counts a client on the same computer that uses another of its addresses', () => {
    const client: Row = { ...acrossAddresses, local: acrossAddresses.remote, remote: acrossAddresses.local, owner: 4_444 };
    expect(count([acrossAddresses, client], [CALL_PARK], own)).toEqual({ RTCCPS: 1 });
  });

  it('forgets an own address that has gone to another computer', () => {
    const counter = new ConnectionCounter([]);
    const moved = session({ remote: ['10.0.0.3', 5061] });
    const read = (rows: readonly Row[]) => counter.count(tablesOf(rows), [CALL_PARK], own).get('RTCCPS')?.count;
    expect(read([moved, { state: 'listen', local: ['10.0.0.3', 5061], remote: ['0.0.0.0', 0], owner: 800 }])).toBe(0);
    expect(read([moved])).toBe(1);
  });

  it('counts a connection from elsewhere that uses a port of an own service', () => {
    expect(count([session({ remote: ['10.0.0.9', 5061] })], [CALL_PARK], own)).toEqual({ RTCCPS: 1 });
  });
});

describe('ports at the far end', () => {
  const toEdge = session({ local: [SERVER, 50_123], remote: ['10.0.0.8', 8057], owner: 1_600 });

  it('count together with local ports, each connection once', () => {
    const inside = session({ local: [SERVER, 8057], owner: 1_600 });
    const both = session({ local: [SERVER, 8057], remote: ['10.0.0.8', 8057], owner: 1_600 });
    expect(count([inside, toEdge, both], [WEB])).toEqual({ RTCDATAMCU: 3 });
  });

  it('belong to the process that opened the connection', () => {
    expect(count([toEdge, { ...toEdge, local: [SERVER, 50_124], owner: 800 }], [WEB, FRONT_END])).toEqual({ RTCDATAMCU: 1, RTCSRV: 0 });
  });

  it('count by port alone where no owner is given, or while the service has no process', () => {
    expect(count([{ ...toEdge, owner: 0 }], [WEB])).toEqual({ RTCDATAMCU: 1 });
    expect(count([{ ...toEdge, owner: 999 }], [{ ...WEB, processId: 0 }])).toEqual({ RTCDATAMCU: 1 });
  });

  it('are not taken for traffic of a service without ports in the same process', () => {
    expect(count([toEdge, { ...toEdge, remote: ['10.0.0.8', 443] }], [WEB, { ...XMPP, processId: 1_600 }])).toEqual({
      RTCDATAMCU: 1,
      RTCXMPPTGW: 1,
    });
  });

  it('count although the address is left out, for them alone', () => {
    const other = session({ local: [SERVER, 8057], remote: ['10.0.0.8', 50_000], owner: 1_600 });
    expect(count([toEdge, other], [WEB], NOBODY, ['10.0.0.8'])).toEqual({ RTCDATAMCU: 1 });
  });
});

describe('far ends', () => {
  function endsOf(rows: readonly Row[], watches: readonly TcpWatch[], withEnds: readonly string[]) {
    const counts = new ConnectionCounter(['10.0.0.2']).count(tablesOf(rows), watches, NOBODY, new Set(withEnds));
    return Object.fromEntries([...counts].map(([name, counted]) => [name, counted?.ends]));
  }

  it('are those of every connection that counts, sorted, for the services that were asked for', () => {
    const rows = [
      session({ local: ['2001:db8::1', 5075], remote: ['2001:db8::9', 1] }),
      session({ remote: ['10.0.0.10', 50_000] }),
      session({ remote: ['10.0.0.9', 50_001] }),
      session({ remote: ['10.0.0.9', 50_000] }),
      session({ remote: ['200.0.0.1', 7] }),
      session({ remote: ['10.0.0.2', 50_000] }),
      session({ owner: 0, remote: ['10.0.0.11', 3] }),
      session({ local: [SERVER, 5061], owner: 800 }),
    ];
    expect(endsOf(rows, [CALL_PARK, FRONT_END], ['RTCCPS'])).toEqual({
      RTCCPS: [
        { address: '10.0.0.9', port: 50_000, localPort: 5075 },
        { address: '10.0.0.9', port: 50_001, localPort: 5075 },
        { address: '10.0.0.10', port: 50_000, localPort: 5075 },
        { address: '10.0.0.11', port: 3, localPort: 5075 },
        { address: '200.0.0.1', port: 7, localPort: 5075 },
        { address: '2001:db8::9', port: 1, localPort: 5075 },
      ],
      RTCSRV: [],
    });
  });

  it('are at most 200, the same ones at every reading', () => {
    const rows = Array.from({ length: 300 }, (_, client) => session({ remote: [`10.0.${client % 7}.${client % 250}`, 40_000 + client] }));
    const ends = endsOf(rows, [CALL_PARK], ['RTCCPS'])['RTCCPS'];
    expect(ends).toHaveLength(200);
    expect(endsOf([...rows].reverse(), [CALL_PARK], ['RTCCPS'])['RTCCPS']).toEqual(ends);
  });
});

describe('addresses that are left out', () => {
  it('are not counted, in either notation', () => {
    const rows = [
      session({ remote: ['10.0.0.2', 1] }),
      session({ local: ['::ffff:10.0.0.1', 5075], remote: ['::ffff:10.0.0.2', 2] }),
      session({ local: ['2001:db8::1', 5075], remote: ['2001:db8::2', 3] }),
      session({ local: ['2001:db8::1', 5075], remote: ['2001:db8::3', 4] }),
      session(),
    ];
    expect(count(rows, [CALL_PARK], NOBODY, ['10.0.0.2', '2001:DB8:0::2%7'])).toEqual({ RTCCPS: 2 });
  });

  it('are refused when they are none', () => {
    expect(() => new ConnectionCounter(['10.0.0.2', 'fe01.contoso.com'])).toThrow(ProblemError);
  });
});

describe('arrivals', () => {
  const at = (client: number, given: Partial<Row> = {}) => session({ remote: [`10.0.1.${client}`, 40_000], ...given });

  function read(counter: ConnectionCounter, rows: readonly Row[], watches: readonly TcpWatch[] = [CALL_PARK]) {
    return counter.count(tablesOf(rows), watches, NOBODY).get('RTCCPS')!.arrivals;
  }

  it('are none at the first reading', () => {
    expect(read(new ConnectionCounter([]), [at(1), at(2)])).toEqual([]);
  });

  it('are the connections that were not there before, with their far ends', () => {
    const counter = new ConnectionCounter([]);
    read(counter, [at(1), at(2)]);
    const ipv6 = session({ local: ['2001:db8::1', 5075], remote: ['2001:db8::9', 4_711] });
    expect(read(counter, [at(3), at(2), ipv6])).toEqual([
      { address: '10.0.1.3', port: 40_000, localPort: 5075 },
      { address: '2001:db8::9', port: 4_711, localPort: 5075 },
    ]);
    expect(read(counter, [at(3), at(2), ipv6])).toEqual([]);
  });

  it('include a connection that was gone and came back', () => {
    const counter = new ConnectionCounter([]);
    read(counter, [at(1)]);
    read(counter, []);
    expect(read(counter, [at(1)])).toHaveLength(1);
  });

  it('are at most twenty', () => {
    const counter = new ConnectionCounter([]);
    read(counter, []);
    const many = Array.from({ length: 50 }, (_, client) => at(client));
    expect(read(counter, [...many, ...many.map((row) => ({ ...row, owner: 0 }))])).toHaveLength(20);
  });

  it('are none for a service that was not watched before', () => {
    const counter = new ConnectionCounter([]);
    read(counter, [at(1)]);
    const withFrontEnd = counter.count(tablesOf([at(1), at(2, { local: [SERVER, 5061], owner: 800 })]), [CALL_PARK, FRONT_END], NOBODY);
    expect(withFrontEnd.get('RTCSRV')).toEqual({ count: 1, arrivals: [], ends: [] });
  });

  it('are found after the service got another process', () => {
    const counter = new ConnectionCounter([]);
    read(counter, [at(1)]);
    expect(read(counter, [at(2, { owner: 404 })], [{ ...CALL_PARK, processId: 404 }])).toHaveLength(1);
  });
});
