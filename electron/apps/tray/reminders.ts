import type { AppSettings } from '../../contract/app-snapshot.js';
import type { Checklist } from '../../contract/checklist.js';
import { HOUR_MS, MINUTE_MS } from '../../contract/time-units.js';
import type { AppEventDraft } from './app-events.js';

/** A forgotten run reminds after so many hours, and then every twelve. */
const FIRST_HOURS = [4, 8] as const;
const EVERY_HOURS = 12;

/** A reminder, and the key under which it was given. */
export interface Reminder {
  readonly key: string;
  readonly event: AppEventDraft;
  /** Given if the run may be forgotten. */
  readonly forgotten: { readonly runId: string; readonly hours: number } | null;
}

/** The next reminder about the open run; null when none is due that was not given yet. */
export function dueReminder({ run, now }: Checklist, settings: AppSettings, given: ReadonlySet<string>): Reminder | null {
  if (run === null || run.phase === 'closed') return null;
  const openMs = Date.parse(now.at) - Date.parse(run.openedAt);
  const candidates = [stillDraining(run.id, run.phase, openMs, settings.waitTimeoutMs), stillOpen(run.id, openMs)];
  return candidates.find((reminder) => reminder !== null && !given.has(reminder.key)) ?? null;
}

function stillDraining(runId: string, phase: string, openMs: number, timeoutMs: number): Reminder | null {
  if (phase !== 'draining' || openMs < timeoutMs) return null;
  const minutes = Math.floor(timeoutMs / MINUTE_MS);
  return {
    key: `${runId} draining`,
    event: { level: 'attention', kind: 'still-draining', params: { minutes }, problem: null },
    forgotten: null,
  };
}

/** Louder with time: from the second day on it is a failure. */
function stillOpen(runId: string, openMs: number): Reminder | null {
  const openHours = Math.floor(openMs / HOUR_MS);
  const hours = openHours >= EVERY_HOURS ? openHours - (openHours % EVERY_HOURS) : FIRST_HOURS.filter((due) => due <= openHours).at(-1);
  if (hours === undefined) return null;
  const level = hours >= 2 * EVERY_HOURS ? 'failure' : 'attention';
  return {
    key: `${runId} ${hours}`,
    event: { level, kind: 'open-run-reminder', params: { hours }, problem: null },
    forgotten: { runId, hours },
  };
}
