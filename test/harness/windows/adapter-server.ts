/*
 * Runs inside Windows: the adapters under test, called line by line through a connection to the tests, which run outside.
 * Each question is { id, target, method, parameters }; each answer { id, value } or { id, problem } or
 * { id, failure }. Questions overlap as the tests want them to.
 */
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

import { createLayeredEvidence } from '../../../electron/adapters/layered-evidence/layered-evidence.js';
import { loadSessionFunctions, readOthersSignedIn } from '../../../electron/adapters/windows/desktop/signed-in.js';
import { windowsPower } from '../../../electron/adapters/windows/desktop/turn-off.js';
import { CounterReader } from '../../../electron/adapters/windows/evidence/counters/counter-reader.js';
import { createTcpTableReader } from '../../../electron/adapters/windows/evidence/tcp/iphlpapi.js';
import { createTcpSource } from '../../../electron/adapters/windows/evidence/tcp/tcp-connections.js';
import { createUdpSource } from '../../../electron/adapters/windows/evidence/udp/udp-endpoints.js';
import { forEachEndpoint, type UdpTable } from '../../../electron/adapters/windows/evidence/udp/udp-table.js';
import { createUdpTableReader } from '../../../electron/adapters/windows/evidence/udp/udp-tables.js';
import { readMachineText } from '../../../electron/adapters/windows/koffi/registry.js';
import { readSystemFolder } from '../../../electron/adapters/windows/koffi/system-folder.js';
import { openWindowsFolderProtection } from '../../../electron/adapters/windows/services/windows-folder-protection.js';
import { openWindowsHost } from '../../../electron/adapters/windows/services/windows-host.js';
import { openWindowsServiceControl } from '../../../electron/adapters/windows/services/windows-service-control.js';
import { ProblemError } from '../../../electron/contract/problem.js';
import type { Power } from '../../../electron/ports/power.js';

/** Wine takes long for a table while other tests run; that a source is late is tested elsewhere. */
const PATIENT = { counters: 30_000, windows: 30_000, registry: 30_000 };

/** Of `WTS_INFO_CLASS` (wtsapi32.h). */
const WTS_USER_NAME = 5;

interface Question {
  readonly id: number;
  readonly target: string;
  readonly method: string;
  readonly parameters: readonly unknown[];
}

async function main(): Promise<void> {
  const small = process.argv.includes('--small-buffers') ? { list: 64, configuration: 16 } : undefined;
  const sessions = await loadSessionFunctions(await readSystemFolder());
  const targets: Record<string, object> = {
    serviceControl: await openWindowsServiceControl(small),
    host: await openWindowsHost(),
    registry: { read: readMachineText },
    power: {
      ...{ ownSession: sessions.ownSession, sessions: sessions.sessions, othersSignedIn: () => readOthersSignedIn(sessions) },
      userOf: async (sessionId: number) => (await sessions.about(sessionId, WTS_USER_NAME))?.toString('utf16le'),
      turnOff: (systemFolder: string, ...order: Parameters<Power['turnOff']>) => windowsPower(systemFolder).turnOff(...order),
    },
    protection: await openWindowsFolderProtection(),
    ...openEvidence(small === undefined ? undefined : 1),
  };
  const tests = connect(Number(process.argv[2]), '127.0.0.1');
  const say = (message: object): void => void tests.write(`${JSON.stringify(message)}\n`);
  createInterface({ input: tests }).on('line', (line) => void answer(targets, JSON.parse(line) as Question).then(say));
}

/** Session evidence with its counters; readings go out as plain objects. */
function openEvidence(firstTableWords: number | undefined): Record<string, object> {
  const counters = new CounterReader({ program: process.argv[3] ?? '', args: [] });
  const readUdp = createUdpTableReader(firstTableWords);
  const udp = createUdpSource(readUdp);
  const tcp = createTcpSource(createTcpTableReader(firstTableWords), []);
  const evidence = createLayeredEvidence({ counters, tcp, udp, cmdlet: null, product: null, nowMs: () => performance.now() }, PATIENT);
  return {
    evidence: {
      read: async (...services: Parameters<typeof evidence.read>) => Object.fromEntries(await evidence.read(...services)),
      release: () => evidence.release(),
    },
    udp: { count: async (...watches: Parameters<typeof udp.count>) => Object.fromEntries(await udp.count(...watches)) },
    udpPorts: { read: async () => (await readUdp()).flatMap(portsOf) },
    counters: {
      read: async (paths: readonly string[]) => Object.fromEntries(await counters.read(paths)),
      release: () => counters.release(),
    },
  };
}

function portsOf(table: UdpTable): readonly number[] {
  const ports: number[] = [];
  forEachEndpoint(table, (_, port) => ports.push(port));
  return ports;
}

async function answer(targets: Record<string, object>, { id, target, method, parameters }: Question): Promise<object> {
  const object = targets[target] as Record<string, (...parameters: readonly unknown[]) => unknown>;
  try {
    return { id, value: await object[method]!(...parameters) };
  } catch (error) {
    return error instanceof ProblemError ? { id, problem: error.problem } : { id, failure: String(error) };
  }
}

void main();
