import { problem, type Problem } from '../contract/problem.js';
import type { Actor, Run } from '../contract/run.js';
import type { ServiceConfiguration } from '../contract/service.js';
import { ServiceMap } from '../contract/service-names.js';
import { assumeChanged, heldWithoutOriginal, unrecordedServices } from '../maintenance/lost-tail.js';
import type { ReadRun } from '../record/run-records.js';
import type { Observer } from './observer.js';
import type { EngineParts } from './parts.js';
import type { WorkingRun } from './working-run.js';

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

/** Says aloud and in the record that the tail is lost, and what counts as changed by the run from now on. */
export async function storeTailLoss(working: WorkingRun, observer: Observer, { entries, anchored, unrecorded }: TailLoss, { by, path }: { readonly by: Actor; readonly path: string }): Promise<void> {
  const facts = await observer.readFacts([...working.run.services.keys()], 0, false);
  working.store({ type: 'tail-lost', by, entries, anchored, held: assumeChanged(facts, working.run), unrecorded: [...unrecorded] });
  working.announce({ type: 'tail-lost', path, entries, anchored, services: unrecorded });
}
