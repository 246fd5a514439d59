import type { Language } from '../../contract/app-snapshot.js';
import type { AppTexts } from './app-topics.js';
import { app as english } from './en/app.js';
import { app as chinese } from './zh-cn/app.js';

/** What the tray app tells by itself. Loaded with the first event or dialog: most of the time there is none. */
export function appTextsOf(language: Language): AppTexts {
  switch (language) {
    case 'en':
      return english;
    case 'zh-CN':
      return chinese;
  }
}
