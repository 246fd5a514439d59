import { join } from 'node:path';

import type { KnownReadiness } from '../../contract/facts.js';
import { ProblemError } from '../../contract/problem.js';
import type { FolderProtection } from '../../ports/folder-protection.js';
import type { ReadinessMemory } from '../../ports/pool-information.js';
import { nodeFileSystem, type FileSystem } from './file-system.js';
import { refuseUnprotected } from './record-file.js';
import { writeWhole } from './write-whole.js';

const MAX_BYTES = 4_096;
const STATES = ['ready', 'busy', 'insufficient'] as const;

/**
 * `pool-readiness.json` in the data folder. It shortens a wait, so what others could have written is not read; and no failure of it stops
 * anything: without it the wait begins with this program.
 */
export function createReadinessFile(
  folder: string,
  protection: FolderProtection,
  fileSystem: FileSystem = nodeFileSystem,
): ReadinessMemory {
  const path = join(folder, 'pool-readiness.json');
  return {
    read: (poolFqdn) =>
      orNull(() => {
        refuseUnprotected(protection, path);
        return parse(JSON.parse(fileSystem.readWhole(path, MAX_BYTES).toString('utf8')), poolFqdn);
      }),
    write: (poolFqdn, readiness) => {
      orNull(() => writeWhole(fileSystem, path, Buffer.from(`${JSON.stringify({ schema: 1, pool: poolFqdn, ...readiness })}\n`)));
    },
  };
}

function parse(stored: unknown, poolFqdn: string): KnownReadiness | null {
  if (!isObject(stored) || stored['schema'] !== 1 || stored['pool'] !== poolFqdn) return null;
  const state = STATES.find((known) => known === stored['state']);
  const [since, askedAt] = [readInstant(stored['since']), readInstant(stored['askedAt'])];
  const times = stored['times'];
  if (state === undefined || since === null || askedAt === null || !isCount(times) || since.upMs > askedAt.upMs) return null;
  return { state, since, askedAt, times };
}

function readInstant(value: unknown): KnownReadiness['since'] | null {
  if (!isObject(value)) return null;
  const { at, upMs } = value;
  return typeof at === 'string' && Number.isFinite(Date.parse(at)) && typeof upMs === 'number' && upMs >= 0 ? { at, upMs } : null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1;
}

/** Only what files and their contents can do to us. */
function orNull<T>(act: () => T): T | null {
  try {
    return act();
  } catch (error) {
    if (error instanceof ProblemError || error instanceof SyntaxError || (error instanceof Error && 'code' in error)) return null;
    throw error;
  }
}
