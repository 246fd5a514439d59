import type { ProblemError } from '../../contract/problem.js';
import type { ListedRun, ReadRun } from '../../contract/read-run.js';
import type { ClosedSummary, Run } from '../../contract/run.js';
import { orProblem } from './file-problems.js';
import type { FileSystem } from './file-system.js';
import { readSome } from './read-some.js';
import { lastOutcome, parseEntry, readClosing } from './run-summary.js';

/** Enough for the opening lines of a run, of which a summary is made where its closing carries none. */
const HEAD_BYTES = 16_384;

/** One run that was read whole as a list shows it. */
export function listRead({ runId, path, run, damage }: ReadRun): ListedRun {
  if (run === null) {
    return { runId, path, openedAt: null, openedBy: null, closedAt: null, phase: 'unreadable', services: 0, reason: null, damage };
  }
  const { openedAt, openedBy, reason, services } = run;
  const closedAt = run.closed?.at ?? null;
  return {
    runId,
    path,
    openedAt,
    openedBy: openedBy.user,
    closedAt,
    phase: recordedPhase(run),
    services: services.size,
    reason,
    damage,
    ...(damage === null ? lastOutcome(run) : {}),
  };
}

/** The phase as the record alone knows it; whether an open run is ready, only a reading can say. */
function recordedPhase(run: Run): ListedRun['phase'] {
  if (run.closed !== null) return 'closed';
  if (run.order.command === 'resume') return 'returning';
  return run.confirmed === null ? 'draining' : 'confirmed';
}

/**
 * One closed run as a list shows it, told from its first and last lines alone.
 * @returns null where its last line does not close it, or its first lines say nothing: then it must be read whole
 * @throws ProblemError data-folder-unreadable
 */
export function listClosed(fileSystem: FileSystem, runId: string, path: string): ListedRun | null {
  const closing = readClosing(fileSystem, path);
  const summary = closing === null ? null : (closing.summary ?? summaryOfOpening(fileSystem, path));
  if (closing === null || summary === null) return null;
  return { runId, path, ...summary, closedAt: closing.at, phase: 'closed', damage: null };
}

function summaryOfOpening(fileSystem: FileSystem, path: string): ClosedSummary | null {
  const head = orProblem('data-folder-unreadable', path, () => readSome(fileSystem, path, { from: 'start', bytes: HEAD_BYTES }));
  const entries = head.toString('utf8').split('\n').slice(0, -1).map(parseEntry);
  const [opening] = entries;
  if (opening?.type !== 'run-opened') return null;
  const orders = entries.flatMap((entry) => (entry?.type === 'ordered' ? [entry.order] : []));
  const reason =
    orders
      .map((order) => order.reason)
      .filter((said) => said !== null)
      .at(-1) ?? null;
  return { openedAt: opening.at, openedBy: opening.by.user, reason, services: orders[0]?.services.length ?? 0 };
}

/** What cannot be read is listed with the reason. */
export function listUnreadable(runId: string, path: string, { problem: damage }: ProblemError): ListedRun {
  return { runId, path, openedAt: null, openedBy: null, closedAt: null, phase: 'unreadable', services: 0, reason: null, damage };
}
