import type { Language } from '../../contract/app-snapshot.js';
import type { TrayTexts } from './app-topics.js';
import { tray as english } from './en/tray.js';
import { tray as chinese } from './zh-cn/tray.js';

/** What the icon and its menu say. Apart from the other texts, because the app draws them at once, and the terminal never. */
export function trayTextsOf(language: Language): TrayTexts {
  switch (language) {
    case 'en':
      return english;
    case 'zh-CN':
      return chinese;
  }
}
