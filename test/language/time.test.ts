import { expect, test } from 'vitest';

import { languageOfLocale, parseLanguage } from '../../electron/core/language/language.js';
import { formatDuration, formatTime } from '../../electron/core/language/time.js';

test.each([
  [0, '0 s', '0 秒'],
  [400, '0 s', '0 秒'],
  [59_600, '1 min', '1 分钟'],
  [90_000, '1 min 30 s', '1 分钟 30 秒'],
  [3_600_000, '1 h', '1 小时'],
  [3_900_000, '1 h 5 min', '1 小时 5 分钟'],
  [90_000_000, '1 d 1 h', '1 天 1 小时'],
  [-5, '0 s', '0 秒'],
])('%d milliseconds are said %s and %s', (milliseconds, english, chinese) => {
  expect([formatDuration(milliseconds, 'en'), formatDuration(milliseconds, 'zh-CN')]).toEqual([english, chinese]);
});

test('a time of today shows no day, one of another day does', () => {
  const at = new Date(2026, 10, 23, 2, 14, 5).toISOString();
  expect(formatTime(at, new Date(2026, 10, 23, 23, 0).toISOString())).toBe('02:14:05');
  expect(formatTime(at, new Date(2026, 10, 24, 1, 0).toISOString())).toBe('2026-11-23 02:14:05');
  expect(formatTime(at, null)).toBe('2026-11-23 02:14:05');
  expect(formatTime('no time', null)).toBe('no time');
});

test.each([
  ['zh_CN.UTF-8', 'zh-CN'],
  ['zh-Hant-TW', 'zh-CN'],
  ['zh', 'zh-CN'],
  ['en_US.UTF-8', 'en'],
  ['de_DE', 'en'],
  ['C', 'en'],
  ['zha_CN', 'en'],
])('a system of the locale %s is spoken to in %s', (locale, language) => {
  expect(languageOfLocale(locale)).toBe(language);
});

test.each([
  ['en', 'en'],
  ['EN-us', 'en'],
  ['zh-CN', 'zh-CN'],
  ['zh_cn', 'zh-CN'],
  ['zh', 'zh-CN'],
  ['zh-TW', null],
  ['de', null],
  ['', null],
])('--lang %s asks for %s', (text, language) => {
  expect(parseLanguage(text)).toBe(language);
});
