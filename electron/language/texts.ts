import { english } from './en/texts.js';
import type { Language } from '../contract/app-snapshot.js';
import type { SameKeys } from './topics.js';
import { chinese } from './zh-cn/texts.js';

/** Everything window, tray, terminal, undo card and report say in one language. */
export type Texts = SameKeys<typeof english>;

const TEXTS: Readonly<Record<Language, Texts>> = { 'en': english, 'zh-CN': chinese };

export function textsOf(language: Language): Texts {
  return TEXTS[language];
}
