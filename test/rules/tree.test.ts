import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { isTooLong } from '../harness/rules/long-lines.js';

/** Everything git would take, also what is not committed yet. */
const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\0')
  .filter((file) => file !== '' && existsSync(file));
const code = files.filter((file) => /\.(ts|tsx|mjs|c|h)$/.test(file));
const pages = files.filter((file) => file.endsWith('.md'));
const GENERATED = new Set(['package-lock.json']);
const BINARY = new Set(['.png', '.ico', '.exe', '.dll', '.node', '.ttf']);
const texts = files.filter((file) => !GENERATED.has(file) && !BINARY.has(extname(file)));

/** Where files under test/ may be that are no tests: what serves them, and what is data or a program of one of them. */
const HOMES = ['test/harness/', 'test/bench/', 'test/powershell/', 'test/golden/'];
const isTest = (file: string): boolean => /\.(test|pictures)\.tsx?$|\/tsconfig\.json$/.test(file);

describe('the tree', () => {
  it('is not empty', () => {
    expect(code.length).toBeGreaterThan(20);
  });

  it('keeps files to 320 lines of code, and those of tests to 520', () => {
    const isCode = (line: string): boolean => !/^\s*(\/\/|\/?\*|$)/.test(line);
    const limitOf = (file: string): number => (file.startsWith('test/') ? 520 : 320);
    expect(code.filter((file) => linesOf(file).filter(isCode).length > limitOf(file))).toEqual([]);
  });

  it('has no line of code over 140 columns but for sentences', () => {
    expect(code.flatMap((file) => linesOf(file).flatMap((line, index) => (isTooLong(line) ? [`${file}:${index + 1}`] : [])))).toEqual([]);
  });

  it('keeps whatever serves tests in one place, test/harness', () => {
    expect(files.filter((file) => file.startsWith('test/') && !isTest(file) && !HOMES.some((home) => file.startsWith(home)))).toEqual([]);
  });

  it('names files in kebab-case', () => {
    const isKebab = (file: string): boolean => /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/.test(basename(file));
    expect(code.filter((file) => !isKebab(file))).toEqual([]);
  });

  it('has no file whose name says nothing', () => {
    // The service (control) manager is Windows' own word for it.
    const empty = /(^|[-.])(utils?|helpers?|(?<!service-|control-)managers?|misc|common|shared|index)([-.]|$)/;
    expect(code.filter((file) => empty.test(basename(file)))).toEqual([]);
  });

  it('links only to files that are there', () => {
    const broken = pages.flatMap((page) =>
      [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)]
        .map((link) => link[1]!)
        .filter((target) => !existsSync(join(dirname(page), decodeURIComponent(target))))
        .map((target) => `${page}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('knows nothing of the machine it was written on', () => {
    // Written in pieces, so that this file does not find itself.
    const local = new RegExp(['/wo' + 'rk/', '/ro' + 'ot/', '/ho' + 'me/[a-z]', '\\.libr' + 'ary/'].join('|'));
    expect(linesMatching(local)).toEqual([]);
  });

  it('names no package registry', () => {
    const registries = new RegExp(
      ['registry\\.np' + 'mjs', 'py' + 'pi\\.org', 'pythonho' + 'sted', 'deb\\.debi' + 'an\\.org', 'npmmir' + 'ror'].join('|'),
    );
    expect(linesMatching(registries)).toEqual([]);
  });

  it('leaves no focused and no skipped test behind', () => {
    const marks = new RegExp('\\b(it|describe|test)\\.(on' + 'ly|sk' + 'ip|to' + 'do)\\b');
    expect(linesMatching(marks).filter((place) => place.includes('.test.ts:'))).toEqual([]);
  });
});

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8').trimEnd().split('\n');
}

/** "file:number" of every line that matches. */
function linesMatching(pattern: RegExp): string[] {
  return texts.flatMap((file) => linesOf(file).flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}`] : [])));
}
