import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { loadedAtOnce } from '../harness/rules/loaded-at-once.js';
import type { BenchRow } from './table.js';

const APP = resolve('release/app');
const CLI = resolve('release/cli');

/** What we ship, minified. test/rules holds the same limits. */
export async function measureBundles(): Promise<readonly BenchRow[]> {
  const size = (topic: string, limit: number, ...files: readonly string[]): BenchRow => {
    const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
    return { topic: `size of ${topic}`, unit: 'KB', measured: bytes / 1024, floor: null, limit };
  };
  const atOnce = loadedAtOnce('main.cjs', (name) => readFileSync(join(APP, name), 'utf8'));
  return [
    size(
      'the command line, with all it loads at once',
      300,
      join(CLI, 'lync-drain.cjs'),
      ...loadedAtOnce('cli.cjs', (name) => readFileSync(join(CLI, name), 'utf8')).map((name) => join(CLI, name)),
      join(CLI, 'en.cjs'),
    ),
    size('the main process, with all it loads at once', 150, ...atOnce.map((name) => join(APP, name))),
    size('the preload script', 10, join(APP, 'preload.cjs')),
    size('the window', 700, join(APP, 'renderer/window.js')),
  ];
}
