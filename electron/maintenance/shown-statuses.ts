import type { Checklist, ServiceRow } from '../contract/checklist.js';
import type { ServiceStatus } from '../contract/service.js';
import { findInCatalogue } from '../lync/catalogue.js';

/** True where every row of a checklist still shows what Windows' list of services says of it, and every Lync service has a row. */
export function showsStatuses({ services }: Checklist, statuses: readonly ServiceStatus[]): boolean {
  const listed = new Map(statuses.map((status) => [status.serviceName, status]));
  if (!services.every((row) => showsStatus(row, listed.get(row.serviceName)))) return false;
  const shown = new Set(services.map((row) => row.serviceName));
  return statuses.every(({ serviceName }) => shown.has(serviceName) || findInCatalogue(serviceName) === undefined);
}

function showsStatus(row: ServiceRow, status: ServiceStatus | undefined): boolean {
  if (status === undefined) return row.state === 'missing';
  // Another process is another start, even when it was too quick to be seen stopped.
  if (status.state !== row.state || status.processId !== row.processId) return false;
  return status.controlsAccepted.length === row.controlsAccepted.length && status.controlsAccepted.every((control) => row.controlsAccepted.includes(control));
}
