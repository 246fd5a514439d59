import type { Language } from '../../electron/contract/app-snapshot.js';
import type { LanguagePack } from './language-pack.js';

/** Reads a language's file; each is read when it is first spoken. */
export async function loadLanguage(language: Language): Promise<LanguagePack> {
  switch (language) {
    case 'en':
      return (await import('./languages/en.js')).pack;
    case 'zh-CN':
      return (await import('./languages/zh-cn.js')).pack;
  }
}
