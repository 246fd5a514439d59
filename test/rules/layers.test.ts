import { existsSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';

import { describe, expect, it } from 'vitest';

import { GUARDED_PACKAGES, ZONES } from '../../build/layers.mjs';
import { findRefusals } from './linted.js';

/** Where each zone lives: its folder, or one file of it where the folder holds more than one zone. */
const PLACES: Readonly<Record<string, string>> = {
  contract: 'electron/contract',
  catalogue: 'electron/lync',
  maintenance: 'electron/maintenance',
  language: 'electron/language',
  'service-control': 'electron/service-control',
  sessions: 'electron/sessions',
  'record-ports': 'electron/ports/run-records.ts',
  'service-control-win32': 'electron/service-control/win32',
  'service-control-simulated': 'electron/service-control/simulated',
  'sessions-tcp': 'electron/sessions/tcp',
  'sessions-udp': 'electron/sessions/udp',
  'sessions-counters': 'electron/sessions/counters',
  'sessions-simulated': 'electron/sessions/simulated',
  record: 'electron/adapters/storage/chain.ts',
  powershell: 'electron/lync/powershell',
  logging: 'electron/logging',
  engine: 'electron/engine',
  report: 'electron/report',
  cli: 'electron/cli',
  shell: 'electron/shell',
  'shell-win32': 'electron/shell/win32',
  renderer: 'renderer',
  'this-server': 'electron/composition/this-server.ts',
  'cli-root': 'electron/cli.ts',
  'app-root': 'electron/main.ts',
  preload: 'electron/preload.ts',
};

const COMPOSITION_ROOT_FILES = new Set(['main.ts', 'walk.ts']);
const zoneNames = Object.keys(ZONES);
const writtenZones = zoneNames.filter((zone) => fileOf(zone) !== undefined);

describe('the layers', () => {
  it('have a place for every zone', () => {
    expect(Object.keys(PLACES).sort()).toEqual([...zoneNames].sort());
  });

  it.each(zoneNames)('let %s import what the map allows and refuse every other zone', async (from) => {
    const allowed = [from, ...ZONES[from]!.imports];
    for (const to of writtenZones.filter((zone) => fileOf(zone) !== importerIn(from))) {
      const refusals = await findRefusals(importerIn(from), importOf(importerIn(from), fileOf(to)!));
      const expected = allowed.includes(to) ? [] : ['boundaries/dependencies'];
      // A wrong arrow between files that exist may close a cycle as well.
      expect(refusals.filter((rule) => rule !== 'import-x/no-cycle'), `${from} → ${to}`).toEqual(expected);
    }
  });

  it.each(zoneNames)('keep guarded packages out of %s unless it is their place', async (from) => {
    for (const name of Object.keys(GUARDED_PACKAGES)) {
      const expected = ZONES[from]!.packages?.includes(name) === true ? [] : ['no-restricted-imports', 'no-restricted-syntax'];
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

  it('refuse a file that belongs to no zone', async () => {
    expect(await findRefusals('electron/elsewhere/x.ts', 'export const a = 1;\n')).toEqual(['boundaries/no-unknown-files']);
  });
});

/** A file of the zone that an import can be resolved to, where the zone has one already. */
function fileOf(zone: string): string | undefined {
  const place = PLACES[zone]!;
  if (place.endsWith('.ts')) return existsSync(place) ? place : undefined;
  const name = existsSync(place) ? readdirSync(place).find((one) => /\.tsx?$/.test(one) && !COMPOSITION_ROOT_FILES.has(one)) : undefined;
  return name === undefined ? undefined : posix.join(place, name);
}

/** A file of the zone to import from; it need not exist. */
function importerIn(zone: string): string {
  const place = PLACES[zone]!;
  return place.endsWith('.ts') ? place : join(place, 'importer.ts');
}

function importOf(importer: string, target: string): string {
  const path = posix.relative(posix.dirname(importer), target).replace(/\.tsx?$/, '.js');
  return `import { a } from '${path.startsWith('.') ? path : `./${path}`}';\nexport const b = a;\n`;
}
