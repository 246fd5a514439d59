import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

import { describe, expect, it } from 'vitest';

import { folderOf, GUARDED_PACKAGES, ROOMS } from '../../build/layers.mjs';
import { layerFiles } from '../../build/write-layers.mjs';
import { findRefusals } from '../harness/rules/linted.js';

const rooms = Object.keys(ROOMS);

describe('the layers', () => {
  it('have their compiler projects and the table of the documents from the map', async () => {
    for (const [file, text] of await layerFiles()) {
      expect(readFileSync(file, 'utf8'), `${file}: run node build/write-layers.mjs`).toBe(text);
    }
  });

  it('let no room import one that stands below it', () => {
    for (const [place, room] of rooms.entries()) {
      for (const other of ROOMS[room]!.imports) expect(rooms.indexOf(other), `${room} → ${other}`).toBeLessThan(place);
    }
  });

  it.each(rooms)('let %s import what the map allows and refuse every other room', async (from) => {
    const allowed = [from, ...ROOMS[from]!.imports];
    for (const to of rooms.filter((room) => fileOf(room) !== importerIn(from))) {
      const refusals = await findRefusals(importerIn(from), importOf(importerIn(from), fileOf(to)));
      const expected = allowed.includes(to) ? [] : ['boundaries/dependencies'];
      // A wrong arrow between files that exist may close a cycle as well.
      expect(
        refusals.filter((rule) => rule !== 'import-x/no-cycle'),
        `${from} → ${to}`,
      ).toEqual(expected);
    }
  });

  it.each(rooms)('keep guarded packages out of %s unless it is their place', async (from) => {
    for (const name of Object.keys(GUARDED_PACKAGES)) {
      const expected = ROOMS[from]!.packages?.includes(name) === true ? [] : ['no-restricted-imports', 'no-restricted-syntax'];
      const code = `import { a } from '${name}';\nexport const b = [a, import('${name}')];\n`;
      expect(await findRefusals(importerIn(from), code), `${from} → ${name}`).toEqual(expected);
    }
  });

  it('refuse an import from the tests', async () => {
    const code = importOf('electron/engine/x.ts', 'test/bench/table.ts');
    expect(await findRefusals('electron/engine/x.ts', code)).toEqual(['boundaries/dependencies']);
  });

  it('refuse a cycle', async () => {
    // plan.ts imports start-hold.ts.
    const code = importOf('electron/core/maintenance/start-hold.ts', 'electron/core/maintenance/plan.ts');
    expect(await findRefusals('electron/core/maintenance/start-hold.ts', code)).toEqual(['import-x/no-cycle']);
  });

  it('refuse a file that belongs to no room', async () => {
    expect(await findRefusals('electron/elsewhere/x.ts', 'export const a = 1;\n')).toEqual(['boundaries/no-unknown-files']);
  });
});

/** A file of the room that an import can be resolved to. */
function fileOf(room: string): string {
  const [named] = ROOMS[room]!.files ?? [];
  return posix.join(folderOf(room), named ?? readdirSync(folderOf(room)).find((one) => /\.tsx?$/.test(one))!);
}

/** A file of the room to import from; it need not exist. */
function importerIn(room: string): string {
  const [named] = ROOMS[room]!.files ?? [];
  return posix.join(folderOf(room), named ?? 'importer.ts');
}

function importOf(importer: string, target: string): string {
  const path = posix.relative(posix.dirname(importer), target).replace(/\.tsx?$/, '.js');
  return `import { a } from '${path.startsWith('.') ? path : `./${path}`}';\nexport const b = a;\n`;
}
