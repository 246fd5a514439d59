import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';

import { MESSAGE_IDS, MESSAGE_PLACES } from '../../electron/contract/message-places.js';
import { PROBLEM_IDS, PROBLEMS } from '../../electron/contract/problem.js';
import { LANGUAGES } from '../../electron/contract/settings.js';
import { createMessages } from '../../electron/core/language/messages.js';
import { parseTemplate, placesOf } from '../../electron/core/language/template.js';
import { terminalTextsOf } from '../../electron/core/language/terminal-texts.js';
import { textsOf } from '../../electron/core/language/texts.js';

/** Every sentence of a language by its path, for example `problems.leak.next`. */
function sentencesOf(value: unknown, path = ''): [path: string, sentence: string][] {
  if (typeof value === 'string') return [[path, value]];
  return Object.entries(value as object).flatMap(([key, inner]) => sentencesOf(inner, path === '' ? key : `${path}.${key}`));
}

const allOf = (language: (typeof LANGUAGES)[number]) => [...sentencesOf(textsOf(language)), ...sentencesOf(terminalTextsOf(language))];
const placesIn = (template: string) => [...placesOf(parseTemplate(template))];

describe('both languages', () => {
  test('name the same places in every sentence', () => {
    const chinese = new Map(allOf('zh-CN'));
    for (const [path, sentence] of allOf('en')) {
      expect([path, ...placesIn(chinese.get(path) ?? '').sort()]).toEqual([path, ...placesIn(sentence).sort()]);
    }
    expect(chinese.size).toBe(allOf('en').length);
  });

  test('never leave a Chinese sentence in English', () => {
    const english = new Map(allOf('en'));
    const untranslated = allOf('zh-CN').filter(
      ([path, sentence]) => sentence === english.get(path) && /[a-z]{4,} [a-z]{2,}/.test(sentence),
    );
    expect(untranslated).toEqual([]);
  });
});

describe.each(LANGUAGES)('the %s texts', (language) => {
  test('are said as the full ICU formatter says them, for one, none and many', () => {
    const messages = createMessages(language);
    for (const [path, template] of allOf(language)) {
      for (const value of [0, 1, 2, 21]) {
        const params = Object.fromEntries(placesIn(template).map((place) => [place, value]));
        expect([path, messages.format(template, params)]).toEqual([path, new IntlMessageFormat(template, language).format(params)]);
      }
    }
  });

  test.each(PROBLEM_IDS)('tell %s with nothing but its own params, and all that are not optional', (id) => {
    const { happened, next } = textsOf(language).problems[id];
    const known = PROBLEMS[id].places.map((place) => place.replace('?', ''));
    expect(known).toEqual(expect.arrayContaining(placesIn(happened + next)));
    const always = PROBLEMS[id].places.filter((place) => !place.endsWith('?'));
    const said = createMessages(language).problem({ id, params: Object.fromEntries(always.map((place) => [place, 'x'])) });
    expect(said.happened + said.next).not.toMatch(/[{}]|\s\?\s/);
    expect(said.happened.length * said.next.length).toBeGreaterThan(0);
  });

  test('tell every message with nothing but its own params', () => {
    for (const id of MESSAGE_IDS) {
      const known = MESSAGE_PLACES[id].map((place) => place.replace('?', ''));
      expect([id, ...known]).toEqual(expect.arrayContaining([id, ...placesIn(textsOf(language).messages[id])]));
    }
  });

  test('end every sentence about a problem like a sentence', () => {
    for (const { happened, next } of Object.values(textsOf(language).problems)) {
      expect(happened).toMatch(/[.?。？}]$/);
      expect(next).toMatch(/[.?。？}]$/);
    }
  });

  test('keep to plain characters in English, so that any console shows them', () => {
    if (language === 'en') {
      for (const [path, sentence] of allOf('en')) expect([path, sentence]).toEqual([path, sentence.replace(/[^\x20-\x7e\n]/g, '')]);
    }
  });
});

describe('speech', () => {
  test('says Windows terms for ids', () => {
    const zh = createMessages('zh-CN');
    expect(zh.message({ id: 'blocks-start-type', params: { serviceName: 'RTCSRV', startType: 'auto-delayed' } })).toBe(
      'RTCSRV 的启动类型为自动(延迟启动)。重新启动后它会再次接受呼叫。',
    );
    expect(createMessages('en').message({ id: 'blocks-not-paused', params: { serviceName: 'RTCSRV', state: 'running' } })).toBe(
      'RTCSRV is not paused: Running.',
    );
  });

  test('says one session and two sessions', () => {
    const en = createMessages('en');
    expect(en.message({ id: 'blocks-sessions', params: { count: 1 } })).toBe('1 session still runs.');
    expect(en.message({ id: 'blocks-sessions', params: { count: 2 } })).toBe('2 sessions still run.');
  });

  test('lets no escape sequence of a foreign name through', () => {
    const said = createMessages('en').problem({ id: 'unknown-service', params: { name: 'A\u001b[2J\u202eB\n' } });
    expect(said.happened).toContain('"A [2J B "');
  });
});
