import { MAX_FAILURE_LENGTH } from '../../electron/contract/app-snapshot.js';
import type { AppClient } from '../../electron/contract/ipc-client.js';

/** Of one load of the window. The main process limits what it keeps; this spares it a page that fails in a loop. */
const MAX_REPORTS = 50;

export type ReportFailure = (failure: unknown) => void;

/** Sends unexpected failures to the log of the main process: each once, and at most so many. Never fails itself. */
export function createFailureReports(client: Pick<AppClient, 'reportFailure'>): ReportFailure {
  const sent = new Set<string>();
  return (failure) => {
    const text = failureReport(failure);
    if (sent.has(text) || sent.size >= MAX_REPORTS) return;
    sent.add(text);
    void client.reportFailure({ text }).catch(() => undefined);
  };
}

/**
 * A failure with its stack and its causes, as long as a report may be.
 * @param place where it happened, if its stack does not say: React's component stack
 */
export function failureReport(failure: unknown, place = ''): string {
  return `${describe(failure, new Set())}${place === '' ? '' : `\n${place.trim()}`}`.slice(0, MAX_FAILURE_LENGTH);
}

/** A failure in one line. Anything can be thrown, also what has no text. */
export function summarize(failure: unknown): string {
  try {
    return failure instanceof Error ? failure.message : String(failure);
  } catch {
    return 'no text';
  }
}

/** @param seen a cause may be the failure itself */
function describe(failure: unknown, seen: Set<unknown>): string {
  if (!(failure instanceof Error)) return `${typeof failure} thrown: ${summarize(failure)}`;
  if (seen.has(failure)) return `${failure.name} again`;
  seen.add(failure);
  const cause = failure.cause === undefined ? '' : `\ncaused by ${describe(failure.cause, seen)}`;
  return `${failure.stack ?? `${failure.name}: ${failure.message}`}${cause}`;
}
