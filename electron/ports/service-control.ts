import type { ServiceConfiguration, ServiceStatus, StartSetting } from '../contract/service.js';

/** The controls we send. Stopping is never sent: a drain ends sessions by waiting for them. */
export type Control = 'pause' | 'continue' | 'interrogate';

/**
 * The port to a service control manager. Two adapters (Windows, simulated) pass one contract suite.
 *
 * Every method rejects with a `ProblemError` whose id is one of the service-control ids (LD-2xxx) and whose params hold
 * `serviceName` (where there is one), `win32` (the error number) and `operation` (the Windows function). No method
 * retries, waits for a pending state, or believes anything: each is one question or one order.
 */
export interface ServiceControl {
  /** All Win32 services in one bulk reading, in Windows' order. */
  listServices(): Promise<readonly ServiceStatus[]>;

  /** One service's status by `QueryServiceStatusEx`, with its display name. */
  readStatus(serviceName: string): Promise<ServiceStatus>;

  /** One service's whole configuration. What this Windows lacks is unknown in the answer, not a failure. */
  readConfiguration(serviceName: string): Promise<ServiceConfiguration>;

  /** How one service starts, as its configuration says it, for callers that need nothing else of it. */
  readStart(serviceName: string): Promise<StartSetting>;

  /** Sends a control. Resolves when Windows has delivered it, which may take 30 s; the state may still be pending then. */
  sendControl(serviceName: string, control: Control): Promise<void>;

  /** Starts a service. Resolves when Windows has accepted the start; the state is start-pending or running then. */
  startService(serviceName: string): Promise<void>;

  /** Writes start type and, unless null, the delayed flag. The caller reads back. */
  setStart(serviceName: string, start: StartSetting): Promise<void>;

  /** Gives back every handle. Nothing may be called afterwards. */
  close(): Promise<void>;
}
