import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { bundleApp, bundleCli } from '../../build/bundle.mjs';
import { loadedAtOnce, modulesAtOnce } from '../harness/rules/loaded-at-once.js';

describe('the bundle of the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lync-drain-bundle-'));

  beforeAll(() => bundleCli(folder));

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('starts with at most 300 KB, with all that cli.cjs loads at once and the language it speaks', () => {
    const bytes = (name: string): number => statSync(join(folder, name)).size;
    const atOnce = loadedAtOnce('cli.cjs', (name) => readFileSync(join(folder, name), 'utf8'));
    expect(atOnce.length).toBeGreaterThan(1);
    expect(
      ['lync-drain.cjs', ...atOnce].reduce((sum, name) => sum + bytes(name), 0) + Math.max(bytes('en.cjs'), bytes('zh-cn.cjs')),
    ).toBeLessThanOrEqual(300 * 1024);
  });

  it('looks for the native library beside itself and nowhere else', async () => {
    const text = await readFile(join(folder, 'koffi.cjs'), 'utf8');
    expect(text).toContain('/koffi.node');
    expect(text).not.toContain('@koromix');
  });
});

describe('the bundle of the tray app', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lync-drain-bundle-'));
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const kilobytes = (...names: readonly string[]): number => names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0) / 1024;

  beforeAll(() => bundleApp(folder));

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('starts with at most 150 KB in the main process, with all that main.cjs loads at once', () => {
    expect(kilobytes(...loadedAtOnce('main.cjs', read))).toBeLessThanOrEqual(150);
  });

  it('keeps the preload script to 10 KB in one file, as the sandbox wants it', () => {
    expect(kilobytes('preload.cjs')).toBeLessThanOrEqual(10);
    expect(loadedAtOnce('preload.cjs', read)).toEqual(['preload.cjs']);
  });

  it('opens the window with at most 700 KB, with the language it speaks', () => {
    const languages = readdirSync(join(folder, 'renderer')).filter((name) => /^part-(en|zh-cn)-/.test(name));
    expect(languages).toHaveLength(2);
    for (const language of languages) {
      const scripts = modulesAtOnce(['window.js', language], (name) => read(`renderer/${name}`));
      expect(scripts.length).toBeGreaterThan(2);
      expect(kilobytes(...['index.html', ...scripts].map((name) => `renderer/${name}`))).toBeLessThanOrEqual(700);
    }
  });

  it('looks for the native library beside itself and nowhere else', () => {
    const text = read('koffi.cjs');
    expect(text).toContain('/koffi.node');
    expect(text).not.toContain('@koromix');
  });

  it('brings every part that one of its files names, and no other', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.cjs'));
    const named = files.flatMap((file) => [...read(file).matchAll(/"\.\/([^"]+\.cjs)"/g)].map(([, name]) => name!));
    expect([...new Set([...named, 'main.cjs', 'preload.cjs'])].sort()).toEqual(files.sort());
  });

  it('has each problem and its class once, so that a failure of one part is known in another', () => {
    const holding = readdirSync(folder).filter((name) => name.endsWith('.cjs') && /extends Error\b/.test(read(name)));
    expect(holding.filter((name) => /["']unknown-command["']:\w+\(1001,/.test(read(name)))).toHaveLength(1);
  });
});
