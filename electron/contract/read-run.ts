import type { Problem } from './problem.js';
import type { Entry, LossSummary, Run, SignOffScope } from './run.js';

/** What reading a run's file gave. Damage is told, never mended: what could be read is shown, and nothing is changed. */
export interface ReadRun {
  readonly runId: string;
  readonly path: string;
  /** Null when not even the opening could be read. */
  readonly run: Run | null;
  readonly entries: readonly Entry[];
  /** How many they are, which is also the place of the last one. */
  readonly entryCount: number;
  /** Those behind a place in the record; cheap where there are few, also in a record of days. */
  readonly entriesAfter: (seq: number) => readonly Entry[];
  /** `record-damaged` or `record-newer`, null when the chain is whole. */
  readonly damage: Problem | null;
  /** Given where the chain is whole and its end is missing, as the anchor beside the record says. */
  readonly lostTail?: LostTail | null;
}

/** A record that was longer, or another one. */
export interface LostTail {
  /** Entries that it has. */
  readonly entries: number;
  /** Entries that it had at least. */
  readonly anchored: number;
}

/** One run as a list shows it. */
export interface ListedRun {
  readonly runId: string;
  readonly path: string;
  /** Null where the record could not be read that far. */
  readonly openedAt: string | null;
  readonly openedBy: string | null;
  /** Null while the run is open, and if it is not known. */
  readonly closedAt: string | null;
  /** As the record alone knows it. */
  readonly phase: 'draining' | 'returning' | 'confirmed' | 'closed' | 'unreadable';
  readonly services: number;
  readonly reason: string | null;
  readonly damage: Problem | null;
  /** What the sign-off that stood was for, null if none did; missing if not known. */
  readonly signOff?: SignOffScope | null;
  /** Null if no session was lost; missing if not known. */
  readonly losses?: LossSummary | null;
}
