import { problem, type Problem } from '../contract/problem.js';
import type { ReadRun } from '../contract/read-run.js';
import type { Run } from '../contract/run.js';
import { ServiceMap } from '../contract/service-names.js';
import type { ServiceConfiguration } from '../contract/service.js';
import { heldWithoutOriginal, unrecordedServices } from '../core/maintenance/lost-tail.js';
import type { EngineParts } from './parts.js';

/** What the open run's record lost. */
export interface TailLoss {
  /** Entries that it has. */
  readonly entries: number;
  /** Entries that it had at least; null where no anchor says so. */
  readonly anchored: number | null;
  /** Services that are held, and whose originals are not in it. */
  readonly unrecorded: readonly string[];
}

/** Null where nothing is missing. Asks Windows only where the record lacks an original. */
export async function findTailLoss(parts: EngineParts, read: ReadRun, run: Run): Promise<TailLoss | null> {
  const unrecorded = await findHeld(parts, run);
  const lost = read.lostTail ?? null;
  if (lost === null && unrecorded.length === 0) return null;
  return { entries: read.entryCount, anchored: lost?.anchored ?? null, unrecorded };
}

async function findHeld({ records, serviceControl }: EngineParts, run: Run): Promise<readonly string[]> {
  const names = unrecordedServices(run);
  if (names.length === 0) return [];
  const statuses = new ServiceMap((await serviceControl.listServices()).map((status) => [status.serviceName, status]));
  const configurations = new ServiceMap<ServiceConfiguration>();
  for (const name of names.filter((one) => statuses.has(one))) configurations.set(name, await serviceControl.readConfiguration(name));
  return heldWithoutOriginal({ statuses, configurations }, run, records.readUndoCard(run.id) !== null);
}

/** Why nothing but the way back goes on with the run. */
export function tailLostProblem({ records }: EngineParts, { runId, path }: ReadRun, { entries, anchored, unrecorded }: TailLoss): Problem {
  return problem('record-tail-lost', {
    ...{ path, entries, undoCard: records.undoCardPath(runId) },
    ...(anchored !== null && { anchored }),
    ...(unrecorded.length > 0 && { services: unrecorded.join(', ') }),
  });
}
