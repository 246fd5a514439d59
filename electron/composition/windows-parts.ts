import { dirname, join } from 'node:path';

import { createLayeredEvidence } from '../adapters/layered-evidence/layered-evidence.js';
import { CmdletActivities, isWaitedFor } from '../adapters/powershell/cmdlet-activities.js';
import { windowsPowerShell } from '../adapters/powershell/windows-powershell.js';
import { CounterReader } from '../adapters/windows/evidence/counters/counter-reader.js';
import { createProductSource } from '../adapters/windows/evidence/installed-product.js';
import { createTcpTableReader } from '../adapters/windows/evidence/tcp/iphlpapi.js';
import { createTcpSource } from '../adapters/windows/evidence/tcp/tcp-connections.js';
import { createUdpSource } from '../adapters/windows/evidence/udp/udp-endpoints.js';
import { createUdpTableReader } from '../adapters/windows/evidence/udp/udp-tables.js';
import { readMachineText } from '../adapters/windows/koffi/registry.js';
import { readSystemFolder } from '../adapters/windows/koffi/system-folder.js';
import { WindowsEventLog } from '../adapters/windows/services/windows-event-log.js';
import { openWindowsHost } from '../adapters/windows/services/windows-host.js';
import { openWindowsServiceControl } from '../adapters/windows/services/windows-service-control.js';
import type { ServiceControl } from '../ports/service-control.js';
import type { SessionEvidence } from '../ports/session-evidence.js';
import type { ServerParts } from './server-parts.js';

/** The program that reads performance counters (native/counter-reader/counter-reader.c); it stands beside our own. */
const COUNTER_READER = join(dirname(process.execPath), 'lync-drain-counters.exe');
/** The program that writes events (native/event-reporter/event-reporter.c), beside it. */
const EVENT_REPORTER = join(dirname(process.execPath), 'lync-drain-events.exe');

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
  const eventLog = new WindowsEventLog({ reporter: { program: EVENT_REPORTER, args: [] }, readMachineText });
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
    eventLog,
    close: async () => {
      await eventLog.settle();
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
  return [...readings]
    .filter(([, reading]) => reading.kind === 'unknown' && reading.reason === 'not-read-yet')
    .map(([serviceName]) => serviceName);
}
