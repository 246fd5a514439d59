import type { Language } from '../../contract/app-snapshot.js';
import { withoutControls } from '../../contract/foreign-text.js';
import type { Message } from '../../contract/message.js';
import { PROBLEMS, type Problem } from '../../contract/problem.js';
import { fillParts, parseTemplate, type Params, type Part } from './template.js';
import { textsOf, type SpokenTexts, type Texts } from './texts.js';
import { formatDuration, formatTime } from './time.js';
import type { Words } from './topics.js';

/** A problem in words. */
export interface ProblemMessage {
  readonly code: string;
  readonly happened: string;
  readonly next: string;
}

/** Says everything in one language. */
export interface Messages<T extends SpokenTexts = Texts> {
  readonly language: Language;
  readonly texts: T;
  /** Fills a sentence's places. Values of places such as `state` or `startType` are said in Windows' own terms. */
  readonly format: (template: string, params?: Params) => string;
  readonly problem: (problem: Problem) => ProblemMessage;
  readonly message: (message: Message) => string;
  /** Takes milliseconds. */
  readonly duration: (milliseconds: number) => string;
}

export function createMessages(language: Language): Messages {
  return messagesIn(language, textsOf(language));
}

/** For a part that loads its languages itself: it brings the texts. */
export function messagesIn<T extends SpokenTexts>(language: Language, texts: T): Messages<T> {
  const parsed = new Map<string, readonly Part[]>();
  const parse = (template: string): readonly Part[] => {
    const known = parsed.get(template) ?? parseTemplate(template);
    parsed.set(template, known);
    return known;
  };
  const format = (template: string, params: Params = {}): string =>
    fillParts(parse(template), inWords(params, texts.words), (count) => pluralForm(language, count));
  return {
    language,
    texts,
    format,
    problem: ({ id, params }) => {
      const text = texts.problems[id];
      return { code: PROBLEMS[id].code, happened: format(text.happened, params), next: format(text.next, params) };
    },
    message: ({ id, params }) => format(texts.messages[id], params),
    duration: (milliseconds) => formatDuration(milliseconds, language),
  };
}

/** Chinese has one form; English counts one apart. */
function pluralForm(language: Language, count: number): 'one' | 'other' {
  return language === 'en' && count === 1 ? 'one' : 'other';
}

/** Places whose values are ids, and the words that say them. */
const WORD_PLACES: Readonly<Record<string, (words: Words) => Readonly<Record<string, string>>>> = {
  state: (words) => words.states,
  stateBefore: (words) => words.states,
  startType: (words) => words.startTypes,
  first: (words) => words.startTypes,
  original: (words) => words.startTypes,
  ours: (words) => words.startTypes,
  now: (words) => words.startTypes,
  wanted: (words) => words.startTypes,
  reason: (words) => words.unknownSessions,
  remedy: (words) => words.sessionRemedies,
  serverRole: (words) => words.serverRoles,
  evidence: (words) => words.evidence,
  trouble: (words) => words.poolTroubles,
  silence: (words) => words.remoteTroubles,
  face: (words) => words.faces,
  code: (words) => words.failures,
};

/** Places whose values are times in UTC. */
const TIME_PLACES: ReadonlySet<string> = new Set(['since', 'passesAt', 'toldAt']);

/** Every value as it is shown: ids in words, times on the reader's clock, foreign text without control characters. */
function inWords(params: Params, words: Words): Params {
  return Object.fromEntries(
    Object.entries(params).map(([place, value]) => [place, typeof value === 'number' ? value : inWord(place, value, words)]),
  );
}

function inWord(place: string, value: string, words: Words): string {
  return TIME_PLACES.has(place) ? formatTime(value, null) : (WORD_PLACES[place]?.(words)[value] ?? withoutControls(value));
}
