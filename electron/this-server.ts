import { homedir, hostname, uptime, userInfo } from 'node:os';
import { join } from 'node:path';

import type { Source } from './contract/computer.js';
import type { PoolFacts } from './contract/facts.js';
import type { Run } from './contract/run.js';
import type { Reading } from './contract/service.js';
import { createEngine } from './engine/create-engine.js';
import type { Engine } from './engine/engine.js';
import type { EngineParts } from './engine/parts.js';
import type { PoolInformation } from './lync/pool-information.js';
import type { FolderProtection } from './record/folder-protection.js';
import { openRunRecords } from './record/run-files.js';
import type { RunRecords } from './record/run-records.js';
import { SettingsFile, type Settings } from './record/settings.js';
import type { Host } from './service-control/host.js';
import type { OpenedServer } from './service-control/simulated/open-simulated-server.js';
import type { CmdletSource } from './sessions/evidence-sources.js';

/** Which server to work on, and with what. Null stands for the default. */
export interface ThisServerOptions {
  /** Null: `LYNC_DRAIN_DATA`, else the platform's data folder. */
  readonly dataFolder: string | null;
  /** Asks for the simulated server also where there is a real one; `scenario` null keeps the stored one. */
  readonly simulate: { readonly scenario: string | null } | null;
  /** Simulated server only. */
  readonly seed: number | null;
  readonly speed: number | null;
  /** The text of the undo card, in the administrator's language. */
  readonly undoCard: (run: Run) => string;
  /** Lync's own word on a real server's sessions; left out where PowerShell is not used. */
  readonly cmdlet?: CmdletSource & { end(): void };
}

/** The server we work on: real where Windows has one, simulated everywhere else. */
export interface ThisServer {
  readonly engine: Engine;
  readonly records: RunRecords;
  readonly host: Host;
  readonly source: Source;
  readonly dataFolder: string;
  readonly settingsFile: SettingsFile;
  readonly settings: Settings;
  /** The simulated server's own controls; null on a real one. */
  readonly simulation: OpenedServer | null;
  close(): Promise<void>;
}

/** Set by the bundler to the version in package.json. */
declare const PRODUCT_VERSION: string | undefined;
export const productVersion = typeof PRODUCT_VERSION === 'string' ? PRODUCT_VERSION : 'development';

/** Asked here and nowhere else. */
export const isWindows = process.platform === 'win32';

/** The parts that differ between a real server and a simulated one. */
type ServerParts = Pick<EngineParts, 'serviceControl' | 'evidence' | 'pool' | 'host'> & {
  readonly source: Source;
  readonly protection: FolderProtection;
  readonly settingsFile: SettingsFile;
  readonly settings: Settings;
  /** When the machine whose processes `host` knows was started; a simulated server's own boot says nothing of that. */
  readonly bootedAt: string;
  readonly simulation: OpenedServer | null;
};

/**
 * Puts the product together for this machine. The only place that asks which system it runs on.
 * @throws ProblemError data-folder-unprotected, data-folder-unreadable, settings-damaged, simulation-damaged, unknown-scenario, native-library-missing
 */
export async function openThisServer(options: ThisServerOptions): Promise<ThisServer> {
  const isReal = isWindows && options.simulate === null;
  const dataFolder = options.dataFolder ?? process.env['LYNC_DRAIN_DATA'] ?? defaultDataFolder(process.platform, isReal);
  const parts = isReal ? await openReal(dataFolder, options.cmdlet ?? null) : await openSimulated(dataFolder, isWindows, options);
  const records = openRunRecords({
    folder: dataFolder,
    protection: parts.protection,
    computerName: hostname(),
    bootedAt: parts.bootedAt,
    processIdentity: (processId) => parts.host.processIdentity(processId),
  });
  const { stalledAfterMs } = parts.settings;
  const engine = createEngine({ ...parts, records, product: productVersion, stalledAfterMs, undoCard: options.undoCard });
  const { host, source, settingsFile, settings, simulation } = parts;
  const close = async (): Promise<void> => {
    options.cmdlet?.end();
    await parts.evidence.release();
    await parts.serviceControl.close();
  };
  return { engine, records, host, source, dataFolder, settingsFile, settings, simulation, close };
}

/** The platform's place for data of all users on Windows, of this user elsewhere. A simulated server on Windows keeps apart from the real one. */
function defaultDataFolder(platform: NodeJS.Platform, isReal: boolean): string {
  if (platform === 'win32') {
    const folder = join(process.env['ProgramData'] ?? 'C:\\ProgramData', 'Lync Drain');
    return isReal ? folder : join(folder, 'simulated');
  }
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Lync Drain');
  return join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'lync-drain');
}

async function openSimulated(dataFolder: string, isWindows: boolean, options: ThisServerOptions): Promise<ServerParts> {
  const [{ openSimulatedServer, readStoredScenario }, { SimulatedEvidence }, protection] = await Promise.all([
    import('./service-control/simulated/open-simulated-server.js'),
    import('./sessions/simulated/simulated-evidence.js'),
    openProtection(isWindows),
  ]);
  const settingsFile = new SettingsFile(dataFolder, protection);
  const settings = settingsFile.read();
  protection.createFolder(dataFolder);
  const stored = readStoredScenario(dataFolder);
  const { seed, speed } = options;
  const scenario = options.simulate?.scenario ?? null;
  const isOther = stored !== null && ((scenario !== null && scenario !== stored.scenario) || (seed !== null && seed !== stored.seed));
  const simulation = await openSimulatedServer({ dataFolder, scenario, seed, speed, startsAnew: isOther });
  return {
    serviceControl: simulation.serviceControl,
    evidence: new SimulatedEvidence(simulation.simulation),
    pool: poolOf({ known: true, value: { fqdn: 'pool01.contoso.com', members: 4, othersInService: 3, addresses: 4 } }),
    host: simulation.host,
    source: 'simulated',
    protection,
    settingsFile,
    settings,
    bootedAt: new Date(Date.now() - uptime() * 1000).toISOString(),
    simulation,
  };
}

function poolOf(reading: Reading<PoolFacts>): PoolInformation {
  return { read: () => Promise.resolve(reading) };
}

async function openProtection(isWindows: boolean): Promise<FolderProtection> {
  if (isWindows) {
    const { openWindowsFolderProtection } = await import('./service-control/win32/windows-folder-protection.js');
    return openWindowsFolderProtection();
  }
  const { posixFolderProtection } = await import('./record/posix-folder-protection.js');
  return posixFolderProtection(userInfo().uid);
}

async function openReal(dataFolder: string, cmdlet: CmdletSource | null): Promise<ServerParts> {
  const [{ openWindowsServiceControl }, { openWindowsHost }, { createLayeredEvidence }, { createTcpSource }, { createTcpTableReader }, { PdhCounters }, { loadPdh }] =
    await Promise.all([
      import('./service-control/win32/windows-service-control.js'),
      import('./service-control/win32/windows-host.js'),
      import('./sessions/layered-evidence.js'),
      import('./sessions/tcp/tcp-connections.js'),
      import('./sessions/tcp/iphlpapi.js'),
      import('./sessions/counters/pdh-counters.js'),
      import('./sessions/counters/pdh.js'),
    ]);
  const protection = await openProtection(true);
  const settingsFile = new SettingsFile(dataFolder, protection);
  const settings = settingsFile.read();
  const host = await openWindowsHost();
  const tcp = createTcpSource(createTcpTableReader(), settings.ignoredAddresses);
  return {
    serviceControl: await openWindowsServiceControl(),
    evidence: createLayeredEvidence({ counters: new PdhCounters(loadPdh), tcp, cmdlet }),
    // Only PowerShell could tell, and the program does without it.
    pool: poolOf({ known: false, reason: 'not-supported' }),
    host,
    source: 'windows',
    protection,
    settingsFile,
    settings,
    bootedAt: (await host.computer()).bootedAt,
    simulation: null,
  };
}
