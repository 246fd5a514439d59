import type { Worker } from '../../contract/app-snapshot.js';
import type { Actor } from '../../contract/run.js';
import { VISITOR_COMMAND } from '../../engine/visitor-command.js';
import type { RunRecords } from '../../ports/run-records.js';

/** Another process that has the right to change the server; null for ours, and for one that looks on and only writes what it sees. */
export function readWorker(records: Pick<RunRecords, 'readLockOwner'>, us: Actor): Worker | null {
  const owner = records.readLockOwner();
  if (owner === null || owner.processId === us.processId || owner.command === VISITOR_COMMAND) return null;
  const { user, face, command, since } = owner;
  return { user, face, command, since };
}
