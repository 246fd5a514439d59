import type { Checklist, ServiceRow } from '../../contract/checklist.js';
import { ServiceMap } from '../../contract/service-names.js';
import type { ServiceStatus } from '../../contract/service.js';
import { isLyncService } from './selection.js';

/** True where every row of a checklist still shows what Windows' list of services says of it, and every Lync service has a row. */
export function showsStatuses({ services }: Checklist, statuses: readonly ServiceStatus[]): boolean {
  const unseen = new ServiceMap(services.map((row) => [row.serviceName, row]));
  for (const status of statuses) {
    const row = unseen.get(status.serviceName);
    if (row === undefined ? isLyncService(status) : !showsStatus(row, status)) return false;
    unseen.delete(status.serviceName);
  }
  return [...unseen.values()].every(({ state }) => state === 'missing');
}

function showsStatus(row: ServiceRow, status: ServiceStatus): boolean {
  // Another process is another start, even when it was too quick to be seen stopped.
  if (status.state !== row.state || status.processId !== row.processId) return false;
  return (
    status.controlsAccepted.length === row.controlsAccepted.length &&
    status.controlsAccepted.every((control) => row.controlsAccepted.includes(control))
  );
}
