import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { NOT_POSSIBLE, NOT_POSSIBLE_LATER } from '../harness/windows/kit-only.js';

const PAGE = readFileSync('docs/acceptance.md', 'utf8');

/** The cells of the list of what only a real Windows shows. */
function rows(): readonly (readonly string[])[] {
  const [, section = ''] = PAGE.split('\n## Kit only\n');
  const [list = ''] = section.split('\n## ');
  const lines = list.split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(1).map((line) => line.split('|').slice(1, -1));
}

it('every check that Wine cannot do is in the list of what only the kit shows, once, and every row says what not even the kit shows', () => {
  const named = rows().flatMap(([, checks = '']) => [...checks.matchAll(/`([a-z-]+\/[a-z-]+)`/g)].map(([, id]) => id!));
  const lacking = [...NOT_POSSIBLE, ...NOT_POSSIBLE_LATER];
  expect(named.filter((id) => lacking.includes(id)).sort()).toEqual([...lacking].sort());
  for (const cells of rows()) expect(cells.map((cell) => cell.trim()).filter((cell) => cell === '')).toEqual([]);
  expect(rows().every((cells) => cells.length === 3)).toBe(true);
});

it('what is named there beside those is a check of the kit', () => {
  const scenarios = ['launcher', 'second-part'];
  const others = rows().flatMap(([, checks = '']) => [...checks.matchAll(/`([a-z-]+)\/[a-z-]+`/g)].map(([, scenario]) => scenario!));
  const known = new Set([...NOT_POSSIBLE, ...NOT_POSSIBLE_LATER].map((id) => id.slice(0, id.indexOf('/'))));
  expect(others.filter((scenario) => !known.has(scenario) && !scenarios.includes(scenario))).toEqual([]);
});
