import type { Language } from '../../contract/app-snapshot.js';
import { END_KINDS, type EndKind, type SessionEnd } from '../../contract/session-ends.js';
import { ends as english } from './en/ends.js';
import type { Messages } from './messages.js';
import type { SpokenTexts } from './texts.js';
import type { SameKeys } from './topics.js';
import { ends as chinese } from './zh-cn/ends.js';

export type EndTexts = SameKeys<typeof english>;

/** What is said of who is connected: small enough for both languages to be in one part. */
export function endTextsOf(language: Language): EndTexts {
  return language === 'en' ? english : chinese;
}

/** `2 with clients, 1 unknown`: only kinds that are there. */
export function formatKinds(kinds: Readonly<Record<EndKind, number>>, ends: EndTexts, format: Messages<SpokenTexts>['format']): string {
  return END_KINDS.filter((kind) => kinds[kind] > 0)
    .map((kind) => format(ends.counts[kind], { count: kinds[kind] }))
    .join(ends.list);
}

/** How old a connection is, or that it is at least so old. */
export function formatAge(
  { ageMs, isAgeExact }: SessionEnd,
  ends: EndTexts,
  { format, duration }: Pick<Messages<SpokenTexts>, 'format' | 'duration'>,
): string {
  if (isAgeExact) return duration(ageMs);
  return ageMs < 1_000 ? ends.firstSeen : format(ends.ageAtLeast, { age: duration(ageMs) });
}
