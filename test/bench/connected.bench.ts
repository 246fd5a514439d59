import { performance } from 'node:perf_hooks';

import { ConnectionCounter } from '../../electron/adapters/windows/evidence/tcp/connection-counter.js';
import { ConnectionLister } from '../../electron/adapters/windows/evidence/tcp/connection-lister.js';
import { readNativeTable, type FillTable } from '../../electron/adapters/windows/evidence/tcp/native-table.js';
import { openTcpTable, type RowLayout, type TcpTable } from '../../electron/adapters/windows/evidence/tcp/tcp-table.js';
import { USUAL_ENDS, type KindFinding } from '../../electron/contract/session-ends.js';
import { CATALOGUE } from '../../electron/core/catalogue/catalogue.js';
import { endRulesOf } from '../../electron/core/evidence/end-rules.js';
import { evidenceOf } from '../../electron/core/evidence/evidence-table.js';
import type { EndsWatch, KnownServers } from '../../electron/ports/session-ends.js';
import { datedTablesOf, type Row } from '../harness/sessions/made-up-tables.js';
import { median, type BenchRow } from './table.js';

const CONNECTIONS = 20_000;
const ROUNDS = 60;
const TURNS = 9;
const SERVER = '10.1.2.3';
const PRODUCT = { role: null, isEdge: false, majorVersion: null };
const NOW = Date.parse('2026-11-23T02:00:00.000Z');

/**
 * Listing who is connected, against reading and counting the same connections: 20,000 of all services with known ports, of which every
 * 20th is a known server's. Both read the same tables as Windows writes them, into memory of their own, and take turns.
 */
export async function measureConnected(): Promise<readonly BenchRow[]> {
  const watches = watchesOfCatalogue();
  const written = datedTablesOf(madeUpRows(watches));
  const own = { processIds: watches.map(({ processId }) => processId), ports: watches.flatMap(({ ports }) => ports) };
  const lister = new ConnectionLister({
    readTables: () => readAsWindows(written),
    addressesToLeaveOut: [],
    now: () => ({ at: new Date(NOW).toISOString(), upMs: 1_000_000 }),
  });
  const counter = new ConnectionCounter([]);
  const servers = knownServers();
  const list = async (): Promise<number> => {
    const listed = await lister.list({ watches, own, servers, most: USUAL_ENDS });
    return [...listed.values()].reduce((sum, one) => sum + (one?.connections ?? 0), 0);
  };
  const count = async (): Promise<number> => {
    const counts = counter.count(await readAsWindows(written), watches, own);
    return [...counts.values()].reduce((sum, one) => sum + (one?.count ?? 0), 0);
  };
  if ((await list()) !== (await count())) throw new Error('listed and counted are not the same connections');
  const [lists, counts]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < TURNS; turn += 1) {
    lists.push(await quickest(list));
    counts.push(await quickest(count));
  }
  return [
    {
      topic: `list who is connected, ${CONNECTIONS.toLocaleString('en')} connections of ${watches.length} services`,
      unit: 'ms',
      measured: median(lists),
      floor: { name: 'reading and counting them', figure: median(counts) },
      limit: 2,
    },
  ];
}

async function quickest(work: () => Promise<number>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    await work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** As `GetExtendedTcpTable` does: into a buffer that is large enough. */
function readAsWindows<Layout extends RowLayout>(written: readonly TcpTable<Layout>[]): Promise<readonly TcpTable<Layout>[]> {
  return Promise.all(
    written.map(async ({ words, layout }) => {
      const fill: FillTable = async (target) => {
        target.set(words);
        return 0;
      };
      return openTcpTable(await readNativeTable('GetExtendedTcpTable', fill, { words: words.length }), layout);
    }),
  );
}

function watchesOfCatalogue(): readonly EndsWatch[] {
  return CATALOGUE.flatMap(({ serviceName }, index) =>
    (evidenceOf(serviceName, PRODUCT)?.busyOnly ?? []).flatMap((rule) =>
      rule.kind === 'tcp' && rule.ports.length > 0
        ? [
            {
              ...{ serviceName, processId: 1_000 + index * 36, ports: rule.ports, remotePorts: rule.remotePorts },
              rules: endRulesOf(serviceName, PRODUCT),
            },
          ]
        : [],
    ),
  );
}

function addressOf(nth: number): string {
  return `10.${64 + (nth >> 14)}.${(nth >> 7) & 0x7f}.${nth & 0x7f}`;
}

function madeUpRows(watches: readonly EndsWatch[]): readonly Row[] {
  return Array.from({ length: CONNECTIONS }, (_, nth): Row => {
    const { processId, ports } = watches[nth % watches.length]!;
    return {
      state: 'established',
      local: [SERVER, ports[nth % ports.length]!],
      remote: [addressOf(nth), 20_000 + (nth % 40_000)],
      owner: processId,
      // In no order: each age of a day is there.
      createdAt: new Date(NOW - ((nth * 7_919) % 86_400) * 1_000).toISOString(),
    };
  });
}

function knownServers(): KnownServers {
  const finding: KindFinding = { kind: 'pool-member', sign: 'topology' };
  const addresses = Array.from({ length: CONNECTIONS / 20 }, (_, nth) => addressOf(nth * 20));
  return { byAddress: new Map(addresses.map((address) => [address, finding])), trouble: null };
}
