import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { windowTexts as english } from '../../electron/core/language/en/window.js';
import { parseTemplate, placesOf } from '../../electron/core/language/template.js';
import { windowTexts as chinese } from '../../electron/core/language/zh-cn/window.js';

const RENDERER = fileURLToPath(new URL('../../renderer', import.meta.url));

function readSources(folder = RENDERER): string {
  const texts = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return readSources(path);
    return /\.tsx?$/.test(entry.name) ? readFileSync(path, 'utf8') : '';
  });
  return texts.join('\n');
}

describe('the texts of the window', () => {
  it.each(Object.keys(english) as (keyof typeof english)[])('%s has the same places in both languages', (id) => {
    // Chinese has one form for all numbers, so what only picks the English form has no place there.
    const onlyPicksForm = (place: string): boolean => new RegExp(`\\{${place}, plural, [^#]*$`).test(english[id]);
    const places = (text: string): readonly string[] => [...placesOf(parseTemplate(text))].filter((place) => !onlyPicksForm(place)).sort();
    expect(places(chinese[id])).toEqual(places(english[id]));
  });

  it('are all said somewhere', () => {
    const sources = readSources();
    const families = [...sources.matchAll(/t\(`([a-z-]*)\$\{[^}]*\}([a-z-]*)`/g)].map(
      ([, begin = '', end = '']) => new RegExp(`^${begin}[a-z0-9-]+${end}$`),
    );
    const unsaid = Object.keys(english).filter((id) => !sources.includes(`'${id}'`) && !families.some((family) => family.test(id)));
    expect(unsaid).toEqual([]);
  });
});
