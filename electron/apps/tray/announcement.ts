import type { AppEvent } from '../../contract/app-snapshot.js';
import { appTextsOf } from '../../core/language/app-texts.js';
import type { Messages } from '../../core/language/messages.js';

/** A balloon, or what a system has instead. */
export interface Announcement {
  readonly title: string;
  readonly body: string;
}

/**
 * UTF-16 units that a balloon shows, and that Shell_NotifyIcon cuts at wherever that falls: `szInfoTitle` and `szInfo` of NOTIFYICONDATAW
 * have 64 and 256 with the null at the end.
 */
const BALLOON_LIMITS = { title: 63, body: 255 } as const;

/** Good news that an administrator waits for without looking. */
const NEWS: ReadonlySet<AppEvent['kind']> = new Set(['ready', 'returned', 'quick-pause-ends']);

/**
 * What an event is announced with; null for what is only listed. A title that is shorter than the event's sentence has that sentence
 * below it.
 * @param status how the server is, in words; used if no problem has words of its own
 */
export function announcementOf({ kind, level, params, problem }: AppEvent, messages: Messages, status: string): Announcement | null {
  if (level === 'info' && !NEWS.has(kind)) return null;
  const { events, titles } = appTextsOf(messages.language);
  const sentence = messages.format(events[kind], params);
  const title = shorten(messages.format(titles[kind] ?? events[kind], params), BALLOON_LIMITS.title);
  const told = problem === null ? [status] : formatProblem(messages, problem);
  const body = title === sentence ? told : [sentence, ...told];
  return { title, body: shorten(body.join(' '), BALLOON_LIMITS.body) };
}

function formatProblem(messages: Messages, problem: NonNullable<AppEvent['problem']>): readonly string[] {
  const { happened, next } = messages.problem(problem);
  return [happened, next];
}

/** At most so many UTF-16 units; what was cut shows as an ellipsis, and no character is cut in two. */
function shorten(text: string, units: number): string {
  if (text.length <= units) return text;
  return `${text.slice(0, units - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
