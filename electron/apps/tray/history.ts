import type { HistoryRow } from '../../contract/app-snapshot.js';
import type { ListedRun } from '../../contract/read-run.js';

/** So many runs are read without a pause: a few milliseconds. */
const AT_ONCE = 20;

/** All runs as the history lists them, newest first. Years of them are read in pieces, between which the app does its other work. */
export async function readHistory(runs: Iterable<ListedRun>): Promise<HistoryRow[]> {
  const rows: HistoryRow[] = [];
  for (const { path: _path, signOff: _signOff, losses: _losses, ...row } of runs) {
    rows.push(row);
    if (rows.length % AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return rows;
}
