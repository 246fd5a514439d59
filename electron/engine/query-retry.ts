import { ProblemError, type ProblemId } from '../contract/problem.js';
import type { Host } from '../ports/host.js';
import type { ServiceControl } from '../ports/service-control.js';
import type { EngineParts } from './parts.js';

/** Failures of a question that pass by themselves. */
const PASSING: readonly ProblemId[] = ['database-locked', 'rpc-unavailable', 'handle-invalid'];
const RETRY_DELAY_MS = 1_000;
/** As long as a service without a wait hint is waited for. */
const PATIENCE_MS = 30_000;

/** The same parts, on a service control that asks patiently. @param signal ends the patience at once */
export function withQueryRetry(parts: EngineParts, signal: AbortSignal): EngineParts {
  return { ...parts, serviceControl: retryingQueries(parts.serviceControl, parts.host, signal) };
}

/**
 * The same service control, but a question that fails for a reason that passes is asked again for a while. Orders are sent once:
 * whether an order may be repeated is not for this part to say.
 */
function retryingQueries(control: ServiceControl, host: Pick<Host, 'now' | 'sleep'>, signal: AbortSignal): ServiceControl {
  const ask = async <T>(question: () => Promise<T>): Promise<T> => {
    const since = host.now().upMs;
    for (;;) {
      try {
        return await question();
      } catch (error) {
        const mayPass = error instanceof ProblemError && PASSING.includes(error.problem.id);
        if (!mayPass || signal.aborted || host.now().upMs - since >= PATIENCE_MS) throw error;
        await host.sleep(RETRY_DELAY_MS, signal);
      }
    }
  };
  return {
    listServices: () => ask(() => control.listServices()),
    readStatus: (serviceName) => ask(() => control.readStatus(serviceName)),
    readConfiguration: (serviceName) => ask(() => control.readConfiguration(serviceName)),
    readStart: (serviceName) => ask(() => control.readStart(serviceName)),
    sendControl: (serviceName, kind) => control.sendControl(serviceName, kind),
    startService: (serviceName) => control.startService(serviceName),
    setStart: (serviceName, start) => control.setStart(serviceName, start),
    close: () => control.close(),
  };
}
