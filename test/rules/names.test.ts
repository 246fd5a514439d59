import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { findNamesDeclaredTwice, type SourceText } from '../harness/rules/declared-twice.js';
import { findUnreadMembers } from '../harness/rules/unread-members.js';

function productFiles(): readonly SourceText[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', 'electron', 'renderer'], {
    encoding: 'utf8',
  }).split('\0');
  const paths = listed.filter((path) => /\.tsx?$/.test(path) && existsSync(path));
  return paths.map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

describe('exported names', () => {
  it('are declared in one file each, types included', () => {
    const files = productFiles();
    expect(files.length).toBeGreaterThan(200);
    expect(findNamesDeclaredTwice(files)).toEqual([]);
  });

  it.each([
    ['two functions', 'export function a(): void {}', 'export async function a(): Promise<void> {}'],
    ['a type and a component', 'export type a = 1;', 'export function a(): null { return null; }'],
    ['a class and an interface', 'export class a {}', 'export interface a { readonly b: 1 }'],
    ['one of two constants', 'export const a = 1;', 'export const b = 1, a = 2;'],
    ['a name taken out of an object', 'export const { b: a } = { b: 1 };', 'export const a = 1;'],
    ['a list of exports', 'const a = 1;\nexport { a };', 'const b = 1;\nexport { b as a };'],
  ])('are refused in a second file: %s', (_, first, second) => {
    const found = findNamesDeclaredTwice([
      { path: 'electron/engine/one.ts', text: first },
      { path: 'renderer/two.tsx', text: second },
    ]);
    expect(found).toEqual(['a: electron/engine/one.ts renderer/two.tsx']);
  });

  it('may be imported, kept to one file, or overloaded', () => {
    const found = findNamesDeclaredTwice([
      { path: 'electron/one.ts', text: 'export function a(b: 1): void;\nexport function a(b: 2): void;\nexport function a(): void {}' },
      { path: 'electron/two.ts', text: "import { a } from './one.js';\nconst b = a;\nexport type C = typeof b;" },
      { path: 'electron/three.ts', text: 'const a = 1;\ninterface C { readonly d: typeof a }' },
    ]);
    expect(found).toEqual([]);
  });

  it('are the same in both languages, which declare the same sentences, and nowhere else', () => {
    const english = { path: 'electron/core/language/en/tray.ts', text: 'export const tray = {};' };
    const chinese = { path: 'electron/core/language/zh-cn/tray.ts', text: 'export const tray = {};' };
    expect(findNamesDeclaredTwice([english, chinese])).toEqual([]);
    const third = { path: 'electron/core/language/zh-cn/app.ts', text: 'export const tray = {};' };
    expect(findNamesDeclaredTwice([english, chinese, third])).toHaveLength(1);
  });
});

/** What a running app says of itself to its window is an outside face, also where the window does not show it. */
const TOLD_TO_THE_WINDOW = 'startedAt: electron/contract/app-snapshot.ts';

describe('members', () => {
  it('are read by the product, not by tests alone', () => {
    expect(findUnreadMembers(productFiles()).filter((line) => line !== TOLD_TO_THE_WINDOW)).toEqual([]);
  });

  it.each([
    ['a property', 'export interface A { readonly b: number; readonly c: number }\nexport const d = (a: A) => a.c;', 'b: electron/a.ts'],
    ['a method', 'export class A { b(): void {} }', 'b: electron/a.ts'],
    ['a value that is only set', 'export interface A { readonly b: number }\nexport const c: A = { b: 1 };', 'b: electron/a.ts'],
  ])('are refused where nothing reads them: %s', (_, text, found) => {
    expect(findUnreadMembers([{ path: 'electron/a.ts', text }])).toEqual([found]);
  });
});
