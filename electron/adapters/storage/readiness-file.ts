import { join } from 'node:path';

import type { Instant } from '../../contract/computer.js';
import type { KnownReadiness } from '../../contract/facts.js';
import { isNumber, isText, isTimestamp, isWholeNumber, object, oneOf } from '../../core/record/shape.js';
import type { FolderProtection } from '../../ports/folder-protection.js';
import type { ReadinessMemory } from '../../ports/pool-information.js';
import { KeptFile } from './kept-file.js';

const MAX_BYTES = 4_096;

type StoredReadiness = KnownReadiness & { readonly pool: string };

const isInstant = object<Instant>({ at: isTimestamp, upMs: isNumber });
const isStored = object<StoredReadiness>({
  pool: isText,
  state: oneOf('ready', 'busy', 'insufficient'),
  since: isInstant,
  askedAt: isInstant,
  times: isWholeNumber,
});

/**
 * `pool-readiness.json` in the data folder. It shortens a wait, so what others could have written is not read; and no failure of it stops
 * anything: without it the wait begins with this program.
 */
export function createReadinessFile(folder: string, protection: FolderProtection): ReadinessMemory {
  const file = new KeptFile(join(folder, 'pool-readiness.json'), protection, isStored, MAX_BYTES);
  return {
    read: (poolFqdn) => {
      const stored = file.read();
      if (stored?.pool !== poolFqdn) return null;
      const { state, since, askedAt, times } = stored;
      return times >= 1 && since.upMs >= 0 && since.upMs <= askedAt.upMs ? { state, since, askedAt, times } : null;
    },
    write: (poolFqdn, readiness) => file.write({ pool: poolFqdn, ...readiness }),
  };
}
