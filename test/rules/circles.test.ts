import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

import ts from 'typescript';
import { describe, expect, it } from 'vitest';

type Graph = ReadonlyMap<string, readonly string[]>;

/** What each source file imports of the others, also types only, which the linter's rule of cycles passes over. */
function readGraph(): Graph {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', 'electron', 'renderer'], {
    encoding: 'utf8',
  }).split('\0');
  const files = new Set(listed.filter((file) => /\.tsx?$/.test(file) && existsSync(file)));
  return new Map([...files].map((file) => [file, importsOf(file, files)]));
}

function importsOf(file: string, files: ReadonlySet<string>): readonly string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'));
  return importedFiles.flatMap(({ fileName }) => {
    const path = posix.join(posix.dirname(file), fileName).replace(/\.js$/, '');
    const found = [`${path}.ts`, `${path}.tsx`].find((one) => files.has(one));
    return found === undefined ? [] : [found];
  });
}

/** @returns a file of each circle with the way back to it */
function findCircles(graph: Graph): readonly string[] {
  const done = new Set<string>();
  const way: string[] = [];
  const found: string[] = [];
  const visit = (file: string): void => {
    const at = way.indexOf(file);
    if (at >= 0) found.push([...way.slice(at), file].join(' → '));
    if (at >= 0 || done.has(file)) return;
    way.push(file);
    for (const next of graph.get(file) ?? []) visit(next);
    way.pop();
    done.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return found;
}

describe('the imports', () => {
  it('make no circle, also not of types', () => {
    const graph = readGraph();
    expect(graph.size).toBeGreaterThan(300);
    expect(findCircles(graph)).toEqual([]);
  });

  it('are refused where they make one', () => {
    const graph = new Map([
      ['a.ts', ['b.ts']],
      ['b.ts', ['c.ts']],
      ['c.ts', ['b.ts']],
    ]);
    expect(findCircles(graph)).toEqual(['b.ts → c.ts → b.ts']);
  });
});
