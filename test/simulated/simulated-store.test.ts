import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { build } from 'esbuild';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import {
  openSimulatedServer,
  readStoredScenario,
  type OpenedServer,
  type SimulatedServerRequest,
} from '../../electron/adapters/simulator/open-simulated-server.js';
import { processIdentity } from '../../electron/adapters/simulator/process-identity.js';
import { SYSTEM_TIME } from '../../electron/adapters/simulator/simulated-clock.js';
import { FileStore } from '../../electron/adapters/simulator/simulated-store.js';
import { ManualTime } from '../harness/fakes/manual-time.js';

const PLAIN: Omit<SimulatedServerRequest, 'dataFolder'> = { scenario: null, seed: null, speed: null, startsFresh: false };

let workFolder = '';
let program = '';
let dataFolder = '';
let foldersMade = 0;

beforeAll(async () => {
  workFolder = mkdtempSync(join(tmpdir(), 'simulated-server-'));
  program = join(workFolder, 'server-process.mjs');
  await build({
    entryPoints: [new URL('../harness/simulated/server-process.ts', import.meta.url).pathname],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: program,
  });
});
afterAll(() => rmSync(workFolder, { recursive: true, force: true }));
beforeEach(() => {
  foldersMade += 1;
  dataFolder = join(workFolder, `data-${foldersMade}`);
});

const stateFile = (): string => join(dataFolder, 'simulated-server.json');
const lockFile = (): string => join(dataFolder, 'simulated-server.lock');

function startProcess(...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [program, dataFolder, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Listens, does something, and waits until it is told. */
async function toldOf({ simulation }: OpenedServer, doIt: () => Promise<void>): Promise<void> {
  let told = 0;
  const stop = simulation.listen(() => (told += 1));
  await doIt();
  await expect.poll(() => told, { timeout: 5_000 }).toBeGreaterThan(0);
  stop?.();
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

describe('a simulated server between two commands', () => {
  it('is as the command before left it, and time has gone on', async () => {
    const time = new ManualTime();
    const first = await openSimulatedServer({ ...PLAIN, dataFolder, seed: 7, speed: 60 }, time);
    await first.serviceControl.sendControl('RTCMEDSRV', 'pause');
    const { upMs } = first.host.now();
    await time.sleep(60_000);
    const second = await openSimulatedServer({ ...PLAIN, dataFolder }, time);
    expect((await second.serviceControl.readStatus('RTCMEDSRV')).state).toBe('paused');
    expect(second.host.now().upMs - upMs).toBe(60 * 60_000);
    expect(await second.serviceControl.listServices()).toEqual(await first.serviceControl.listServices());
  });

  it('shows an order of one process to the others at once', async () => {
    const [one, other] = [await openSimulatedServer({ ...PLAIN, dataFolder }), await openSimulatedServer({ ...PLAIN, dataFolder })];
    await one.serviceControl.setStart('RTCSRV', { startType: 'disabled', delayed: null });
    expect((await other.serviceControl.readConfiguration('RTCSRV')).start.startType).toBe('disabled');
  });

  it('tells whoever listens of an order of another process, and of what comes of it later', async () => {
    const [one, other] = [
      await openSimulatedServer({ ...PLAIN, dataFolder, speed: 1 }),
      await openSimulatedServer({ ...PLAIN, dataFolder }),
    ];
    const state = async (): Promise<string> => (await one.serviceControl.readStatus('RTCSRV')).state;
    expect(await state()).toBe('running');
    await toldOf(one, () => other.serviceControl.sendControl('RTCSRV', 'pause'));
    expect(await state()).toBe('pause-pending');
    await other.simulation.setSpeed(50);
    await toldOf(one, async () => undefined);
    await expect.poll(state, { timeout: 5_000 }).toBe('paused');
  });

  it('says nothing to those who stopped listening', async () => {
    const { simulation, serviceControl } = await openSimulatedServer({ ...PLAIN, dataFolder, speed: 600 });
    let told = 0;
    await serviceControl.sendControl('RTCSRV', 'pause');
    simulation.listen(() => (told += 1))?.();
    await serviceControl.setStart('RTCSRV', { startType: 'disabled', delayed: null });
    await expect.poll(async () => (await serviceControl.readStatus('RTCSRV')).state).toBe('paused');
    expect(told).toBe(0);
  });

  it('keeps its scenario and seed until it is told to start anew', async () => {
    expect(readStoredScenario(join(workFolder, 'nowhere'))).toBeNull();
    await openSimulatedServer({ ...PLAIN, dataFolder, scenario: 'quiet', seed: 5 });
    await openSimulatedServer({ ...PLAIN, dataFolder, scenario: 'busy', seed: 6 });
    expect(readStoredScenario(dataFolder)).toEqual({ scenario: 'quiet', seed: 5 });
    await openSimulatedServer({ ...PLAIN, dataFolder, scenario: 'busy', startsFresh: true });
    expect(readStoredScenario(dataFolder)).toEqual({ scenario: 'busy', seed: 1 });
  });

  it('is looked at without being written', async () => {
    await openSimulatedServer({ ...PLAIN, dataFolder });
    const before = readFileSync(stateFile());
    const { serviceControl, host } = await openSimulatedServer({ ...PLAIN, dataFolder, speed: 1 });
    await serviceControl.listServices();
    host.now();
    expect(readFileSync(stateFile()).equals(before)).toBe(true);
    expect(readdirSync(dataFolder)).toEqual(['simulated-server.json']);
  });
});

describe('the clock of a simulated server', () => {
  it('goes on without a jump when its speed changes', async () => {
    const time = new ManualTime();
    const { host, simulation } = await openSimulatedServer({ ...PLAIN, dataFolder: null, speed: 10 }, time);
    const startMs = host.now().upMs;
    await time.sleep(1000);
    await simulation.setSpeed(2);
    await time.sleep(1000);
    expect(host.now().upMs - startMs).toBe(12_000);
  });

  it('sleeps in its own time, and wakes when it is told to', async () => {
    const time = new ManualTime();
    const { host } = await openSimulatedServer({ ...PLAIN, dataFolder: null, speed: 60 }, time);
    const realMs = time.nowMs();
    await host.sleep(60_000);
    expect(time.nowMs() - realMs).toBe(1000);
    const controller = new AbortController();
    const sleeping = SYSTEM_TIME.sleep(2 ** 40, controller.signal);
    controller.abort();
    await sleeping;
    await SYSTEM_TIME.sleep(2 ** 40, controller.signal);
  });

  it('never goes back when the real clock is set back', async () => {
    const time = new ManualTime();
    const { host } = await openSimulatedServer({ ...PLAIN, dataFolder: null, speed: 5 }, time);
    await time.sleep(10_000);
    const { at, upMs } = host.now();
    time.turnTo(time.nowMs() - 3_600_000);
    expect(host.now()).toEqual({ at, upMs });
  });
});

describe('a damaged simulated server', () => {
  async function damaged(change: (text: string) => string): Promise<void> {
    await openSimulatedServer({ ...PLAIN, dataFolder });
    const text = change(readFileSync(stateFile(), 'utf8'));
    writeFileSync(stateFile(), text);
    await expect(openSimulatedServer({ ...PLAIN, dataFolder })).rejects.toThrow(/LD-4009 simulation-damaged/);
    expect(readFileSync(stateFile(), 'utf8')).toBe(text);
  }

  it.each([
    ['cut short', (text: string) => text.slice(0, 500)],
    ['empty', () => ''],
    ['no JSON', () => 'x'],
    ['null', () => 'null'],
    ['another object', () => '{"schema":1}'],
    ['of another schema', (text: string) => text.replace('"schema":1', '"schema":2')],
    ['edited by hand', (text: string) => text.replace('"auto"', '"demand"')],
  ] as const)('is refused and kept when it is %s', (_what, change) => damaged(change));

  it('is refused as unreadable when it cannot be read', async () => {
    mkdirSync(stateFile(), { recursive: true });
    await expect(openSimulatedServer({ ...PLAIN, dataFolder })).rejects.toThrow(/data-folder-unreadable.*EISDIR/);
  });

  it('says so when the folder cannot be written', async () => {
    writeFileSync(dataFolder, 'a file in the way');
    await expect(openSimulatedServer({ ...PLAIN, dataFolder: join(dataFolder, 'deeper') })).rejects.toThrow(/LD-400[18]/);
  });
});

describe('several processes on one simulated server', () => {
  it('lose none of their updates', async () => {
    const children = Array.from({ length: 3 }, () => startProcess('count', '100'));
    await Promise.all(children.map(ended));
    const first = (await openSimulatedServer({ ...PLAIN, dataFolder: null })).simulation.look().state.nextProcessId;
    expect((await openSimulatedServer({ ...PLAIN, dataFolder })).simulation.look().state.nextProcessId).toBe(first + 300);
    expect(readdirSync(dataFolder)).toEqual(['simulated-server.json']);
  }, 60_000);

  it('leave a whole server behind wherever one is killed', async () => {
    for (let nth = 1; nth <= 20; nth += 1) {
      const child = startProcess('order');
      let updates = 0;
      child.stdout?.on('data', (chunk: Buffer) => {
        updates += chunk.length;
        if (updates >= nth * 2) child.kill('SIGKILL');
      });
      await ended(child);
      const { serviceControl } = await openSimulatedServer({ ...PLAIN, dataFolder });
      await serviceControl.setStart('RTCSRV', { startType: 'disabled', delayed: null });
      expect((await serviceControl.readConfiguration('RTCSRV')).start.startType).toBe('disabled');
    }
  }, 120_000);

  it('take over the lock of one that died holding it', async () => {
    mkdirSync(dataFolder);
    await ended(startProcess('hold'));
    expect(readdirSync(dataFolder)).toContain('simulated-server.lock');
    await openSimulatedServer({ ...PLAIN, dataFolder });
    expect(readdirSync(dataFolder)).toEqual(['simulated-server.json']);
  }, 30_000);

  it('take it over from one that died while taking it over', async () => {
    mkdirSync(dataFolder);
    const child = startProcess('count', '0');
    await ended(child);
    const dead = { processId: child.pid, identity: '1' };
    writeFileSync(lockFile(), JSON.stringify({ ...dead, nonce: 'first' }));
    writeFileSync(`${lockFile()}.first`, JSON.stringify({ ...dead, nonce: 'second' }));
    writeFileSync(`${stateFile()}.next`, '{"schema":1,"dig');
    const { serviceControl } = await openSimulatedServer({ ...PLAIN, dataFolder });
    await serviceControl.setStart('RTCSRV', { startType: 'disabled', delayed: null });
    expect(readdirSync(dataFolder)).toEqual(['simulated-server.json']);
  }, 30_000);

  it.each(['', '{"processId":', 'null'])('take over a lock that says nothing, as a power cut leaves it: %j', async (text) => {
    mkdirSync(dataFolder);
    writeFileSync(lockFile(), text);
    await openSimulatedServer({ ...PLAIN, dataFolder });
    expect(readdirSync(dataFolder)).toEqual(['simulated-server.json']);
  });

  it('never take the lock of one that lives', async () => {
    mkdirSync(dataFolder);
    const living = JSON.stringify({ processId: process.pid, identity: processIdentity(process.pid), nonce: 'living' });
    writeFileSync(lockFile(), living);
    const store = new FileStore(dataFolder, new ManualTime());
    await expect(store.update(() => expect.fail('It ran under a lock of somebody else.'))).rejects.toThrow(/data-folder-unwritable.*EBUSY/);
    expect(readFileSync(lockFile(), 'utf8')).toBe(living);
  });
});

describe('the identity of a process', () => {
  it('is the same while it lives, and gone afterwards', async () => {
    const child = startProcess('count', '0');
    const { pid = 0 } = child;
    expect(processIdentity(pid)).toBe(processIdentity(pid));
    expect(processIdentity(pid)).not.toBe(processIdentity(process.pid));
    await ended(child);
    expect(processIdentity(pid)).toBeNull();
  }, 30_000);

  it('is none for what cannot be a process', () => {
    expect([0, -1, 1.5, Number.NaN, 2 ** 31 - 1].map(processIdentity)).toEqual([null, null, null, null, null]);
  });
});
