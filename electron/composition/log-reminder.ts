import { claimOnce } from '../adapters/storage/claim-once.js';
import { nodeFileSystem } from '../adapters/storage/file-system.js';
import { loggedEvent } from '../contract/logged-event.js';
import type { ThisServer } from './this-server.js';

/** Writes into the event log that a run has been open for so long, once of all tray apps: every session may have one. */
export function logReminder({ eventLog, dataFolder }: ThisServer, runId: string, hours: number): void {
  if (eventLog !== null && claimOnce(nodeFileSystem, dataFolder, `${runId}.reminded-${hours}`)) {
    eventLog.write(loggedEvent('forgotten', { runId, hours }));
  }
}
