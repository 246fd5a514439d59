import { describe, expect, it } from 'vitest';

import { findRefusals } from '../harness/rules/linted.js';

const PURE = ['electron/contract/x.ts', 'electron/core/maintenance/x.ts', 'electron/core/language/x.ts', 'electron/core/catalogue/x.ts'];

describe('the rules of the code', () => {
  it.each(PURE)('keep Node, clocks and chance out of %s', async (file) => {
    const refused: Readonly<Record<string, string>> = {
      "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n": 'no-restricted-imports',
      "import { join } from 'path';\nexport const a = join;\n": 'no-restricted-imports',
      'export const a = Date.now();\n': 'no-restricted-syntax',
      'export const a = new Date();\n': 'no-restricted-syntax',
      'export const a = Math.random();\n': 'no-restricted-syntax',
      'setTimeout(() => 1, 1);\n': 'no-restricted-globals',
      'export const a = process.pid;\n': 'no-restricted-globals',
    };
    for (const [code, rule] of Object.entries(refused)) expect(await findRefusals(file, code), code).toEqual([rule]);
    expect(await findRefusals(file, "export const a = new Date('2026-11-23T02:14:05.123Z').getTime();\n")).toEqual([]);
  });

  it.each(['electron/ports/x.ts', 'electron/engine/x.ts', 'electron/apps/cli/x.ts', 'electron/apps/tray/x.ts'])(
    'have %s take its clock from outside',
    async (file) => {
      const refused: Readonly<Record<string, string>> = {
        'export const a = Date.now();\n': 'no-restricted-syntax',
        'export const a = new Date();\n': 'no-restricted-syntax',
        'export const a = performance.now();\n': 'no-restricted-globals',
        'setTimeout(() => 1, 1);\n': 'no-restricted-globals',
        'setInterval(() => 1, 1);\n': 'no-restricted-globals',
      };
      for (const [code, rule] of Object.entries(refused)) expect(await findRefusals(file, code), code).toEqual([rule]);
      expect(await findRefusals('electron/adapters/time/x.ts', 'setTimeout(() => 1, 1);\n')).toEqual([]);
    },
  );

  it('let only open-machine.ts ask which system it runs on', async () => {
    const code = 'export const a = process.platform;\n';
    expect(await findRefusals('electron/engine/x.ts', code)).toEqual(['no-restricted-properties']);
    expect(await findRefusals('electron/cli.ts', code)).toEqual(['no-restricted-properties']);
    expect(await findRefusals('electron/composition/open-machine.ts', code)).toEqual([]);
  });

  it('let only open-machine.ts ask Node for the name of the computer', async () => {
    const code = "import { hostname } from 'node:os';\nexport const a = hostname();\n";
    expect(await findRefusals('electron/apps/tray/x.ts', code)).toEqual(['no-restricted-imports']);
    expect(await findRefusals('electron/adapters/windows/services/x.ts', code)).toEqual(['no-restricted-imports']);
    expect(await findRefusals('electron/composition/open-machine.ts', code)).toEqual([]);
    expect(await findRefusals('electron/apps/tray/x.ts', code.replaceAll('hostname', 'homedir'))).toEqual([]);
  });

  it.each([
    ['any', 'export const a = (b: any): unknown => b;\n', '@typescript-eslint/no-explicit-any'],
    ['a non-null assertion', 'export const a = (b: string | null): string => b!;\n', '@typescript-eslint/no-non-null-assertion'],
    ['a default export', 'export default 1;\n', 'import-x/no-default-export'],
    ['a barrel', "export * from '../contract/problem.js';\n", 'no-restricted-syntax'],
    ['an enum', 'export enum A { b }\n', 'no-restricted-syntax'],
    ['printing', 'console.log(1);\n', 'no-console'],
    ['the private keyword', 'export class A {\n  private b = 1;\n}\n', 'no-restricted-syntax'],
    ['the private keyword at a method', 'export class A {\n  private b(): void {}\n}\n', 'no-restricted-syntax'],
    ['the private keyword at a parameter', 'export class A {\n  constructor(private readonly b: number) {}\n}\n', 'no-restricted-syntax'],
    ['another name for what is caught', 'try {\n  void 0;\n} catch (failure) {\n  void failure;\n}\n', 'no-restricted-syntax'],
    ['another name for what a promise throws', 'void Promise.resolve().catch((failure: unknown) => failure);\n', 'no-restricted-syntax'],
    ['a fifth parameter', 'export const a = (b: 1, c: 1, d: 1, e: 1, f: 1): unknown[] => [b, c, d, e, f];\n', 'max-params'],
    ['imports out of order', "import { b } from './b.js';\nimport { a } from './a.js';\n\nexport const c = [a, b];\n", 'import-x/order'],
    [
      'a package after a file',
      "import { b } from './b.js';\n\nimport react from 'react';\n\nexport const c = [b, react];\n",
      'import-x/order',
    ],
    ['a long function', `export function a(): void {\n${'  void 0;\n'.repeat(44)}}\n`, 'max-lines-per-function'],
    ['a long file', 'void 0;\n'.repeat(321), 'max-lines'],
  ])('refuse %s', async (_, code, rule) => {
    expect(await findRefusals('electron/engine/x.ts', code)).toContain(rule);
  });

  it('take the ways that stay: #members, a private constructor, error, four parameters, 45 lines', async () => {
    const code = [
      'export class A {\n  #b = 1;\n\n  private constructor() {\n    this.#b += 1;\n  }\n}\n',
      'try {\n  void 0;\n} catch (error) {\n  void error;\n}\nvoid Promise.resolve().catch((error: unknown) => error);\n',
      'export const a = (b: 1, c: 1, d: 1, e: 1): unknown[] => [b, c, d, e];\n',
      `export function f(): void {\n${'  void 0;\n'.repeat(43)}}\n`,
    ];
    for (const one of code) expect(await findRefusals('electron/engine/x.ts', one), one).toEqual([]);
  });
});
