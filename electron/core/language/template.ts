/**
 * Sentences with places, in a part of the ICU message syntax: `{name}`, `{name, plural, =0 {…} one {…} other {…}}` with `#`, and
 * `{name, select, a {…} other {…}}`. The full formatter of intl-messageformat costs a cold start 20 ms and 10 MB, more
 * than everything else the terminal does, so it only checks ours: a test fills every sentence with both.
 */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'place'; readonly name: string }
  | { readonly kind: 'number' }
  | {
      readonly kind: 'choice';
      readonly name: string;
      readonly by: 'plural' | 'select';
      readonly cases: ReadonlyMap<string, readonly Part[]>;
    };

/** What fills the places. */
export type Params = Readonly<Record<string, string | number>>;

/** Which plural form a number takes in a language. */
export type PluralRule = (count: number) => 'one' | 'other';

/** The case a `select` takes when its place was not given. */
const NOT_GIVEN = 'none';

interface Cursor {
  readonly template: string;
  at: number;
}

/** @throws SyntaxError where the template is not in the syntax above */
export function parseTemplate(template: string): readonly Part[] {
  const cursor: Cursor = { template, at: 0 };
  const parts = parseParts(cursor, false);
  if (cursor.at < template.length) throw refusal(cursor);
  return parts;
}

function parseParts(cursor: Cursor, isInPlural: boolean): readonly Part[] {
  const parts: Part[] = [];
  for (;;) {
    const text = take(cursor, isInPlural ? /[^{}#]*/y : /[^{}]*/y);
    if (text !== '') parts.push({ kind: 'text', text });
    const next = cursor.template[cursor.at];
    if (next === undefined || next === '}') return parts;
    cursor.at += 1;
    parts.push(next === '#' ? { kind: 'number' } : parsePlace(cursor));
  }
}

/** Reads what follows `{`, up to and with its `}`. */
function parsePlace(cursor: Cursor): Part {
  const name = take(cursor, /\w+/y);
  if (name === '') throw refusal(cursor);
  if (take(cursor, /\}/y) !== '') return { kind: 'place', name };
  const by = /plural|select/.exec(take(cursor, /\s*,\s*(plural|select)\s*,/y))?.[0];
  if (by !== 'plural' && by !== 'select') throw refusal(cursor);
  const cases = new Map<string, readonly Part[]>();
  while (take(cursor, /\s*\}/y) === '') {
    const key = take(cursor, /\s*=?[\w-]+\s*\{/y)
      .replace('{', '')
      .trim();
    if (key === '') throw refusal(cursor);
    cases.set(key, parseParts(cursor, by === 'plural'));
    if (take(cursor, /\}/y) === '') throw refusal(cursor);
  }
  if (!cases.has('other')) throw refusal(cursor);
  return { kind: 'choice', name, by, cases };
}

function take(cursor: Cursor, pattern: RegExp): string {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.template)?.[0] ?? '';
  cursor.at += found.length;
  return found;
}

function refusal(cursor: Cursor): SyntaxError {
  return new SyntaxError(`not a template at ${cursor.at}: ${cursor.template}`);
}

/** Fills the places. One that was not given shows as `?`: a sentence with a gap still helps, a crash at 2 am does not. */
export function fillParts(parts: readonly Part[], params: Params, plural: PluralRule, counted: string | number = '?'): string {
  return parts
    .map((part) => {
      switch (part.kind) {
        case 'text':
          return part.text;
        case 'place':
          return String(params[part.name] ?? '?');
        case 'number':
          return String(counted);
        case 'choice':
          return fillParts(chooseCase(part, params, plural), params, plural, params[part.name]);
      }
    })
    .join('');
}

function chooseCase(part: Extract<Part, { kind: 'choice' }>, params: Params, plural: PluralRule): readonly Part[] {
  const value = params[part.name];
  const keys = part.by === 'plural' ? [`=${value}`, plural(Number(value))] : [String(value ?? NOT_GIVEN)];
  for (const key of [...keys, 'other']) {
    const parts = part.cases.get(key);
    if (parts !== undefined) return parts;
  }
  return [];
}

/** Every place a template names, each once, in order of appearance. */
export function placesOf(parts: readonly Part[]): readonly string[] {
  const names = parts.flatMap((part) => {
    if (part.kind === 'place') return [part.name];
    if (part.kind === 'choice') return [part.name, ...[...part.cases.values()].flatMap(placesOf)];
    return [];
  });
  return [...new Set(names)];
}
