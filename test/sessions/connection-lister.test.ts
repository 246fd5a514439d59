import { describe, expect, it } from 'vitest';

import { ConnectionCounter } from '../../electron/adapters/windows/evidence/tcp/connection-counter.js';
import { ConnectionLister } from '../../electron/adapters/windows/evidence/tcp/connection-lister.js';
import { DATED_IPV4_ROW, DATED_IPV6_ROW, openTcpTable, secondsAt } from '../../electron/adapters/windows/evidence/tcp/tcp-table.js';
import type { KindFinding, ListedEnds } from '../../electron/contract/session-ends.js';
import { endRulesOf } from '../../electron/core/evidence/end-rules.js';
import type { EndsQuestion, EndsWatch, KnownServers } from '../../electron/ports/session-ends.js';
import { draws, fc } from '../harness/properties.js';
import { datedTablesOf, tablesOf, type Row } from '../harness/sessions/made-up-tables.js';

const SERVER = '10.1.2.3';
const NOTHING_KNOWN: KnownServers = { byAddress: new Map(), trouble: 'cmdlet-missing' };
const FRONT_END: EndsWatch = {
  serviceName: 'RTCSRV',
  processId: 400,
  ports: [5061],
  remotePorts: [],
  rules: endRulesOf('RTCSRV', { isEdge: false }),
};
const SHARING: EndsWatch = {
  serviceName: 'RTCASMCU',
  processId: 800,
  ports: [],
  remotePorts: [],
  rules: endRulesOf('RTCASMCU', { isEdge: false }),
};

function connection(address: string, port: number, more: Partial<Row> = {}): Row {
  const own = address.includes(':') ? '2001:db8::1' : SERVER;
  return { state: 'established', local: [own, 5061], remote: [address, port], owner: 400, ...more };
}

/** A lister with tables and a clock of its own. */
class ListerTrial {
  rows: readonly Row[] = [];
  #ms = Date.parse('2026-11-23T02:00:00.000Z');
  readonly #lister = new ConnectionLister({
    readTables: async () => datedTablesOf(this.rows),
    addressesToLeaveOut: ['10.1.2.99'],
    now: () => ({ at: new Date(this.#ms).toISOString(), upMs: this.#ms - 1_000_000 }),
  });

  pass(milliseconds: number): void {
    this.#ms += milliseconds;
  }

  async list(question: Partial<EndsQuestion> = {}): Promise<ReadonlyMap<string, ListedEnds | null>> {
    return this.#lister.list({ watches: [FRONT_END], own: { processIds: [], ports: [] }, servers: NOTHING_KNOWN, most: null, ...question });
  }

  async frontEnd(question: Partial<EndsQuestion> = {}): Promise<ListedEnds> {
    return (await this.list(question)).get('RTCSRV')!;
  }
}

describe('the connections of a service, one by one', () => {
  it('have the age that Windows tells, the oldest first', async () => {
    const trial = new ListerTrial();
    trial.rows = [
      connection('10.9.0.1', 50_001, { createdAt: '2026-11-23T01:59:30.000Z' }),
      connection('10.9.0.2', 50_002, { createdAt: '2026-11-20T02:00:00.000Z' }),
      connection('2001:db8::9', 50_003, { createdAt: '2026-11-23T01:00:00.000Z' }),
    ];
    expect((await trial.frontEnd()).ends).toEqual([
      { address: '10.9.0.2', port: 50_002, localPort: 5061, kind: 'unknown', sign: null, ageMs: 259_200_000, isAgeExact: true },
      { address: '2001:db8::9', port: 50_003, localPort: 5061, kind: 'unknown', sign: null, ageMs: 3_600_000, isAgeExact: true },
      { address: '10.9.0.1', port: 50_001, localPort: 5061, kind: 'unknown', sign: null, ageMs: 30_000, isAgeExact: true },
    ]);
  });

  it('are at least as old as they were seen, where Windows tells nothing or a time to come', async () => {
    const trial = new ListerTrial();
    const stays = [connection('10.9.0.1', 50_001), connection('10.9.0.2', 50_002, { createdAt: '2030-01-01T00:00:00.000Z' })];
    trial.rows = stays;
    expect((await trial.frontEnd()).ends.map(({ ageMs, isAgeExact }) => [ageMs, isAgeExact])).toEqual([
      [0, false],
      [0, false],
    ]);
    trial.pass(90_000);
    trial.rows = [...stays, connection('10.9.0.3', 50_003)];
    expect((await trial.frontEnd()).ends.map(({ address, ageMs }) => [address, ageMs])).toEqual([
      ['10.9.0.1', 90_000],
      ['10.9.0.2', 90_000],
      ['10.9.0.3', 0],
    ]);
  });

  it('are new again when they were gone in between', async () => {
    const trial = new ListerTrial();
    trial.rows = [connection('10.9.0.1', 50_001)];
    await trial.frontEnd();
    trial.pass(60_000);
    trial.rows = [];
    // Twice: two readings are remembered in turn.
    expect((await trial.frontEnd()).connections).toBe(0);
    trial.pass(60_000);
    expect((await trial.frontEnd()).connections).toBe(0);
    trial.pass(60_000);
    trial.rows = [connection('10.9.0.1', 50_001)];
    expect((await trial.frontEnd()).ends[0]).toMatchObject({ ageMs: 0, isAgeExact: false });
  });

  it('are never younger than zero when the clocks differ a little', async () => {
    const trial = new ListerTrial();
    trial.rows = [connection('10.9.0.1', 50_001, { createdAt: '2026-11-23T02:00:01.000Z' })];
    expect((await trial.frontEnd()).ends[0]).toMatchObject({ ageMs: 0, isAgeExact: true });
  });

  it('are counted by kind, servers by their addresses, also where one stands in an IPv6 table', async () => {
    const trial = new ListerTrial();
    const byAddress = new Map<string, KindFinding>([
      ['10.1.2.4', { kind: 'pool-member', sign: 'topology' }],
      ['10.7.0.1', { kind: 'edge', sign: 'topology' }],
    ]);
    trial.rows = [
      connection('10.1.2.4', 50_001),
      connection('::ffff:10.7.0.1', 50_002, { local: ['::ffff:10.1.2.3', 5061] }),
      connection('10.9.0.1', 50_003),
      connection('2001:db8::9', 50_004),
    ];
    const known = await trial.frontEnd({ servers: { byAddress, trouble: null } });
    // Addresses of IPv6 are not looked up, so that nothing tells who this is.
    expect(known).toMatchObject({ connections: 4, kinds: { client: 1, unknown: 1, edge: 1, 'pool-member': 1, gateway: 0, server: 0 } });
    const partly = await trial.frontEnd({ servers: { byAddress, trouble: 'dns-did-not-answer' } });
    expect(partly.kinds).toMatchObject({ client: 0, unknown: 2 });
  });

  it('have the kind that their own port tells, whatever came to which port before', async () => {
    const trial = new ListerTrial();
    const watchOf = (serviceName: string, ports: readonly number[], remotePorts: readonly number[] = []): EndsWatch => {
      return { serviceName, processId: 400, ports, remotePorts, rules: endRulesOf(serviceName, { isEdge: false }) };
    };
    const at = (localPort: number, port: number): Row => connection('10.9.0.1', port, { local: [SERVER, localPort] });
    const watches = [watchOf('RTCMEDSRV', [5067, 5068, 5070]), watchOf('RTCDATAMCU', [8057], [8057])];
    trial.rows = [
      ...[5067, 5067, 5070, 5068, 5070, 5067].map((port, index) => at(port, 50_001 + index)),
      ...[at(8057, 50_010), at(50_100, 8057), at(8057, 50_011), at(50_101, 8057)],
    ];
    const listed = await trial.list({ watches, servers: { byAddress: new Map(), trouble: null } });
    expect(listed.get('RTCMEDSRV')?.kinds).toMatchObject({ gateway: 4, 'pool-member': 2, unknown: 0, client: 0 });
    expect(listed.get('RTCDATAMCU')?.kinds).toMatchObject({ client: 2, edge: 2, unknown: 0 });
  });

  it('leave out what the settings leave out, and the connections of the server with itself', async () => {
    const trial = new ListerTrial();
    trial.rows = [
      connection('10.1.2.99', 50_001),
      connection(SERVER, 50_002),
      { state: 'established', local: [SERVER, 50_002], remote: [SERVER, 5061], owner: 1_200 },
      connection('10.9.0.1', 50_003),
      connection('10.9.0.1', 50_004, { state: 'close-wait' }),
      connection('10.9.0.1', 50_005, { owner: 1_200 }),
    ];
    const { connections, ends } = await trial.frontEnd({ own: { processIds: [1_200], ports: [] } });
    expect([connections, ends.map(({ port }) => port)]).toEqual([1, [50_003]]);
  });

  it('are all of the process where no ports are known, and not known where Windows names no owner', async () => {
    const trial = new ListerTrial();
    trial.rows = [connection('10.9.0.1', 50_001, { local: [SERVER, 50_100], owner: 800 }), connection('10.9.0.2', 50_002)];
    const listed = await trial.list({ watches: [FRONT_END, SHARING] });
    expect([listed.get('RTCSRV')?.connections, listed.get('RTCASMCU')?.connections]).toEqual([1, 1]);
    trial.rows = trial.rows.map((row) => ({ ...row, owner: 0 }));
    const unowned = await trial.list({ watches: [FRONT_END, SHARING] });
    expect([unowned.get('RTCSRV')?.connections, unowned.get('RTCASMCU')]).toEqual([1, null]);
  });

  it('are shown so many, and counted all', async () => {
    const trial = new ListerTrial();
    const at = (second: number): string => new Date(Date.parse('2026-11-23T01:00:00.000Z') + second * 1_000).toISOString();
    // In an order in which the oldest come first, last and in between.
    trial.rows = Array.from({ length: 500 }, (_, index) => connection('10.9.0.1', 50_000 + index, { createdAt: at((index * 7) % 500) }));
    const { connections, kinds, ends } = await trial.frontEnd({ most: 100 });
    expect([connections, kinds.unknown, ends.length]).toEqual([500, 500, 100]);
    expect(ends.map(({ ageMs }) => ageMs)).toEqual(Array.from({ length: 100 }, (_, index) => 3_600_000 - index * 1_000));
    expect((await trial.frontEnd()).ends).toHaveLength(500);
    expect((await trial.frontEnd({ most: 0 })).ends).toHaveLength(0);
  });

  it('are as many as are counted for the evidence', () => {
    const address = fc.constantFrom(SERVER, '10.1.2.4', '10.9.0.1', '10.9.0.2', '127.0.0.1', '10.1.2.99');
    const port = fc.constantFrom(5061, 8057, 50_000, 50_001);
    const row = fc
      .record({
        state: fc.constantFrom('established', 'established', 'listen', 'time-wait'),
        local: fc.tuple(address, port),
        remote: fc.tuple(address, port),
        owner: fc.constantFrom(0, 400, 800, 1_200),
      })
      .filter(({ local, remote }) => (local[0] === '127.0.0.1') === (remote[0] === '127.0.0.1'));
    const rows = fc.uniqueArray(row, { maxLength: 40, selector: ({ local, remote }) => `${local.join()} ${remote.join()}` });
    return fc.assert(
      fc.asyncProperty(rows, async (table) => {
        const trial = new ListerTrial();
        trial.rows = table;
        const own = { processIds: [1_200], ports: [8057] };
        const watches = [FRONT_END, SHARING];
        const listed = await trial.list({ watches, own });
        const counted = new ConnectionCounter(['10.1.2.99']).count(tablesOf(table), watches, own);
        for (const { serviceName } of watches) {
          expect(listed.get(serviceName)?.connections ?? null, serviceName).toBe(counted.get(serviceName)?.count ?? null);
        }
      }),
      draws(500),
    );
  });
});

describe('a TCP table with times', () => {
  it('begins behind two words, and may be empty with one', () => {
    expect(DATED_IPV4_ROW.rowWords * 4).toBe(24 + 8 + 16 * 8);
    expect(DATED_IPV6_ROW.rowWords * 4).toBe(56 + 8 + 16 * 8);
    expect(openTcpTable(new Int32Array(1), DATED_IPV6_ROW).rowCount).toBe(0);
    expect(() => openTcpTable(Int32Array.from([1, ...Array<number>(40).fill(0)]), DATED_IPV4_ROW)).toThrow(RangeError);
    expect(openTcpTable(Int32Array.from([1, ...Array<number>(41).fill(0)]), DATED_IPV4_ROW).rowCount).toBe(1);
  });

  it('gives a time as it was written', () => {
    const words = datedTablesOf([connection('10.9.0.1', 50_001, { createdAt: '2026-11-23T01:59:30.123Z' })])[0]!.words;
    expect(secondsAt(words, 2 + DATED_IPV4_ROW.created)).toBeCloseTo(Date.parse('2026-11-23T01:59:30.123Z') / 1_000, 2);
    expect(secondsAt(new Int32Array(2), 0)).toBeLessThan(0);
  });
});
