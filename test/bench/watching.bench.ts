import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';

import { AV_CONFERENCING, MEDIATION, LyncServer, WEB_CONFERENCING } from '../harness/windows/lync-server.js';
import { type PackagedCli, waitForLine } from '../harness/windows/packaged-cli.js';
import { findProcessesOn } from '../harness/windows/power-cut.js';
import type { Running } from '../harness/windows/windows-server.js';
import { windowsPath } from '../harness/windows/wine.js';
import { commandLineOf, peakMemoryMb, processorTimeMs, processTree, sumOf } from './processes.js';
import type { BenchRow } from './table.js';

const SEEN_WITHIN_MS = 1_000;
const IDLE_PERCENT = 0.5;
const MEMORY_LIMIT = 1.3;
const CLI = resolve('release/cli/lync-drain.cjs');
/** What a start costs is over by then. */
const SETTLED_AFTER_MS = 5_000;
const MEASURED_MS = 30_000;
const ENDINGS = 7;
const COUNTERS = 'lync-drain-counters.exe';
const COUNTERS_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 200;
/** A script that waits as long as it is given, and does nothing else. */
const WAITING = 'setTimeout(() => undefined, 3_600_000);\n';

/** `watch` on a draining run of the simulated server on which the last session does not end, against a Node that only waits. */
export async function measureWatchingHere(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lync-drain-bench-'));
  const waiting = join(folder, 'waiting.cjs');
  writeFileSync(waiting, WAITING);
  const env = { PATH: process.env['PATH'], LANG: 'C.UTF-8', LYNC_DRAIN_DATA: join(folder, 'data') };
  const start = (...args: readonly string[]): ChildProcess => spawn(process.execPath, args, { env, stdio: 'ignore' });
  // All but the endless session end in this hour; from then on nothing changes.
  spawnSync(process.execPath, [CLI, 'drain', 'RTCIMMCU', '--simulate=stalled', '--speed', '1200', '--timeout', '1h'], { env });
  spawnSync(process.execPath, [CLI, 'status', '--speed', '1'], { env });
  const programs = [start(CLI, 'watch'), start(waiting)] as const;
  try {
    const [watch, bare] = [programs[0].pid!, programs[1].pid!];
    return await measureWatching('simulated server', async () => processTree(watch), bare);
  } finally {
    for (const program of programs) program.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  }
}

/** The same with the packaged Windows edition and real sessions that stay, and then how soon it sees that the last one ended. */
export async function measureWatchingOnWindows(): Promise<readonly BenchRow[]> {
  const lync = await LyncServer.start(MEDIATION, AV_CONFERENCING, WEB_CONFERENCING);
  try {
    const waiting = join(lync.server.folder, 'waiting.cjs');
    writeFileSync(waiting, WAITING);
    const sessions = await lync.openSessions();
    await lync.cli.run('drain', '--no-wait');
    const watch = await lync.cli.launch('watch', '--timeout', '5m');
    const bare = await lync.server.launch(resolve('release/cli-win-x64/node.exe'), [windowsPath(waiting)]);
    await waitForCountersOn(lync.cli);
    // All that was started on this data folder: the program that reads counters has no parent in Wine.
    const rows = await measureWatching('Windows edition', () => findProcessesOn(lync.cli), nodeOf(bare));
    for (const program of [watch, bare]) program.kill();
    for (const session of sessions) await session.close();
    return [...rows, await measureLastEnd(lync)];
  } finally {
    await lync.stop();
  }
}

/** @param watch the process that watches, and every one that it has started */
async function measureWatching(where: string, watch: () => Promise<readonly number[]>, waiting: number): Promise<readonly BenchRow[]> {
  const sum = async (measure: (processId: number) => number): Promise<number> => sumOf(await watch(), measure);
  await passed(SETTLED_AFTER_MS);
  const [begun, before] = [performance.now(), await sum(processorTimeMs)];
  await passed(MEASURED_MS);
  const percent = (((await sum(processorTimeMs)) - before) / (performance.now() - begun)) * 100;
  const floor = { name: 'Node that only waits', figure: peakMemoryMb(waiting) };
  return [
    { topic: `share of a core while waiting, ${where}`, unit: '%', measured: percent, floor: null, limit: IDLE_PERCENT },
    { topic: `peak memory of \`watch\`, ${where}`, unit: 'MB', measured: await sum(peakMemoryMb), floor, limit: MEMORY_LIMIT },
  ];
}

/** From closing the only connection to the line that tells of no session any more. The slowest counts. */
async function measureLastEnd(lync: LyncServer): Promise<BenchRow> {
  const [service] = lync.services;
  if (service === undefined) throw new Error('no service to end a session of');
  const times: number[] = [];
  for (let round = 0; round < ENDINGS; round += 1) {
    await lync.cli.run('resume');
    const session = await service.openSession();
    const drain = await lync.cli.launch('drain', service.serviceName, '--json', '--hold-time', '1s', '--timeout', '2m');
    await waitForLine(drain, ({ type, sessions }) => type === 'sessions' && sessions === 1);
    // Anywhere between two looks, not always just after one.
    await passed((round / ENDINGS) * SEEN_WITHIN_MS);
    const begun = performance.now();
    await session.close();
    await waitForLine(drain, ({ type, sessions }) => type === 'sessions' && sessions === 0);
    times.push(performance.now() - begun);
    await drain.ended;
  }
  return {
    topic: 'last session’s end seen, slowest of 7, Windows edition',
    unit: 'ms',
    measured: Math.max(...times),
    floor: null,
    limit: SEEN_WITHIN_MS,
  };
}

/** @throws Error if the program that reads counters does not come: a sum without it would say too little */
async function waitForCountersOn(cli: PackagedCli): Promise<void> {
  for (let waitedMs = 0; waitedMs < COUNTERS_WITHIN_MS; waitedMs += LOOK_EVERY_MS) {
    if ((await findProcessesOn(cli)).some((one) => commandLineOf(one).includes(COUNTERS))) return;
    await passed(LOOK_EVERY_MS);
  }
  throw new Error(`${COUNTERS} is not among what \`watch\` started`);
}

/** Wine starts a program in a process of its own: the one with the most memory is it. */
function nodeOf({ processId }: Running): number {
  const memoryOf = (one: number): number => sumOf([one], peakMemoryMb);
  const [largest = processId] = [...processTree(processId)].sort((one, other) => memoryOf(other) - memoryOf(one));
  return largest;
}

function passed(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
