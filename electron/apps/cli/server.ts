import type { Source } from '../../contract/computer.js';
import type { Problem } from '../../contract/problem.js';
import type { Run } from '../../contract/run.js';
import type { Settings } from '../../contract/settings-schema.js';
import type { Engine } from '../../engine/engine.js';
import type { EventLog } from '../../ports/event-log.js';
import type { RepairedPath } from '../../ports/folder-protection.js';
import type { FrontEndHealth } from '../../ports/front-end-health.js';
import type { Host } from '../../ports/host.js';
import type { PauseEndTask } from '../../ports/pause-end-task.js';
import type { ServerPool } from '../../ports/pool-information.js';
import type { RunRecords } from '../../ports/run-records.js';

/** What the terminal needs of the server it works on. Composed outside: this zone knows no adapter. */
export interface Server {
  readonly engine: Engine;
  readonly records: RunRecords;
  readonly host: Host;
  readonly source: Source;
  readonly dataFolder: string;
  /** The usual ones where the settings file cannot be used. */
  readonly settings: ServerSettings;
  readonly settingsFile: { readonly path: string };
  /** Why the settings file cannot be used; null where it can, or where there is none. */
  readonly settingsProblem: Problem | null;
  /** That a run of this server is open in the usual data folder, while another folder is worked in; null if none is. */
  readonly otherRun: Problem | null;
  /**
   * Paused services of which a source has not said anything yet in this program, because it takes long to answer for the first
   * time; asking starts it. Left out if no source is so slow.
   */
  readonly findUnread?: () => Promise<readonly string[]>;
  /** Left out if nothing can be waited for or named. */
  readonly pool?: Pick<ServerPool, 'read' | 'settle' | 'nameIt' | 'readFabricState'>;
  /** What shows that a Front-End takes registrations again; left out where nothing can. */
  readonly health?: FrontEndHealth;
  /** Keeps the name of the pool in the settings. @throws ProblemError settings-damaged, data-folder-unwritable */
  readonly keepPool?: (pool: string) => Promise<void>;
  /** The system's event log; null or left out where the server is simulated. */
  readonly eventLog?: EventLog | null;
  /** The scheduled task that ends a quick pause; left out where the server is simulated. */
  readonly openPauseEndTask?: () => Promise<PauseEndTask>;
  /** Sets right who may write the data folder. @throws ProblemError data-folder-not-repaired */
  readonly repairDataFolder: () => Promise<readonly RepairedPath[]>;
  close(): Promise<void>;
}

/** What an administrator set once for all commands. */
export type ServerSettings = Pick<Settings, 'services' | 'holdTimeMs' | 'timeoutMs' | 'hold' | 'language'>;

/** Which server to open. Null stands for the default. */
export interface ServerOptions {
  readonly dataFolder: string | null;
  readonly simulate: { readonly scenario: string | null } | null;
  /** Describes the server that is simulated; left out: none does. */
  readonly copy?: { readonly path: string };
  readonly seed: number | null;
  readonly speed: number | null;
  readonly undoCard: (run: Run) => string;
}

/** @throws ProblemError when the server cannot be looked at, or our own state cannot be read */
export type OpenServer = (options: ServerOptions) => Promise<Server>;
