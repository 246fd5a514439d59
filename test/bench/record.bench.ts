import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

import { Chain } from '../../electron/adapters/storage/chain.js';
import { nodeFileSystem } from '../../electron/adapters/storage/file-system.js';
import { readRecordFile } from '../../electron/adapters/storage/record-file.js';
import { linkEntries } from '../../electron/adapters/storage/run-writer.js';
import type { EntryDraft } from '../../electron/contract/run.js';
import { FakeFolderProtection } from '../harness/fakes/fake-folder-protection.js';
import { median, type BenchRow } from './table.js';

const LINES = 100_000;
const ROUNDS = 9;

/** Twice the lines may take twice the time, and some for a garbage collector that has more to look after. */
const LINEAR = 2.3;

const SERVICES = [
  'RTCMEDSRV',
  'RTCRGS',
  'RTCCPS',
  'RTCCAA',
  'RTCCAS',
  'RTCATS',
  'RTCAVMCU',
  'RTCASMCU',
  'RTCDATAMCU',
  'RTCIMMCU',
  'RTCXMPPTGW',
  'RTCSRV',
];
const BY = { user: 'CONTOSO\\ann', face: 'cli', processId: 4711 } as const;

/**
 * Opens, reads, verifies, parses, checks and folds the record of a drain that took days: 12 services, sampled every five
 * seconds. And twice as much of it, to see that time grows in line.
 */
export async function measureRecord(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lync-drain-bench-'));
  try {
    const once = join(folder, 'once.jsonl');
    const twice = join(folder, 'twice.jsonl');
    writeFileSync(once, makeRecord(LINES), { mode: 0o600 });
    writeFileSync(twice, makeRecord(2 * LINES), { mode: 0o600 });
    // In turns, so that a busy moment of the machine falls on both.
    const rounds = Array.from({ length: ROUNDS }, () => ({ once: timeFold(once, LINES), twice: timeFold(twice, 2 * LINES) }));
    const onceMs = median(rounds.map((round) => round.once));
    const twiceMs = median(rounds.map((round) => round.twice));
    const floor = { name: 'half as many lines', figure: onceMs };
    return [
      { topic: 'record of 100,000 lines read, verified and folded', unit: 'ms', measured: onceMs, floor: null, limit: 300 },
      { topic: 'record of 200,000 lines', unit: 'ms', measured: twiceMs, floor, limit: LINEAR },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function timeFold(path: string, lines: number): number {
  const begun = performance.now();
  const { run, damage, entryCount } = readRecordFile(nodeFileSystem, new FakeFolderProtection(), path);
  const elapsedMs = performance.now() - begun;
  if (run === null || damage !== null || entryCount !== lines) throw new Error('the record of the benchmark was not read whole');
  return elapsedMs;
}

function makeRecord(lines: number): Buffer {
  let chain = Chain.start();
  const parts: Buffer[] = [];
  for (let seq = 1; seq <= lines; seq += 1) {
    const now = { at: new Date(Date.UTC(2026, 10, 23) + seq * 5_000).toISOString(), upMs: seq * 5_000 };
    const linked = linkEntries({ chain, entryCount: seq - 1, path: 'benchmark' }, now, [draftAt(seq)]);
    chain = linked.chain;
    parts.push(linked.bytes);
  }
  return Buffer.concat(parts);
}

function draftAt(seq: number): EntryDraft {
  const bootedAt = '2026-11-20T01:00:00.000Z';
  if (seq === 1) {
    const computer = { name: 'FE01', bootedAt, source: 'simulated' } as const;
    return { type: 'run-opened', schema: 1, runId: '20261123-000000-0000', computer, by: BY, product: 'benchmark' };
  }
  if (seq === 2) {
    const order = {
      command: 'drain',
      services: SERVICES,
      holdTimeMs: 60_000,
      hold: 'demand',
      until: null,
      stayStopped: false,
      reason: null,
    } as const;
    return { type: 'ordered', by: BY, order };
  }
  return { type: 'sampled', sessions: Object.fromEntries(SERVICES.map((name, index) => [name, (seq * index) % 50])) };
}
