import { problem, ProblemError } from '../contract/problem.js';
import { ServiceMap } from '../contract/service-names.js';
import type { ServiceStatus } from '../contract/service.js';
import type { EndsList } from '../contract/session-ends.js';
import { inDrainOrder } from '../core/catalogue/catalogue.js';
import { carriesSessions } from '../core/maintenance/selection.js';
import type { EndsRequest } from './engine.js';
import type { EngineParts } from './parts.js';

/**
 * Who is connected to each service now. Reads no evidence: a reader of it remembers what it saw, and what is new to it must not
 * depend on who looks.
 * @throws ProblemError unknown-service, and where Windows does not even list its services
 */
export async function listServiceEnds(
  { serviceControl, openSessionEnds }: Pick<EngineParts, 'serviceControl' | 'openSessionEnds'>,
  { services, most, waitsForServers }: EndsRequest,
): Promise<EndsList> {
  // Before Lync is asked for anything: a name that is mistyped is told at once.
  const first = await serviceControl.listServices();
  const selected = select(first, services);
  const sessionEnds = await openSessionEnds();
  const settled = sessionEnds.settle();
  if (!waitsForServers) return sessionEnds.list(selected, first, most);
  await settled;
  // Meanwhile a service may have another process, and its connections with it.
  const all = await serviceControl.listServices();
  return sessionEnds.list(select(all, services), all, most);
}

/** Null: the services of Lync that carry sessions. Any other must be named. In drain order. */
function select(all: readonly ServiceStatus[], requested: readonly string[] | null): readonly ServiceStatus[] {
  const byName = new ServiceMap(all.map((status) => [status.serviceName, status]));
  for (const name of requested ?? []) if (!byName.has(name)) throw new ProblemError(problem('unknown-service', { name }));
  const wanted = requested?.flatMap((name) => byName.get(name) ?? []) ?? all.filter(carriesSessions);
  return inDrainOrder([...new Set(wanted.map(({ serviceName }) => serviceName))]).flatMap((name) => byName.get(name) ?? []);
}
