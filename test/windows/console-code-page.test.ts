import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { describeWhere } from '../harness/describe-where.js';
import { bundleForWindows, type WindowsScript } from '../harness/windows/windows-node.js';
import { WindowsServer } from '../harness/windows/windows-server.js';
import { WINDOWS, windowsPath } from '../harness/windows/wine.js';

describeWhere(WINDOWS)('text for a program that reads the code page of the console', () => {
  let server: WindowsServer;
  let script: WindowsScript;

  beforeAll(async () => {
    server = await WindowsServer.start();
    script = await bundleForWindows(server, 'test/harness/windows/encode-text.ts');
  });
  afterAll(() => server.stop());

  const encode = async (text: string, ...codePages: readonly number[]) => {
    const file = join(server.folder, 'encoded.json');
    const { exitCode, stderr } = await server.run(script.program, [...script.args, windowsPath(file), text, ...codePages.map(String)]);
    expect([exitCode, stderr]).toEqual([0, '']);
    return JSON.parse(readFileSync(file, 'utf8')) as { readonly encoded: readonly string[]; readonly hasCodePage: boolean };
  };

  it.each([
    // Bytes as Microsoft's tables of the code pages have them (unicode.org, MAPPINGS/VENDORS/MICSFT).
    ['é', 437, '\x82'],
    ['é', 850, '\x82'],
    ['é', 1252, '\xe9'],
    ['П', 866, '\x8f'],
    ['维护', 936, '\xce\xac\xbb\xa4'],
    ['维护', 65_001, Buffer.from('维护', 'utf8').toString('latin1')],
    ['plain text\r\n', 437, 'plain text\r\n'],
    ['', 850, ''],
  ])('writes %j in code page %i', async (text, codePage, bytes) => {
    expect((await encode(text, codePage)).encoded).toEqual([bytes]);
  });

  it('writes something for what a code page lacks, and never loses what stands beside it', async () => {
    const [german, chinese] = (await encode('a’b 维 c', 850, 437)).encoded;
    expect(german).toMatch(/^a.b . c$/s);
    expect(chinese).toMatch(/^a.b . c$/s);
  });

  it('stays with UTF-8 for a code page that Windows does not have, and where there is no console', async () => {
    expect(await encode('é', 12_345)).toEqual({ encoded: ['\xc3\xa9'], hasCodePage: false });
  });
});
