import type { Actor } from '../contract/run.js';
import { assumeChanged } from '../core/maintenance/assumed-changes.js';
import type { TailLoss } from './lost-tail.js';
import type { Observer } from './observer.js';
import type { WorkingRun } from './working-run.js';

/** Says aloud and in the record that the tail is lost, and what counts as changed by the run from now on. */
export async function storeTailLoss(
  working: WorkingRun,
  observer: Observer,
  { entries, anchored, unrecorded }: TailLoss,
  { by, path }: { readonly by: Actor; readonly path: string },
): Promise<void> {
  const facts = await observer.readFacts([...working.run.services.keys()], 0, false);
  working.store({ type: 'tail-lost', by, entries, anchored, held: assumeChanged(facts, working.run), unrecorded: [...unrecorded] });
  working.announce({ type: 'tail-lost', path, entries, anchored, services: unrecorded });
}
