import type { ClosedSummary, Entry, LossSummary, Run } from '../../contract/run.js';
import { distinctServices } from '../../contract/service-names.js';
import { isEntry } from '../../core/record/entry-shape.js';
import { isObject, isWholeNumber } from '../../core/record/shape.js';
import { orProblem } from './file-problems.js';
import type { FileSystem } from './file-system.js';
import { readSome } from './read-some.js';

/** Enough for the last line of a closed run. */
const TAIL_BYTES = 4_096;

/** A reason in a summary: the whole one is in the record. */
const MAX_REASON_LENGTH = 300;

/** What the closing of a run says of it all, so that a list of years need not read the records. */
export function closedSummary(run: Run): ClosedSummary {
  const { openedAt, openedBy, reason, services } = run;
  return {
    openedAt,
    openedBy: openedBy.user,
    reason: reason?.slice(0, MAX_REASON_LENGTH) ?? null,
    services: services.size,
    ...lastOutcome(run),
  };
}

/** How a run ended, or how it stands. */
export function lastOutcome({ confirmed, losses }: Run): Pick<Required<ClosedSummary>, 'signOff' | 'losses'> {
  return { signOff: confirmed?.scope ?? null, losses: losses.length === 0 ? null : sumLosses(losses) };
}

function sumLosses(losses: Run['losses']): LossSummary {
  const services = distinctServices(losses.map(({ serviceName }) => serviceName)).length;
  const sessions = losses.reduce((sum, { count }) => sum + count, 0);
  const isExact = losses.every(({ certainty }) => certainty === 'exact');
  return { services, sessions, certainty: isExact ? 'exact' : sessions > 0 ? 'at-least' : 'unknown' };
}

/**
 * The entry that closes a record, which is told from its last bytes alone: the search for the open run must not read years of
 * history. Null means only that the record must be read.
 * @throws ProblemError data-folder-unreadable
 */
export function readClosing(fileSystem: FileSystem, path: string): Extract<Entry, { type: 'closed' }> | null {
  const tail = orProblem('data-folder-unreadable', path, () => readSome(fileSystem, path, { from: 'end', bytes: TAIL_BYTES }));
  const lines = tail.toString('utf8').split('\n');
  const entry = lines.at(-1) === '' ? parseEntry(lines.at(-2) ?? '') : null;
  return entry?.type === 'closed' ? entry : null;
}

/** The entry in a line of a record, null where there is none. */
export function parseEntry(line: string): Entry | null {
  try {
    const entry: unknown = JSON.parse(line);
    return isObject(entry) && isWholeNumber(entry['seq']) && isEntry(entry, entry['seq']) ? entry : null;
  } catch {
    return null;
  }
}
