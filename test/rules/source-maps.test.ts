import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join, relative } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { bundleApp, bundleCli, compileCli } from '../../build/bundle.mjs';
import { readStack } from '../../build/read-stack.mjs';
import { listFiles } from '../../build/zip-folder.mjs';

const runFile = promisify(execFile);

/** Deep inside the record, a module of Node's fails unexpectedly. */
const PLANT = `
  const crypto = require('node:crypto');
  crypto.createHash = () => {
    throw new RangeError('planted');
  };`;

/** A place as `readStack` names it, and what stands there. */
function sourceAt(place: string): string {
  const [file = '', line] = place.split(':');
  return readFileSync(file, 'utf8').split('\n')[Number(line) - 1] ?? '';
}

/** The places of a stack that were found in our sources, innermost first. */
function placesIn(text: string): readonly string[] {
  return [...text.matchAll(/\b((?:electron|renderer)\/[\w./-]+:\d+:\d+)/g)].map(([, place = '']) => place);
}

describe('the source maps of what is shipped', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lync-drain-maps-'));
  const maps = join(folder, 'maps');
  const programs = join(folder, 'programs');

  beforeAll(async () => {
    await bundleCli(join(programs, 'cli'), join(maps, 'cli'));
    await bundleApp(join(programs, 'app'), join(maps, 'app'));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['as it was bundled', async () => undefined],
    ['as it was compiled in advance', () => compileCli(join(programs, 'cli'), process.execPath)],
  ])('lead from the log of the command line, %s, to the line that failed, through every part between', async (how, prepare) => {
    await prepare();
    const data = join(folder, how);
    writeFileSync(join(folder, 'plant.cjs'), PLANT);
    const args = [
      '--require',
      join(folder, 'plant.cjs'),
      join(programs, 'cli/lync-drain.cjs'),
      'drain',
      '--simulate',
      '--no-wait',
      '--data',
      data,
    ];
    await expect(runFile(process.execPath, args)).rejects.toMatchObject({ code: 1 });
    const { text, unknown } = await readStack(readFileSync(join(data, 'logs/lync-drain.log'), 'utf8'), maps);
    const places = placesIn(text);
    expect(unknown).toEqual([]);
    expect(text).toMatch(/^\S+ RangeError: planted\r\n {4}at /);
    expect(text).not.toMatch(/\.cjs:1:/);
    expect(places[0]).toMatch(/^electron\/adapters\/storage\/chain\.ts:/);
    expect(sourceAt(places[0] ?? '')).toContain("createHash('sha256')");
    // Each further place is the call that led there.
    expect(places.map((place) => place.split(':')[0])).toEqual(
      expect.arrayContaining([
        'electron/adapters/storage/run-files.ts',
        'electron/engine/execute-drain.ts',
        'electron/apps/cli/execute-order.ts',
      ]),
    );
    for (const place of places) expect([place, sourceAt(place)]).toEqual([place, expect.stringMatching(/\(/)]);
  });

  it.each([
    [
      'main process',
      'app/main.cjs',
      'C:\\Program Files (x86)\\Lync Drain\\resources\\app.asar\\main.cjs',
      'electron/main.ts',
      'requestSingleInstanceLock',
    ],
    ['window', 'app/renderer/window.js', 'lync-drain://window/window.js', 'renderer/window.tsx', 'index.html has no'],
    ['preload script', 'app/preload.cjs', '/opt/app.asar/preload.cjs', 'electron/preload.ts', 'exposeInMainWorld'],
  ])('lead from a place in the %s to its source', async (...[, program, path, source, word]) => {
    const lines = readFileSync(join(programs, program), 'utf8').split('\n');
    const line = lines.findIndex((text) => text.includes(word));
    const place = `${path}:${line + 1}:${(lines[line]?.indexOf(word) ?? 0) + 1}`;
    const { text } = await readStack(`Error: x\n    at q (${place})\n    at ${place}\n    at async ${place}\r\n`, maps);
    const [first = '', ...others] = placesIn(text);
    expect(first).toContain(`${source}:`);
    expect(sourceAt(first)).toContain(word);
    expect(text).toBe(`Error: x\n    at q (${first})\n    at ${first}\n    at async ${first}\r\n`);
    expect(others).toEqual([first, first]);
  });

  it('name sources of this tree by their paths in it, without their text, and stand in no program’s folder', async () => {
    // Packages that bring maps of their own name their sources as they like.
    const isOurs = (path: string): boolean => /^(electron|renderer)\//.test(path);
    const named = new Set<string>();
    const files = await listFiles(maps);
    expect(files.length).toBeGreaterThan(50);
    for (const name of files) {
      const { sources, sourcesContent } = JSON.parse(readFileSync(name, 'utf8')) as { sources: string[]; sourcesContent?: string[] };
      expect([name, sources.filter((path) => isAbsolute(path) || path.startsWith('..')), sourcesContent]).toEqual([name, [], undefined]);
      for (const path of sources.filter(isOurs)) named.add(path);
    }
    expect([...named].filter((path) => !existsSync(path))).toEqual([]);
    expect([...named]).toEqual(
      expect.arrayContaining([
        'electron/main.ts',
        'electron/preload.ts',
        'electron/cli.ts',
        'renderer/window.tsx',
        'electron/engine/record-reading.ts',
      ]),
    );
    const shipped = await listFiles(programs);
    expect(shipped.filter((name) => name.endsWith('.map'))).toEqual([]);
    for (const name of shipped.filter((file) => /\.c?js$/.test(file))) {
      expect([relative(programs, name), readFileSync(name, 'utf8').includes('sourceMappingURL=')]).toEqual([
        relative(programs, name),
        false,
      ]);
    }
  });

  it('are told from those of another build', async () => {
    const { text, mapped, unknown } = await readStack(
      'Error: x\n    at q (/cli/part-chunk-AAAAAAAA.cjs:1:2)\n    at node:internal/main:1:1',
      maps,
    );
    expect([mapped, unknown]).toEqual([0, ['part-chunk-AAAAAAAA.cjs']]);
    expect(text).toContain('part-chunk-AAAAAAAA.cjs:1:2');
    await expect(readStack('', programs)).rejects.toThrow('There are no source maps in');
  });
});
