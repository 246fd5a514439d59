import { describe, expect, it } from 'vitest';

import { findRefusals } from './linted.js';

const PURE = ['electron/contract/x.ts', 'electron/maintenance/x.ts', 'electron/language/x.ts', 'electron/lync/x.ts'];

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

  it('let only this-server.ts ask which system it runs on', async () => {
    const code = 'export const a = process.platform;\n';
    expect(await findRefusals('electron/engine/x.ts', code)).toEqual(['no-restricted-properties']);
    expect(await findRefusals('electron/cli/main.ts', code)).toEqual(['no-restricted-properties']);
    expect(await findRefusals('electron/this-server.ts', code)).toEqual([]);
  });

  it('let only this-server.ts ask Node for the name of the computer', async () => {
    const code = "import { hostname } from 'node:os';\nexport const a = hostname();\n";
    expect(await findRefusals('electron/shell/x.ts', code)).toEqual(['no-restricted-imports']);
    expect(await findRefusals('electron/service-control/win32/x.ts', code)).toEqual(['no-restricted-imports']);
    expect(await findRefusals('electron/this-server.ts', code)).toEqual([]);
    expect(await findRefusals('electron/shell/x.ts', code.replaceAll('hostname', 'homedir'))).toEqual([]);
  });

  it.each([
    ['any', 'export const a = (b: any): unknown => b;\n', '@typescript-eslint/no-explicit-any'],
    ['a non-null assertion', 'export const a = (b: string | null): string => b!;\n', '@typescript-eslint/no-non-null-assertion'],
    ['a default export', 'export default 1;\n', 'import-x/no-default-export'],
    ['a barrel', "export * from '../contract/problem.js';\n", 'no-restricted-syntax'],
    ['an enum', 'export enum A { b }\n', 'no-restricted-syntax'],
    ['printing', 'console.log(1);\n', 'no-console'],
    ['a long function', `export function a(): void {\n${'  void 0;\n'.repeat(50)}}\n`, 'max-lines-per-function'],
    ['a long file', 'void 0;\n'.repeat(301), 'max-lines'],
  ])('refuse %s', async (_, code, rule) => {
    expect(await findRefusals('electron/engine/x.ts', code)).toContain(rule);
  });
});
