import type { HistoryRow } from '../../../electron/contract/app-snapshot.js';
import { problem } from '../../../electron/contract/problem.js';
import { ANN, minutesAgo } from './snapshots.js';

export const HISTORY: readonly HistoryRow[] = [
  {
    runId: '20261123-014005-FE01',
    openedAt: minutesAgo(34),
    openedBy: ANN.user,
    closedAt: null,
    phase: 'draining',
    services: 9,
    reason: 'CHG-1234',
    damage: null,
  },
  {
    runId: '20261012-220000-FE01',
    openedAt: minutesAgo(60_000),
    openedBy: 'CONTOSO\\bob',
    closedAt: minutesAgo(59_880),
    phase: 'closed',
    services: 9,
    reason: 'Cumulative update 15, change CHG-1187, together with firmware of the network cards',
    damage: null,
  },
  {
    runId: '20260901-040000-FE01',
    openedAt: minutesAgo(120_000),
    openedBy: null,
    closedAt: null,
    phase: 'unreadable',
    services: 0,
    reason: null,
    damage: problem('record-damaged', { path: 'runs/20260901-040000-FE01.jsonl', line: 14 }),
  },
];

/** Stands for a report; the real one is made in the main process and tested there. */
export const REPORT_HTML = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Maintenance report: FE01</title>
<style>body { font: 14px sans-serif; margin: 2em; } h1 { color: rgb(1, 2, 3); }</style></head>
<body><h1>Maintenance report: FE01</h1><p>All planned services had no session for 1 min 14 s.</p></body></html>`;
