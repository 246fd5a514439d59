import type { Language } from '../../contract/app-snapshot.js';
import { ends as englishEnds } from './en/ends.js';
import { help as englishHelp } from './en/help.js';
import { terminal as englishTerminal } from './en/terminal.js';
import { walk as englishWalk } from './en/walk.js';
import type { SameKeys } from './topics.js';
import { ends as chineseEnds } from './zh-cn/ends.js';
import { help as chineseHelp } from './zh-cn/help.js';
import { terminal as chineseTerminal } from './zh-cn/terminal.js';
import { walk as chineseWalk } from './zh-cn/walk.js';

/** What only the terminal says; apart from the other texts, because the window does not carry it. */
export type TerminalTexts = SameKeys<typeof englishTerminal> & {
  readonly ends: SameKeys<typeof englishEnds>;
  readonly help: SameKeys<typeof englishHelp>;
  readonly walk: SameKeys<typeof englishWalk>;
};

/** Asked for at each use: each language is a file of its own, read when it is first spoken. */
export function terminalTextsOf(language: Language): TerminalTexts {
  switch (language) {
    case 'en':
      return { ...englishTerminal, ends: englishEnds, help: englishHelp, walk: englishWalk };
    case 'zh-CN':
      return { ...chineseTerminal, ends: chineseEnds, help: chineseHelp, walk: chineseWalk };
  }
}
