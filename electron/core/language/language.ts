import type { Language } from '../../contract/app-snapshot.js';

/** Reads a language from what a user wrote; null where it is none of ours. */
export function parseLanguage(text: string): Language | null {
  if (/^en([-_.]|$)/i.test(text)) return 'en';
  if (/^zh([-_.](cn|hans|sg).*)?$/i.test(text)) return 'zh-CN';
  return null;
}

/**
 * The language to speak, for a system's locale such as `zh_CN.UTF-8`, `zh-Hant-TW` or `C`: any Chinese is better served
 * by Simplified Chinese than by English; all others read English.
 */
export function languageOfLocale(locale: string): Language {
  return /^zh([-_.]|$)/i.test(locale) ? 'zh-CN' : 'en';
}
