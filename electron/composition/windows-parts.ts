import { networkInterfaces } from 'node:os';
import { dirname, join } from 'node:path';

import { createLayeredEvidence } from '../adapters/layered-evidence/layered-evidence.js';
import { createNameService } from '../adapters/pool/dns-name-service.js';
import { PoolReader } from '../adapters/pool/pool-reader.js';
import { CmdletActivities, isWaitedFor } from '../adapters/powershell/cmdlet-activities.js';
import { createPoolCmdlets } from '../adapters/powershell/pool-cmdlets.js';
import type { PowerShellPlace } from '../adapters/powershell/powershell-port.js';
import { windowsPowerShell } from '../adapters/powershell/windows-powershell.js';
import { createMembersFile } from '../adapters/storage/members-file.js';
import { createReadinessFile } from '../adapters/storage/readiness-file.js';
import { CounterReader } from '../adapters/windows/evidence/counters/counter-reader.js';
import { createWindowsHealth } from '../adapters/windows/evidence/health/windows-health.js';
import { createProductSource } from '../adapters/windows/evidence/installed-product.js';
import { createTcpTableReader } from '../adapters/windows/evidence/tcp/iphlpapi.js';
import { createTcpSource } from '../adapters/windows/evidence/tcp/tcp-connections.js';
import { createUdpSource } from '../adapters/windows/evidence/udp/udp-endpoints.js';
import { createUdpTableReader } from '../adapters/windows/evidence/udp/udp-tables.js';
import { readMachineText } from '../adapters/windows/koffi/registry.js';
import { readSystemFolder } from '../adapters/windows/koffi/system-folder.js';
import { createRemoteServices } from '../adapters/windows/services/remote-services.js';
import { WindowsEventLog } from '../adapters/windows/services/windows-event-log.js';
import { openWindowsHost } from '../adapters/windows/services/windows-host.js';
import { openWindowsServiceControl } from '../adapters/windows/services/windows-service-control.js';
import type { Instant } from '../contract/computer.js';
import { ProblemError } from '../contract/problem.js';
import type { EntryDraft } from '../contract/run.js';
import type { Settings } from '../contract/settings-schema.js';
import { readRole } from '../core/catalogue/server-role.js';
import { eventsOfEntries } from '../core/maintenance/logged-events.js';
import type { EventLog } from '../ports/event-log.js';
import type { FolderProtection } from '../ports/folder-protection.js';
import type { Host } from '../ports/host.js';
import type { ServiceControl } from '../ports/service-control.js';
import type { SessionEnds } from '../ports/session-ends.js';
import type { SessionEvidence } from '../ports/session-evidence.js';
import type { ServerParts } from './server-parts.js';

/** The program that reads performance counters (native/counter-reader/counter-reader.c); it stands beside our own. */
const COUNTER_READER = join(dirname(process.execPath), 'lync-drain-counters.exe');
/** The program that writes events (native/event-reporter/event-reporter.c), beside it. */
const EVENT_REPORTER = join(dirname(process.execPath), 'lync-drain-events.exe');
/** The program that asks another computer for its services (native/remote-services/remote-services.c), beside it. */
const REMOTE_SERVICES = join(dirname(process.execPath), 'lync-drain-remote.exe');

/** What a real server is opened with. */
export interface WindowsPartsOptions {
  /** `ignoredAddresses`: remote ends whose connections are no sessions; `pool`: what an administrator called it. */
  readonly settings: Pick<Settings, 'ignoredAddresses' | 'pool'>;
  /** Where what the pool said of its readiness and its members is kept. */
  readonly dataFolder: string;
  readonly protection: FolderProtection;
}

/**
 * Everything that only a real server needs, in a file of its own that is loaded when one is opened.
 * @throws ProblemError native-library-missing
 */
export async function openWindowsParts({ settings, dataFolder, protection }: WindowsPartsOptions): Promise<ServerParts> {
  const host = await openWindowsHost();
  const nowMs = (): number => host.now().upMs;
  const counters = new CounterReader({ program: COUNTER_READER, args: [] });
  const readTables = createTcpTableReader();
  const tcp = createTcpSource(readTables, settings.ignoredAddresses);
  const udp = createUdpSource(createUdpTableReader());
  const place = windowsPowerShell(await readSystemFolder(), process.env);
  const cmdlet = new CmdletActivities({ place, nowMs });
  const product = createProductSource(readMachineText);
  const serviceControl = await openWindowsServiceControl();
  const eventLog = new WindowsEventLog({ reporter: { program: EVENT_REPORTER, args: [] }, readMachineText });
  const evidence = createLayeredEvidence({ counters, tcp, udp, cmdlet, product, nowMs });
  const pool = openPool({ settings, dataFolder, protection }, place, serviceControl, host);
  const ends = createEndsOpener(settings, place, () => host.now());
  return {
    serviceControl,
    evidence,
    openSessionEnds: ends.open,
    pool,
    health: createWindowsHealth({ counters, readTables, readSystemFolder }),
    host,
    installedProduct: product,
    source: 'windows',
    bootedAt: (await host.computer()).bootedAt,
    findUnread: () => findUnread(serviceControl, evidence),
    eventLog,
    onWritten: (runId, entries) => logWritten(eventLog, runId, entries),
    close: async () => {
      await eventLog.settle();
      cmdlet.end();
      pool.end();
      await ends.end();
      await evidence.release();
      await serviceControl.close();
    },
    simulation: null,
  };
}

/** The pool of this server. */
function openPool(
  { settings, dataFolder, protection }: WindowsPartsOptions,
  place: PowerShellPlace,
  serviceControl: ServiceControl,
  host: Pick<Host, 'now' | 'computer'>,
): PoolReader {
  return new PoolReader({
    nameService: createNameService(),
    cmdlets: createPoolCmdlets({ place }),
    memory: createReadinessFile(dataFolder, protection),
    membersMemory: createMembersFile(dataFolder, protection),
    remote: createRemoteServices({ program: REMOTE_SERVICES, args: [] }),
    named: settings.pool,
    ownAddresses,
    isFrontEnd: () => isFrontEnd(serviceControl),
    ownName: () => ownName(host),
    now: () => host.now(),
  });
}

/** What this process writes to a record, it also writes to the event log: so no event comes twice, however many look on. */
function logWritten(eventLog: EventLog, runId: string, entries: readonly EntryDraft[]): void {
  for (const event of eventsOfEntries(runId, entries)) eventLog.write(event);
}

/** Loaded when a person asks who is connected, and opened once. */
function createEndsOpener(settings: WindowsPartsOptions['settings'], place: PowerShellPlace, now: () => Instant): EndsOpener {
  let opening: Promise<SessionEnds> | null = null;
  return {
    open: () =>
      (opening ??= import('./windows-ends.js').then(({ openWindowsEnds }) => openWindowsEnds({ ...settings, place, ownAddresses, now }))),
    end: async () => (await opening)?.end(),
  };
}

interface EndsOpener {
  readonly open: () => Promise<SessionEnds>;
  readonly end: () => Promise<void>;
}

/** Addresses of this computer: those of its pool's name must hold one of them. Null where Node throws, as on a broken network adapter. */
function ownAddresses(): readonly string[] | null {
  try {
    return Object.values(networkInterfaces()).flatMap((addresses = []) => addresses.map(({ address }) => address));
  } catch {
    return null;
  }
}

/** Without a name no list of servers is known to be of this one. */
async function ownName(host: Pick<Host, 'computer'>): Promise<string> {
  try {
    return (await host.computer()).name;
  } catch (error) {
    if (error instanceof ProblemError) return '';
    throw error;
  }
}

/** Others stand in no pool with a quorum. If Windows does not list its services, the cmdlets are asked all the same. */
async function isFrontEnd(serviceControl: ServiceControl): Promise<boolean> {
  const services = await serviceControl.listServices().catch(() => null);
  return services === null || readRole(services.map(({ serviceName }) => serviceName)) === 'front-end';
}

/** Reads the evidence itself: an answer counts only if it was asked for after the service was seen paused. */
async function findUnread(serviceControl: ServiceControl, evidence: SessionEvidence): Promise<readonly string[]> {
  const services = await serviceControl.listServices();
  const readings = await evidence.read(services.filter(isWaitedFor), services);
  return [...readings]
    .filter(([, reading]) => reading.kind === 'unknown' && reading.reason === 'not-read-yet')
    .map(([serviceName]) => serviceName);
}
