import type { Actor } from '../../contract/run.js';
import type { Engine } from '../../engine/engine.js';
import type { Clock } from '../../ports/clock.js';
import type { FrontEndHealth } from '../../ports/front-end-health.js';
import type { Host } from '../../ports/host.js';
import type { Power } from '../../ports/power.js';
import type { RunRecords } from '../../ports/run-records.js';
import type { AppStore } from './app-store.js';

/** A server the app works on: this one, or the simulated copy of a rehearsal. */
export interface AppServer {
  readonly engine: Engine;
  readonly records: RunRecords;
  readonly host: Host;
  /**
   * Calls back when a service may have become another.
   * @returns ends that; null if there are no notifications, so that the caller has to poll
   * @throws ProblemError
   */
  readonly listen: (onNews: () => void) => (() => void) | null;
  readonly power: Power;
  /** What shows that a Front-End takes registrations again; left out where nothing can. */
  readonly health?: FrontEndHealth;
  /** Tells the system's event log that a run has been open for so long; left out where there is none. */
  readonly logReminder?: (runId: string, hours: number) => void;
  close(): Promise<void>;
}

/** What every part of a server's session works with. */
export interface SessionParts {
  readonly server: AppServer;
  readonly store: AppStore;
  readonly by: Actor;
  readonly clock: Clock;
  /** True while a window shows this server. */
  readonly isWindowVisible: () => boolean;
}
