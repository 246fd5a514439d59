import type { LockHolder } from '../../contract/app-snapshot.js';
import type { Actor } from '../../contract/run.js';
import { WATCH_COMMAND } from '../../engine/watch-command.js';
import type { RunRecords } from '../../ports/run-records.js';

/** Another process that has the right to change the server; null for ours, and for one that looks on and only writes what it sees. */
export function readLockHolder(records: Pick<RunRecords, 'readLockOwner'>, us: Actor): LockHolder | null {
  const owner = records.readLockOwner();
  if (owner === null || owner.processId === us.processId || owner.command === WATCH_COMMAND) return null;
  const { user, face, command, since } = owner;
  return { user, face, command, since };
}
