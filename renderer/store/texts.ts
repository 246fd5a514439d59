import type { AppEvent, Language } from '../../electron/contract/app-snapshot.js';
import type { Checklist } from '../../electron/contract/checklist.js';
import type { InstalledServer } from '../../electron/contract/installed-server.js';
import type { Message } from '../../electron/contract/message.js';
import type { Problem } from '../../electron/contract/problem.js';
import { MINUTE_MS } from '../../electron/contract/time-units.js';
import { formatInstalledServer } from '../../electron/core/language/installed-server.js';
import { messagesIn, type ProblemMessage, type Messages } from '../../electron/core/language/messages.js';
import type { Params } from '../../electron/core/language/template.js';
import { formatTime } from '../../electron/core/language/time.js';
import type { Words } from '../../electron/core/language/topics.js';
import { formatRestart } from '../../electron/core/language/verdict.js';
import type { TrayText } from '../../electron/core/maintenance/tray-view.js';
import type { LanguagePack, WindowTextId } from './language-pack.js';

/** Everything the window says, in one language. */
export interface WindowMessages {
  readonly t: (id: WindowTextId, params?: Params) => string;
  /** For a part that brings its own sentences, because it is loaded late. */
  readonly format: Messages['format'];
  readonly words: Words;
  readonly problem: (problem: Problem) => ProblemMessage;
  readonly message: (message: Message) => string;
  readonly tray: (text: TrayText) => string;
  readonly event: (event: Pick<AppEvent, 'kind' | 'params'>) => string;
  /** How the last command ended. */
  readonly outcome: (outcome: keyof Messages['texts']['outcomes']) => string;
  /** Whether the server may be restarted, in the words of all faces. */
  readonly restart: (checklist: Pick<Checklist, 'restart' | 'losses'>) => string;
  /** `1 h 5 min`; takes milliseconds. */
  readonly duration: (milliseconds: number) => string;
  /** Whole minutes, for what need not be exact. */
  readonly minutes: (milliseconds: number) => string;
  /** `12:34` or `1:02:34`; takes milliseconds. */
  readonly countdown: (milliseconds: number) => string;
  /** A UTC time on the reader's clock, with the day unless it is that of `now`. */
  readonly time: (at: string, now: string | null) => string;
  /** Hours and minutes only. */
  readonly clock: (at: string) => string;
  /** Role and product of the server, in one line. */
  readonly installed: (server: InstalledServer) => string;
  readonly number: (value: number) => string;
  readonly list: (values: readonly string[]) => string;
}

export function createTexts(language: Language, pack: LanguagePack): WindowMessages {
  const messages = messagesIn(language, pack.texts);
  const separator = language === 'en' ? ', ' : '、';
  return {
    t: (id, params) => messages.format(pack.windowTexts[id], params),
    format: messages.format,
    words: messages.texts.words,
    problem: messages.problem,
    message: messages.message,
    tray: (text) => ('name' in text ? text.name : messages.format(pack.tray[text.id], text.params)),
    event: ({ kind, params }) => messages.format(pack.app.events[kind], params),
    outcome: (outcome) => messages.texts.outcomes[outcome],
    restart: (checklist) => formatRestart(checklist, messages),
    duration: messages.duration,
    minutes: (milliseconds) => messages.duration(Math.max(MINUTE_MS, Math.floor(milliseconds / MINUTE_MS) * MINUTE_MS)),
    countdown: formatCountdown,
    time: formatTime,
    clock: (at) => formatTime(at, at).slice(0, -3),
    installed: (server) => formatInstalledServer(messages, server),
    number: formatNumber,
    list: (values) => values.join(separator),
  };
}

function formatCountdown(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1_000);
  const twoDigits = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  const clock = `${hours > 0 ? twoDigits(minutes) : minutes}:${twoDigits(seconds % 60)}`;
  return hours > 0 ? `${hours}:${clock}` : clock;
}

/** Thousands apart by a thin gap that no line break enters: read alike in both languages. */
function formatNumber(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ' ');
}
