import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';

import { packageEdition, PackagedCli } from '../harness/windows/packaged-cli.js';
import { WindowsServer } from '../harness/windows/windows-server.js';
import { windowsPath } from '../harness/windows/wine.js';
import { median, type BenchRow } from './table.js';

const LIMIT = 1.5;
const ROUNDS = 25;
const WINDOWS_ROUNDS = 11;

/** Starts a program and resolves when it has ended. */
type Start = () => Promise<void>;

/** `status` on the simulated server from start to end, against a script that does nothing on the same Node. */
export async function measureStatusHere(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lync-drain-bench-'));
  const nothing = join(folder, 'nothing.cjs');
  writeFileSync(nothing, '');
  const env = { PATH: process.env['PATH'], LANG: 'C.UTF-8', LYNC_DRAIN_DATA: join(folder, 'data') };
  const status: Start = () => runHere([resolve('release/cli/lync-drain.cjs'), 'status'], env);
  try {
    return [await compare('`status` cold, simulated server', status, () => runHere([nothing], env), ROUNDS)];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The same with the packaged Windows edition on the service control manager of Wine, its Node started as the launcher does it. */
export async function measureStatusOnWindows(): Promise<readonly BenchRow[]> {
  const [server] = await Promise.all([WindowsServer.start({ registry: 'test/bench/launched.reg' }), packageEdition()]);
  try {
    const cli = new PackagedCli(server);
    const nothing = join(server.folder, 'nothing.cjs');
    writeFileSync(nothing, '');
    const bare: Start = async () =>
      requireSuccess((await server.run(resolve('release/cli-win-x64/node.exe'), [windowsPath(nothing)])).exitCode);
    const status: Start = async () => requireSuccess((await cli.run('status')).exitCode);
    return [await compare('`status` cold, Windows edition', status, bare, WINDOWS_ROUNDS)];
  } finally {
    await server.stop();
  }
}

/** In turns, so that a busy moment of the machine falls on both. The first start of each finds cold caches and does not count. */
async function compare(topic: string, ours: Start, bare: Start, rounds: number): Promise<BenchRow> {
  await ours();
  await bare();
  const times: { readonly ours: number[]; readonly bare: number[] } = { ours: [], bare: [] };
  for (let round = 0; round < rounds; round += 1) {
    times.bare.push(await timed(bare));
    times.ours.push(await timed(ours));
  }
  return {
    topic,
    unit: 'ms',
    measured: median(times.ours),
    floor: { name: 'Node with an empty script', figure: median(times.bare) },
    limit: LIMIT,
  };
}

async function timed(start: Start): Promise<number> {
  const begun = performance.now();
  await start();
  return performance.now() - begun;
}

async function runHere(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, args, { env, stdio: 'ignore' });
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  requireSuccess(exitCode);
}

function requireSuccess(exitCode: number | null): void {
  if (exitCode !== 0) throw new Error(`a measured program ended with ${exitCode}`);
}
