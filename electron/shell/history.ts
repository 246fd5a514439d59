import type { HistoryRow } from '../contract/app-snapshot.js';
import type { Run } from '../contract/run.js';
import type { ReadRun } from '../record/run-records.js';

/** One run as the history lists it. */
export function historyRow({ runId, run, damage }: ReadRun): HistoryRow {
  if (run === null) {
    return { runId, openedAt: null, openedBy: null, closedAt: null, phase: 'unreadable', services: 0, reason: null, damage };
  }
  return {
    runId,
    openedAt: run.openedAt,
    openedBy: run.openedBy.user,
    closedAt: run.closed?.at ?? null,
    phase: recordedPhase(run),
    services: run.services.size,
    reason: run.reason,
    damage,
  };
}

/** The phase as the record alone knows it; whether an open run is ready, only a reading can say. */
function recordedPhase(run: Run): HistoryRow['phase'] {
  if (run.closed !== null) return 'closed';
  if (run.order.command === 'resume') return 'returning';
  return run.confirmed === null ? 'draining' : 'confirmed';
}
