import { dirname, join } from 'node:path';

import type { ServerParts } from './server-parts.js';
import { readMachineText } from './service-control/win32/registry.js';
import { openWindowsHost } from './service-control/win32/windows-host.js';
import { openWindowsServiceControl } from './service-control/win32/windows-service-control.js';
import { CounterReader } from './sessions/counters/counter-reader.js';
import type { CmdletSource } from './sessions/evidence-sources.js';
import { createProductSource } from './sessions/installed-product.js';
import { createLayeredEvidence } from './sessions/layered-evidence.js';
import { createTcpTableReader } from './sessions/tcp/iphlpapi.js';
import { createTcpSource } from './sessions/tcp/tcp-connections.js';
import { createUdpSource } from './sessions/udp/udp-endpoints.js';
import { createUdpTableReader } from './sessions/udp/udp-tables.js';

/** The program that reads performance counters (native/counter-reader.c); it stands beside our own. */
const COUNTER_READER = join(dirname(process.execPath), 'lync-drain-counters.exe');

/**
 * Everything that only a real server needs, in a file of its own that is loaded when one is opened.
 * @param ignoredAddresses remote ends whose connections are no sessions
 * @throws ProblemError native-library-missing
 */
export async function openWindowsParts(ignoredAddresses: readonly string[], cmdlet: CmdletSource | null): Promise<ServerParts> {
  const host = await openWindowsHost();
  const counters = new CounterReader({ program: COUNTER_READER, args: [] });
  const tcp = createTcpSource(createTcpTableReader(), ignoredAddresses);
  const udp = createUdpSource(createUdpTableReader());
  const product = createProductSource(readMachineText);
  return {
    serviceControl: await openWindowsServiceControl(),
    evidence: createLayeredEvidence({ counters, tcp, udp, cmdlet, product, nowMs: () => host.now().upMs }),
    // Only PowerShell could tell, and the program does without it.
    pool: { read: async () => ({ known: false, reason: 'not-supported' }) },
    host,
    source: 'windows',
    bootedAt: (await host.computer()).bootedAt,
    simulation: null,
  };
}
