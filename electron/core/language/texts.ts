import type { Language } from '../../contract/app-snapshot.js';
import { english } from './en/texts.js';
import type { SameKeys } from './topics.js';
import { chinese } from './zh-cn/texts.js';

/** Everything window, tray, terminal, undo card and report say in one language. */
export type Texts = SameKeys<typeof english>;

/** The same without the documents, which the window does not write. */
export type SpokenTexts = Omit<Texts, 'undoCard' | 'report'>;

/** Asked for at each use: in the tray app each language is a file of its own, read when it is first spoken. */
export function textsOf(language: Language): Texts {
  switch (language) {
    case 'en':
      return english;
    case 'zh-CN':
      return chinese;
  }
}
