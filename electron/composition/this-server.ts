import { statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { parse, resolve } from 'node:path';

import type { OpenedServer } from '../adapters/simulator/open-simulated-server.js';
import { orProblem } from '../adapters/storage/file-problems.js';
import { openRunRecords } from '../adapters/storage/run-files.js';
import { SettingsFile } from '../adapters/storage/settings.js';
import type { Source } from '../contract/computer.js';
import { ProblemError, type Problem } from '../contract/problem.js';
import type { Run } from '../contract/run.js';
import type { Settings } from '../contract/settings-schema.js';
import { DEFAULT_SETTINGS } from '../contract/settings.js';
import { createEngine } from '../engine/create-engine.js';
import type { Engine } from '../engine/engine.js';
import type { EventLog } from '../ports/event-log.js';
import type { RepairedPath } from '../ports/folder-protection.js';
import type { FrontEndHealth } from '../ports/front-end-health.js';
import type { Host } from '../ports/host.js';
import type { PauseEndTask } from '../ports/pause-end-task.js';
import type { ServerPool } from '../ports/pool-information.js';
import type { RunRecords } from '../ports/run-records.js';
import { usualDataFolder } from './data-folder.js';
import { isWindows, openMachine, platform } from './open-machine.js';
import type { ServerParts, SimulatedChoice } from './server-parts.js';
import type { WindowsPartsOptions } from './windows-parts.js';

/** Which server to work on, and with what. Null stands for the default. */
export interface ThisServerOptions extends SimulatedChoice {
  /** Null: the usual one. */
  readonly dataFolder: string | null;
  /** The text of the undo card, in the administrator's language. */
  readonly undoCard: (run: Run) => string;
}

/** The server we work on: real where Windows has one, simulated everywhere else. */
export interface ThisServer extends Pick<ServerParts, 'findUnread'> {
  readonly engine: Engine;
  readonly records: RunRecords;
  readonly host: Host;
  readonly source: Source;
  readonly dataFolder: string;
  readonly settingsFile: SettingsFile;
  /** The usual ones where the file cannot be used. */
  readonly settings: Settings;
  /** Why the settings file cannot be used; null where it can, or where there is none. */
  readonly settingsProblem: Problem | null;
  /** The open run of a real server in the usual folder, if another one is worked in. */
  readonly otherRun: Problem | null;
  /** The simulated server's own controls; null on a real one. */
  readonly simulation: OpenedServer | null;
  readonly pool: ServerPool;
  readonly health: FrontEndHealth;
  /** Keeps the name of the pool in the settings. @throws ProblemError as the settings file does */
  readonly keepPool: (pool: string) => Promise<void>;
  /** The system's event log; null where the server is simulated. */
  readonly eventLog: EventLog | null;
  /** The task that ends a quick pause; left out where the server is simulated. */
  readonly openPauseEndTask?: () => Promise<PauseEndTask>;
  /** Sets right who may write the data folder. @throws ProblemError data-folder-not-repaired */
  readonly repairDataFolder: () => Promise<readonly RepairedPath[]>;
  close(): Promise<void>;
}

/** Set by the bundler to the version in package.json. */
declare const PRODUCT_VERSION: string | undefined;
export const productVersion = typeof PRODUCT_VERSION === 'string' ? PRODUCT_VERSION : 'development';

/**
 * Puts the product together for this machine. The only place that asks which system it runs on.
 * @throws ProblemError data-folder-impossible, data-folder-unprotected, data-folder-unreadable, data-folder-unwritable,
 * simulation-damaged, unknown-scenario, native-library-missing
 */
export async function openThisServer(options: ThisServerOptions): Promise<ThisServer> {
  const isReal = isWindows && options.simulate === null;
  const usualFolder = await findUsualFolder(isReal);
  const dataFolder = options.dataFolder ?? usualFolder(process.env['LYNC_DRAIN_DATA']);
  await requirePossible(dataFolder);
  const { protection, computerName } = await openMachine();
  const settingsFile = new SettingsFile(dataFolder, protection);
  const { settings, settingsProblem } = await readSettings(settingsFile);
  if (!isReal) orProblem('data-folder-unwritable', dataFolder, () => protection.createFolder(dataFolder));
  const parts = await openParts(isReal, { settings, dataFolder, protection }, options);
  const { host, source, simulation, pool, health } = parts;
  const openRecords = (folder: string): RunRecords =>
    openRunRecords({
      folder,
      protection,
      computerName,
      bootedAt: parts.bootedAt,
      processIdentity: (processId) => host.processIdentity(processId),
      ...(parts.onWritten !== undefined && { onWritten: parts.onWritten }),
    });
  const records = openRecords(dataFolder);
  const pauseEnd = isReal ? whatEndsPauses(dataFolder) : {};
  const told = { product: productVersion, stalledAfterMs: settings.stalledAfterMs, undoCard: options.undoCard };
  const engine = createEngine({ ...parts, ...pauseEnd, ...told, records });
  return {
    engine,
    records,
    host,
    source,
    dataFolder,
    settingsFile,
    ...{ settings, settingsProblem },
    otherRun: isReal ? (await import('./run-elsewhere.js')).findRunElsewhere(dataFolder, usualFolder(''), openRecords) : null,
    ...{ simulation, pool, health },
    keepPool: (pool) => keepPool(records, settingsFile, pool),
    eventLog: parts.eventLog,
    ...pauseEnd,
    repairDataFolder: async () => (await import('./repair-data-folder.js')).repairDataFolder(dataFolder, protection),
    ...(parts.findUnread !== undefined && { findUnread: parts.findUnread }),
    close: () => parts.close(),
  };
}

/**
 * The usual data folder, if LYNC_DRAIN_DATA is the given text. Where all users have theirs, Windows says.
 * @throws ProblemError native-library-missing
 */
async function findUsualFolder(isReal: boolean): Promise<(ordered: string | undefined) => string> {
  const onWindows = isWindows
    ? { ProgramData: (await (await import('../adapters/windows/koffi/program-data.js')).readProgramData()) ?? '' }
    : {};
  return (ordered) =>
    usualDataFolder(platform, isReal, { ...process.env, ...onWindows, LYNC_DRAIN_DATA: ordered }, () => userInfo().homedir);
}

/**
 * A folder that is not there yet is none that cannot be: if its drive or share is missing, a run may be open there.
 * @throws ProblemError data-folder-impossible, data-folder-unreadable
 */
async function requirePossible(dataFolder: string): Promise<void> {
  const fault = isWindows ? (await import('./name-fault.js')).findNameFault(dataFolder) : null;
  if (fault !== null) throw new ProblemError(fault);
  orProblem('data-folder-unreadable', dataFolder, () => statSync(parse(resolve(dataFolder)).root));
}

/** A broken settings file must prevent neither reading nor the way back: every face says what is wrong with it. */
async function readSettings(file: SettingsFile): Promise<Pick<ThisServer, 'settings' | 'settingsProblem'>> {
  try {
    return { settings: await file.read(), settingsProblem: null };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { settings: DEFAULT_SETTINGS, settingsProblem: error.problem };
  }
}

/** Loaded when a quick pause is given an end. */
function whatEndsPauses(dataFolder: string): { readonly openPauseEndTask: () => Promise<PauseEndTask> } {
  return { openPauseEndTask: async () => (await import('./pause-end.js')).openPauseEndTask(dataFolder) };
}

/** The data folder may not be there yet. @throws ProblemError as the settings file does */
async function keepPool(records: RunRecords, file: SettingsFile, pool: string): Promise<void> {
  records.prepare();
  await file.write({ ...(await file.read()), pool });
}

/** Loads only what this server needs: neither kind of server pays for the other. */
async function openParts(isReal: boolean, real: WindowsPartsOptions, options: ThisServerOptions): Promise<ServerParts> {
  if (isReal) return (await import('./windows-parts.js')).openWindowsParts(real);
  return (await import('./simulated-parts.js')).openSimulatedParts(real.dataFolder, options);
}
