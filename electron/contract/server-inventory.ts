import type { PoolReading } from './facts.js';
import type { InstalledServer } from './installed-server.js';
import type { FailureActions, ServiceState, StartSetting } from './service.js';
import type { SessionReading } from './sessions.js';

/** One installed service as far as Windows tells of it. Null is "not known". */
export interface InventoriedService {
  readonly serviceName: string;
  readonly displayName: string;
  readonly state: ServiceState;
  readonly processId: number;
  /** True where the process may hold more than one service. */
  readonly sharesProcess: boolean;
  /** Windows reports it while the service runs or is paused. */
  readonly pausable: boolean | null;
  readonly start: StartSetting | null;
  readonly account: string | null;
  readonly dependencies: readonly string[] | null;
  readonly dependents: readonly string[] | null;
  readonly failureActions: FailureActions | null;
  readonly hasStartTrigger: boolean | null;
  /** Null for a service that carries none of Lync's. */
  readonly sessions: SessionReading | null;
}

/** Everything that a simulated copy of a server is made of. */
export interface ServerInventory {
  readonly computer: {
    readonly name: string;
    /** UTC, ISO 8601. */
    readonly bootedAt: string;
  };
  readonly installed: InstalledServer;
  readonly pool: PoolReading;
  /** Of Lync, in drain order. */
  readonly services: readonly InventoriedService[];
  /** The machinery beside them, what they depend on, and what depends on them; by name. */
  readonly otherServices: readonly InventoriedService[];
}
