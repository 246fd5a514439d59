import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';

import { fillParts, parseTemplate, placesOf, type Params } from '../../electron/core/language/template.js';

const ENGLISH = (count: number): 'one' | 'other' => (count === 1 ? 'one' : 'other');
const fill = (template: string, params: Params = {}) => fillParts(parseTemplate(template), params, ENGLISH);

const CASES: readonly (readonly [template: string, params: Params])[] = [
  ['nothing to fill', {}],
  ['{a} and {b}', { a: 'one', b: 2 }],
  ['{n, plural, one {# session} other {# sessions}} left', { n: 1 }],
  ['{n, plural, one {# session} other {# sessions}} left', { n: 7 }],
  ['{n, plural, one {# session} other {# sessions}} left', { n: 0 }],
  ['{n, plural, =0 {none} one {one} other {many}}', { n: 0 }],
  ['{s, select, none {} other { ({s})}}', { s: 'x' }],
  ['{s, select, none {nothing} other {something}}', { s: 'none' }],
  ['{n, plural, one {{s, select, a {A #} other {B #}}} other {no}}', { n: 1, s: 'a' }],
  ['a # outside a plural, it’s text', {}],
];

describe('a template', () => {
  test.each(CASES)('says %j as the full ICU formatter does', (template, params) => {
    expect(fill(template, params)).toBe(new IntlMessageFormat(template, 'en').format(params));
  });

  test('shows a question mark for a place that was not given, and takes the case "none" of a choice', () => {
    expect(fill('{a}: {s, select, none {no} other {yes}}, {n, plural, one {#} other {# x}}')).toBe('?: no, ? x');
  });

  test('never reads a value as a template', () => {
    expect(fill('{a}', { a: '{b} # {c, plural, other {}}' })).toBe('{b} # {c, plural, other {}}');
  });

  test.each(['{', '}', '{a', '{a b}', '{a, number}', '{n, plural, one {x}}', '{n, plural, other {x}', '{, select, other {}}', 'a } b'])(
    'refuses %j',
    (template) => {
      expect(() => parseTemplate(template)).toThrow(SyntaxError);
    },
  );

  test('names its places once each', () => {
    expect(placesOf(parseTemplate('{a} {n, plural, one {{b}} other {{a}}}'))).toEqual(['a', 'n', 'b']);
  });
});
