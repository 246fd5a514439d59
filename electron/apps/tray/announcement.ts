import type { AppEvent } from '../../contract/app-snapshot.js';
import { appTextsOf } from '../../core/language/app-texts.js';
import type { Speech } from '../../core/language/speech.js';

/** A balloon, or what a system has instead. */
export interface Announcement {
  readonly title: string;
  readonly body: string;
}

/** Good news that somebody waits for who does not look. */
const NEWS: ReadonlySet<AppEvent['kind']> = new Set(['ready', 'returned', 'quick-pause-ends']);

/**
 * What an event is announced with; null for what is only listed.
 * @param standing how the server is, in words; said where no problem has words of its own
 */
export function announcementOf({ kind, level, params, problem }: AppEvent, speech: Speech, standing: string): Announcement | null {
  if (level === 'info' && !NEWS.has(kind)) return null;
  const title = speech.say(appTextsOf(speech.language).events[kind], params);
  if (problem === null) return { title, body: standing };
  const { happened, next } = speech.problem(problem);
  return { title, body: `${happened} ${next}` };
}
