import { compileNative } from '../harness/windows/native.js';
import { SessionService } from '../harness/windows/session-service.js';
import { bundleForWindows } from '../harness/windows/windows-node.js';
import { WindowsServer } from '../harness/windows/windows-server.js';
import type { BenchRow } from './table.js';

const DRAINED = 12;
const ALL = 300;
const AUTO = 2;

/**
 * The programs take turns, and the best round of each counts: every call waits for two other processes, so a busy
 * machine adds to a round many times what the round itself is, and never takes away from it.
 */
const TURNS = 5;
const ROUNDS = 5;

/** What ran and how its calls are made; `args` begin with what stands before the bench's own arguments. */
interface Program {
  readonly program: string;
  readonly args: readonly string[];
}

/** Draining 12 real services and reading 300, on the service control manager of Wine, against C programs that do the same calls. */
export async function measureServiceControl(): Promise<readonly BenchRow[]> {
  const server = await WindowsServer.start();
  try {
    const drained = await install(server);
    const native: Program = { program: await compileNative('test/bench/native/service-control.c'), args: [] };
    const adapter: Program = await bundleForWindows(server, 'test/bench/service-control-work.ts');
    const [drain, drainInC] = await measureBoth(server, adapter, native, ['drain', String(ROUNDS), ...drained]);
    const [facts, factsInC] = await measureBoth(server, adapter, native, ['facts', String(ROUNDS)]);
    const byProcesses = Math.min(...(await measure(server, native, ['processes', '4', ...drained])));
    const topic = `own work of a drain, ${DRAINED} real services`;
    return [
      { topic, unit: 'ms', measured: drain, floor: { name: 'C, same calls', figure: drainInC }, limit: 1.5 },
      { topic, unit: 'ms', measured: drain, floor: { name: 'C, one process per step', figure: byProcesses }, limit: 0.2 },
      { topic: `facts of ${ALL} services`, unit: 'ms', measured: facts, floor: { name: 'C, same calls', figure: factsInC }, limit: 2 },
    ];
  } finally {
    await server.stop();
  }
}

async function install(server: WindowsServer): Promise<readonly string[]> {
  const drained: string[] = [];
  const others = ALL - DRAINED - (await server.witness.list()).length;
  for (let index = 0; index < others; index++) await SessionService.install(server, { serviceName: `OTHER-${index}` });
  for (let index = 0; index < DRAINED; index++) {
    const service = await SessionService.install(server, { serviceName: `DRAINED-${index}`, startType: AUTO });
    await service.start();
    drained.push(service.serviceName);
  }
  return drained;
}

async function measureBoth(
  server: WindowsServer,
  adapter: Program,
  native: Program,
  args: readonly string[],
): Promise<readonly [number, number]> {
  const times: { readonly adapter: number[]; readonly native: number[] } = { adapter: [], native: [] };
  for (let turn = 0; turn < TURNS; turn++) {
    times.native.push(...(await measure(server, native, args)));
    times.adapter.push(...(await measure(server, adapter, args)));
  }
  return [Math.min(...times.adapter), Math.min(...times.native)];
}

/** @returns milliseconds of each round but the first, which warms up */
async function measure(server: WindowsServer, { program, args }: Program, benchArgs: readonly string[]): Promise<readonly number[]> {
  const { exitCode, stdout, stderr } = await server.run(program, [...args, ...benchArgs]);
  if (exitCode !== 0) throw new Error(`${program} failed: ${stderr}`);
  return stdout.trim().split(/\s+/).slice(1).map(Number);
}
