import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { dependencyFaults, type Manifest } from '../harness/rules/dependency-page.js';
import { missingPaths, pathsIn, scriptsIn } from '../harness/rules/documents.js';

/** Everything git would take, also what is not committed yet. */
const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\0')
  .filter((file) => file !== '' && existsSync(file));
const pages = files.filter((file) => file.endsWith('.md'));

describe('the paths in documents', () => {
  it('are read in prose, code, diagrams and commands', () => {
    const text =
      'See `electron/main.ts`.\n```mermaid\na["renderer/store"] --> b\n```\n`node build/bundle.mjs`, docs/pictures, `release/test/x`, https://a.example/docs/x.';
    expect(pathsIn(text)).toEqual(['electron/main.ts', 'renderer/store', 'build/bundle.mjs', 'docs/pictures']);
  });

  it('are refused if the repository does not have them, or if they do not begin at its root', () => {
    const have = ['electron/engine/engine.ts', 'electron/main.ts', 'test/bench/record.bench.ts', 'package.json'];
    const good = '`electron/engine`, `electron/engine/`, electron/{main,engine/engine}.ts, test/bench/*.bench.ts.';
    expect(missingPaths(good, have)).toEqual([]);
    expect(missingPaths('`electron/engine/gone.ts` and `engine/engine.ts`, electron/eng', have)).toEqual([
      'electron/engine/gone.ts',
      'electron/eng',
      'engine/engine.ts',
    ]);
  });

  it.each(pages)('lead to files and folders of the repository in %s', (page) => {
    expect(missingPaths(readFileSync(page, 'utf8'), files)).toEqual([]);
  });
});

describe('the npm scripts in documents', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly scripts: Readonly<Record<string, string>> };

  it('are read in code and commands', () => {
    expect(scriptsIn('`npm run test:unit`, then\n```\nnpm run bench -- --write\n```\nand npm run bench.')).toEqual(['test:unit', 'bench']);
  });

  it.each(pages)('are those of package.json in %s', (page) => {
    expect(scriptsIn(readFileSync(page, 'utf8')).filter((name) => !(name in scripts))).toEqual([]);
  });
});

describe('docs/dependencies.md', () => {
  it('has one line with a reason for each package in package.json, and no other', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
    expect(dependencyFaults(readFileSync('docs/dependencies.md', 'utf8'), manifest)).toEqual([]);
  });

  const manifest: Manifest = {
    dependencies: { drawing: '2.0.1' },
    devDependencies: { electron: '22.3.27', '@types/node': '16.18.126', tester: '1.0.0' },
  };
  const page = [
    ['', '## In what we ship', '', '| package | why |', '|---|---|', '| drawing | Draws |', '| electron 22 | Window |', ''],
    ['## For building and testing', '', '| package | why |', '|---|---|', '| tester, @types/node 16 | Tests |', ''],
  ]
    .flat()
    .join('\n');

  it.each([
    ['a page that is right', page, []],
    ['a package without a line', page.replace('| drawing | Draws |\n', ''), ['drawing: no line']],
    ['a package with two lines', page.replace('| tester,', '| tester | Tests |\n| tester,'), ['tester: 2 lines']],
    ['a line that is left over', page.replace('| drawing |', '| drawing, painter |'), ['painter: not in package.json']],
    ['a line without a reason', page.replace('Draws', ''), ['drawing: no reason']],
    [
      'a line in the wrong section',
      page.replace('| electron 22 | Window |\n', '').replace('| tester,', '| electron 22, tester,'),
      ['electron: no line', 'electron: not in package.json'],
    ],
    ['a version that is not installed', page.replace('electron 22', 'electron 2'), ['electron: 2 is named, 22.3.27 is installed']],
  ])('has the right faults found in %s', (_, text, faults) => {
    expect(dependencyFaults(text, manifest)).toEqual(faults);
  });
});

describe('docs/decisions', () => {
  const decisions = files.filter((file) => /^docs\/decisions\/\d/.test(file)).sort();
  const text = (file: string): string => readFileSync(file, 'utf8');

  it('are numbered from 1 without a gap', () => {
    expect(decisions.map((file) => Number(/\/(\d{4})-[a-z0-9-]+\.md$/.exec(file)?.[1]))).toEqual(decisions.map((_, index) => index + 1));
  });

  it.each(decisions)('have number, date, context, choice, alternatives and consequences in %s', (file) => {
    const number = Number(file.slice('docs/decisions/'.length).split('-')[0]);
    expect(text(file)).toMatch(new RegExp(`^# ${number}\\. .+\\n\\n20\\d\\d-\\d\\d-\\d\\d\\n`));
    const headings = [...text(file).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(['Context', 'Choice', 'Alternatives', 'Consequences']);
  });

  it('are all listed on their first page', () => {
    const listed = [...text('docs/decisions/README.md').matchAll(/\]\((\d{4}-[^)]+)\)/g)].map(([, name]) => `docs/decisions/${name}`);
    expect(listed).toEqual(decisions);
  });
});
