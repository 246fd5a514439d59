import type { Language } from '../../../electron/contract/app-snapshot.js';
import { pack as english } from '../../../renderer/store/languages/en.js';
import { pack as chinese } from '../../../renderer/store/languages/zh-cn.js';
import { createTexts, type WindowMessages } from '../../../renderer/store/texts.js';

/** What the window says, for tests that look for it. */
export function textsIn(language: Language): WindowMessages {
  return createTexts(language, language === 'en' ? english : chinese);
}
