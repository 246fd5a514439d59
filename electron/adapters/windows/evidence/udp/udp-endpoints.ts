import type { UdpCount } from '../../../../contract/evidence-answers.js';
import type { UdpSource, UdpWatch } from '../../../../ports/evidence-sources.js';
import { forEachEndpoint, type ReadUdpTables, type UdpTable } from './udp-table.js';

/** Counts the UDP endpoints of services in the computer's tables. */
export function createUdpSource(readTables: ReadUdpTables): UdpSource {
  return {
    async count(watches) {
      return watches.length === 0 ? new Map() : countEndpoints(await readTables(), watches);
    },
  };
}

/**
 * The endpoints of each service: those that its process has bound to one of its ports. Ports alone tell nothing: media ranges are
 * shared by several services and by Windows' own temporary ports. So a service is unknown while it has no process, and all
 * are where no row names an owner (Wine).
 */
export function countEndpoints(tables: readonly UdpTable[], watches: readonly UdpWatch[]): ReadonlyMap<string, UdpCount | null> {
  const counts = new Map(watches.map(({ serviceName }) => [serviceName, 0]));
  const byProcess = new Map<number, UdpWatch[]>();
  for (const watch of watches) byProcess.set(watch.processId | 0, [...(byProcess.get(watch.processId | 0) ?? []), watch]);
  let namesOwners = false;
  for (const table of tables) {
    forEachEndpoint(table, (owner, port) => {
      if (owner === 0) return;
      namesOwners = true;
      for (const { serviceName, ports } of byProcess.get(owner) ?? []) {
        if (ports.some(({ from, to }) => port >= from && port <= to)) counts.set(serviceName, (counts.get(serviceName) ?? 0) + 1);
      }
    });
  }
  const isTold = ({ processId }: UdpWatch): boolean => namesOwners && processId !== 0;
  return new Map(watches.map((watch) => [watch.serviceName, isTold(watch) ? { endpoints: counts.get(watch.serviceName) ?? 0 } : null]));
}
