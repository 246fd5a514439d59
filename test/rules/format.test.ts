import { check, getFileInfo, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';

import { isTooLong } from '../harness/rules/long-lines.js';

/** What `npm run check` says of the format of a file that need not exist. */
async function isFormatted(file: string, code: string): Promise<boolean> {
  const { ignored } = await getFileInfo(file, { ignorePath: '.prettierignore' });
  return !ignored && (await check(code, { ...(await resolveConfig(file)), filepath: file }));
}

const FILES = ['electron/engine/x.ts', 'renderer/app/pages/x.tsx', 'test/engine/x.test.ts', 'build/x.mjs'];

describe('the format', () => {
  it.each(FILES)('is asked of %s', async (file) => {
    expect(await isFormatted(file, "export const a = 'b';\n")).toBe(true);
    expect(await isFormatted(file, 'export const a = "b";\n')).toBe(false);
    expect(await isFormatted(file, "export const a = 'b'\n")).toBe(false);
    expect(await isFormatted(file, "export  const a = 'b';\n")).toBe(false);
    expect(await isFormatted(file, `export const a = [${'1_000, '.repeat(20)}1];\n`)).toBe(false);
  });

  it('leaves a sentence whole, however long', async () => {
    expect(await isFormatted('electron/core/language/en/x.ts', `export const a =\n  '${'word '.repeat(40)}';\n`)).toBe(true);
  });
});

describe('a line of code', () => {
  it('is too long over 140 columns, as a comment too', () => {
    expect(isTooLong(`const a = ${'b + '.repeat(32)}b;`)).toBe(false);
    expect(isTooLong(`const a = ${'b + '.repeat(33)}b;`)).toBe(true);
    expect(isTooLong(`// ${'word '.repeat(28)}`)).toBe(true);
    expect(isTooLong(` * says 'so' ${'word '.repeat(28)}`)).toBe(true);
  });

  it('may be as long as its sentences make it', () => {
    expect(isTooLong(`  'a-key': '${'word '.repeat(30)}',`)).toBe(false);
    expect(isTooLong(`  const a = \`${'word '.repeat(30)}\`;`)).toBe(false);
    expect(isTooLong(`  const a = 'word' + ${'b + '.repeat(33)}b;`)).toBe(true);
  });
});
