import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

import { ConnectionCounter } from '../../electron/adapters/windows/evidence/tcp/connection-counter.js';
import type { TcpTable } from '../../electron/adapters/windows/evidence/tcp/tcp-table.js';
import type { TcpCount } from '../../electron/contract/evidence-answers.js';
import { CATALOGUE } from '../../electron/core/catalogue/catalogue.js';
import { evidenceOf } from '../../electron/core/evidence/evidence-table.js';
import type { TcpWatch } from '../../electron/ports/evidence-sources.js';
import { tablesOf, type Row } from '../harness/sessions/made-up-tables.js';
import { median, type BenchRow } from './table.js';

const ROWS = 20_000;
const IPV6_EVERY = 5;
/** Even, so that each turn begins with the other reading than the one before ended with. */
const ROUNDS = 100;
const WARM_UP_ROUNDS = 300;
const TURNS = 9;
/** Connections that are others in the second reading. */
const CHANGED_ROWS = 50;
const SERVER = '10.1.2.3';
/** The port that carries sessions at either end. */
const WEB_CONFERENCING = 8057;
const LEFT_OUT = ['10.1.2.4', '10.1.2.5', '10.1.2.6'];

type Readings = readonly [readonly TcpTable[], readonly TcpTable[]];

/**
 * Counting the sessions of every catalogue service with known ports, in two readings of 20,000 rows that differ a little and
 * come in turn. The two programs take turns as well, and of each turn the quickest reading counts: what the code takes,
 * and not what else the machine does meanwhile.
 */
export async function measureTcpCounting(): Promise<readonly BenchRow[]> {
  const watches = watchesOfCatalogue();
  const readings = [tablesOf(madeUpRows(watches, 0)), tablesOf(madeUpRows(watches, CHANGED_ROWS))] as const;
  const counter = new ConnectionCounter(LEFT_OUT);
  const floor = new FloorProgram(readings, watches);
  try {
    countRounds(counter, readings, watches, WARM_UP_ROUNDS);
    const ours: number[] = [];
    const floors: number[] = [];
    for (let turn = 0; turn < TURNS; turn += 1) {
      const counted = countRounds(counter, readings, watches, ROUNDS);
      const counts = floor.run();
      if (counted.counts.join() !== counts.counts.join()) throw new Error(`counted ${counted.counts.join()}, in C ${counts.counts.join()}`);
      ours.push(counted.ms);
      floors.push(counts.ms);
    }
    const topic = `count sessions in ${ROWS.toLocaleString('en')} TCP rows for ${watches.length} services`;
    return [
      { topic, unit: 'ms', measured: median(ours), floor: { name: 'C with a hash table', figure: median(floors) }, limit: 1.5 },
      { topic: `${topic}, absolute`, unit: 'ms', measured: median(ours), floor: null, limit: 10 },
    ];
  } finally {
    floor.remove();
  }
}

/** The quickest reading, and what the last said: `COUNT ARRIVALS` for each service. */
interface Counted {
  readonly ms: number;
  readonly counts: readonly string[];
}

function countRounds(counter: ConnectionCounter, readings: Readings, watches: readonly TcpWatch[], rounds: number): Counted {
  const own = { processIds: watches.map((watch) => watch.processId), ports: watches.flatMap((watch) => watch.ports) };
  const times: number[] = [];
  let last: ReadonlyMap<string, TcpCount | null> = new Map();
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    last = counter.count(readings[round % 2 === 0 ? 0 : 1], watches, own);
    times.push(performance.now() - start);
  }
  const counts = watches.map(
    ({ serviceName }) => `${last.get(serviceName)?.count ?? 'unknown'} ${last.get(serviceName)?.arrivals.length ?? 0}`,
  );
  return { ms: Math.min(...times), counts };
}

function watchesOfCatalogue(): readonly TcpWatch[] {
  return CATALOGUE.flatMap(({ serviceName }, index) =>
    (evidenceOf(serviceName, { role: null, majorVersion: null })?.busyOnly ?? []).flatMap((rule) =>
      rule.kind === 'tcp' && rule.ports.length > 0
        ? [{ serviceName, processId: 1_000 + index * 36, ports: rule.ports, remotePorts: rule.remotePorts }]
        : [],
    ),
  );
}

/** Sessions of all services, with what else a server has: listeners, connections that end or belong to others, and its own. */
function madeUpRows(watches: readonly TcpWatch[], changed: number): readonly Row[] {
  return Array.from({ length: ROWS }, (_, index): Row => {
    const { processId, ports } = watches[index % watches.length]!;
    const port = ports[index % ports.length]!;
    const isIpv6 = index % IPV6_EVERY === 0;
    const local = [isIpv6 ? '2001:db8::1' : SERVER, port] as const;
    const remote = clientAt(index < changed ? index + ROWS : index, isIpv6);
    switch (index % 40) {
      case 0:
        return { state: 'listen', local: ['::', port], remote: ['::', 0], owner: processId };
      case 1:
      case 2:
      case 3:
        return { state: 'time-wait', local, remote, owner: 0 };
      case 4:
      case 6:
        return { state: 'established', local: [local[0], 49_152 + (index % 8_000)], remote, owner: 4 + index * 4 };
      case 5:
        return {
          state: 'established',
          local: [local[0], 49_152 + (index % 8_000)],
          remote: [LEFT_OUT[index % 3]!, WEB_CONFERENCING],
          owner: processId,
        };
      case 7:
        return { state: 'established', local, remote: [LEFT_OUT[index % 3]!, remote[1]], owner: processId };
      case 8:
        return loopbackEnds(watches, index)[0];
      case 9:
        return loopbackEnds(watches, index - 1)[1];
      default:
        return { state: 'established', local, remote, owner: processId };
    }
  });
}

function clientAt(client: number, isIpv6: boolean): Row['remote'] {
  const address = isIpv6 ? `2001:db8:1::${client.toString(16)}` : `10.${64 + (client >> 14)}.${(client >> 7) & 0x7f}.${client & 0x7f}`;
  return [address, 20_000 + (client % 40_000)];
}

/** A service's connection on the server itself: with another own service, or with a program that is none. */
function loopbackEnds(watches: readonly TcpWatch[], index: number): readonly [Row, Row] {
  const { processId, ports } = watches[index % watches.length]!;
  const near = ['127.0.0.1', ports[0]!] as const;
  const far = ['127.0.0.1', 30_000 + index] as const;
  const farOwner = index % 80 === 8 ? watches[0]!.processId : 4 + index * 4;
  return [
    { state: 'established', local: near, remote: far, owner: processId },
    { state: 'established', local: far, remote: near, owner: farOwner },
  ];
}

/** test/bench/native/tcp-count.c with the same tables. */
class FloorProgram {
  readonly #folder = mkdtempSync(join(tmpdir(), 'lync-drain-bench-'));
  readonly #program = join(this.#folder, 'tcp-count');
  readonly #files: readonly string[];

  constructor(readings: Readings, watches: readonly TcpWatch[]) {
    execFileSync('gcc', ['-O2', '-o', this.#program, join('test', 'bench', 'native', 'tcp-count.c')]);
    this.#files = [
      ...readings.flat().map((table, index) => this.#write(`table-${index}`, new Uint8Array(table.words.buffer))),
      this.#write(
        'services',
        watches.map((watch) => `${watch.processId} ${watch.ports.join(' ')} / ${watch.remotePorts.join(' ')}\n`).join(''),
      ),
      this.#write('left-out', LEFT_OUT.map((address) => `${address}\n`).join('')),
    ];
  }

  run(): Counted {
    const output = execFileSync(this.#program, [String(ROUNDS), ...this.#files], { encoding: 'utf8' });
    const [microseconds = '', ...counts] = output.trim().split('\n');
    return { ms: Number(microseconds) / 1_000, counts };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }

  #write(name: string, content: string | Uint8Array): string {
    const path = join(this.#folder, name);
    writeFileSync(path, content);
    return path;
  }
}
