import type { ServiceRow } from '../../contract/checklist.js';

/** Services that run in one process: if it ends, the sessions of all of them end. */
export interface SharedProcess {
  readonly processId: number;
  readonly serviceNames: readonly string[];
}

/** Processes that hold more than one of these services, in the order of their first one. */
export function sharedProcesses(services: readonly Pick<ServiceRow, 'serviceName' | 'processId'>[]): readonly SharedProcess[] {
  const byProcess = new Map<number, string[]>();
  for (const { serviceName, processId } of services) {
    if (processId !== 0) byProcess.set(processId, [...(byProcess.get(processId) ?? []), serviceName]);
  }
  return [...byProcess].flatMap(([processId, serviceNames]) => (serviceNames.length > 1 ? [{ processId, serviceNames }] : []));
}
