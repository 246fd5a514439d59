import { dirname, join } from 'node:path';

import { CmdletActivities, isWaitedFor } from './lync/powershell/cmdlet-activities.js';
import { windowsPowerShell } from './lync/powershell/windows-powershell.js';
import type { ServerParts } from './server-parts.js';
import { readMachineText } from './service-control/win32/registry.js';
import type { ServiceControl } from './service-control/service-control.js';
import { readSystemFolder } from './service-control/win32/system-folder.js';
import { openWindowsHost } from './service-control/win32/windows-host.js';
import { openWindowsServiceControl } from './service-control/win32/windows-service-control.js';
import { CounterReader } from './sessions/counters/counter-reader.js';
import { createProductSource } from './sessions/installed-product.js';
import { createLayeredEvidence } from './sessions/layered-evidence.js';
import type { SessionEvidence } from './sessions/session-evidence.js';
import { createTcpTableReader } from './sessions/tcp/iphlpapi.js';
import { createTcpSource } from './sessions/tcp/tcp-connections.js';
import { createUdpSource } from './sessions/udp/udp-endpoints.js';
import { createUdpTableReader } from './sessions/udp/udp-tables.js';

/** The program that reads performance counters (native/counter-reader/counter-reader.c); it stands beside our own. */
const COUNTER_READER = join(dirname(process.execPath), 'lync-drain-counters.exe');

/**
 * Everything that only a real server needs, in a file of its own that is loaded when one is opened.
 * @param ignoredAddresses remote ends whose connections are no sessions
 * @throws ProblemError native-library-missing
 */
export async function openWindowsParts(ignoredAddresses: readonly string[]): Promise<ServerParts> {
  const host = await openWindowsHost();
  const nowMs = (): number => host.now().upMs;
  const counters = new CounterReader({ program: COUNTER_READER, args: [] });
  const tcp = createTcpSource(createTcpTableReader(), ignoredAddresses);
  const udp = createUdpSource(createUdpTableReader());
  const cmdlet = new CmdletActivities({ place: windowsPowerShell(await readSystemFolder(), process.env), nowMs });
  const product = createProductSource(readMachineText);
  const serviceControl = await openWindowsServiceControl();
  const evidence = createLayeredEvidence({ counters, tcp, udp, cmdlet, product, nowMs });
  return {
    serviceControl,
    evidence,
    // Only PowerShell could tell, and the program does without it.
    pool: { read: async () => ({ known: false, reason: 'not-supported' }) },
    host,
    source: 'windows',
    bootedAt: (await host.computer()).bootedAt,
    findUnread: () => findUnread(serviceControl, evidence),
    close: async () => {
      cmdlet.end();
      await evidence.release();
      await serviceControl.close();
    },
    simulation: null,
  };
}

/** Reads the evidence itself: an answer counts only if it was asked for after the service was seen paused. */
async function findUnread(serviceControl: ServiceControl, evidence: SessionEvidence): Promise<readonly string[]> {
  const services = await serviceControl.listServices();
  const readings = await evidence.read(services.filter(isWaitedFor), services);
  return [...readings].filter(([, reading]) => reading.kind === 'unknown' && reading.reason === 'not-read-yet').map(([serviceName]) => serviceName);
}
