import { execFile } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { bundleApp, bundleCli } from '../../build/bundle.mjs';

const runFile = promisify(execFile);

/** Not in our bundles, but beside them where they are installed: Electron's own module. */
const GIVEN = ['electron', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)];

/** Answers everything that a part does while it is loaded. */
const ELECTRON =
  'const any = new Proxy(function () {}, { get: (_, name) => (name === Symbol.toPrimitive ? () => "" : any), apply: () => undefined, construct: () => any }); module.exports = any;';

/** Where what is shipped may find no package of ours: an installed copy has no source tree above it. */
class EmptyFolder {
  readonly #root = mkdtempSync(join(tmpdir(), 'lync-drain-elsewhere-'));
  /** Deeper than where the bundle was made: a path that leads out of there leads nowhere here. */
  readonly path = join(this.#root, 'Program Files', 'Lync Drain', 'resources');

  async receive(bundle: (folder: string) => Promise<string>): Promise<void> {
    mkdirSync(this.path, { recursive: true });
    const made = mkdtempSync(join(tmpdir(), 'lync-drain-bundle-'));
    await bundle(made);
    cpSync(made, this.path, { recursive: true });
    rmSync(made, { recursive: true });
    copyFileSync(nativeKoffi(), join(this.path, 'koffi.node'));
    writeFileSync(join(this.path, 'electron-stand-in.cjs'), ELECTRON);
    writeFileSync(
      join(this.path, 'hook.cjs'),
      "const m = require('module'); const load = m._load; m._load = (name, ...rest) => load(name === 'electron' ? __dirname + '/electron-stand-in.cjs' : name, ...rest);",
    );
  }

  parts(): readonly string[] {
    return readdirSync(this.path).filter((name) => name.endsWith('.cjs') && !['hook.cjs', 'electron-stand-in.cjs'].includes(name));
  }

  /** What a file requires, at once or later, that is neither given nor beside it. A minified require has any name. */
  missing(file: string): readonly string[] {
    const named = [...readFileSync(join(this.path, file), 'utf8').matchAll(/\brequire\("([^"]+)"\)|\("(\.{1,2}\/[^"]*\.c?js)"\)/g)].map(
      ([, name = '', path = '']) => name + path,
    );
    return named.filter((name) => !GIVEN.includes(name) && !this.parts().includes(name.replace(/^\.\//, '')));
  }

  /** Runs code in a Node of its own that stands in the folder. @returns what it printed */
  async run(code: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
    const { stdout } = await runFile(process.execPath, ['--require', './hook.cjs', '--eval', code], {
      cwd: this.path,
      env: { ...process.env, ...env },
    });
    return stdout.trim();
  }

  remove(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }
}

function nativeKoffi(): string {
  const { platform, arch } = process;
  return join(
    createRequire(import.meta.url).resolve(`@koromix/koffi-${platform}-${arch}/package.json`),
    '..',
    `${platform}_${arch}`,
    'koffi.node',
  );
}

const answer = Buffer.from(
  JSON.stringify({ outcome: 'read', services: [{ name: 'RTCCAA', activityLevel: 'Concurrent Calls=3' }] }),
).toString('base64');

/** Speaks PowerShell's dialogue: echoes what it is told to write, and answers anything else. */
const POWERSHELL = `#!/usr/bin/env node
require('readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const [, stream, text] = /^\\[Console\\]::(Out|Error)\\.WriteLine\\("(\\w*)"\\)$/.exec(line) || [];
  if (text !== undefined) process[stream === 'Out' ? 'stdout' : 'stderr'].write(text + '\\n');
  else if (line !== '') process.stdout.write('LYNC-DRAIN-ANSWER:${answer}\\n');
});`;

describe.each([
  ['the tray app', (folder: string) => bundleApp(folder)],
  ['the command line', (folder: string) => bundleCli(folder)],
])('what is shipped of %s, outside the source tree', (_, bundle) => {
  const folder = new EmptyFolder();

  beforeAll(() => folder.receive(bundle));

  afterAll(() => folder.remove());

  it('names nothing that is not beside it, now or later', () => {
    expect(folder.parts().length).toBeGreaterThan(0);
    for (const part of folder.parts()) expect([part, folder.missing(part)]).toEqual([part, []]);
  });

  it('is loaded, every part', async () => {
    for (const part of folder.parts()) {
      const load = `require(${JSON.stringify(`./${part}`)}); process.stdout.write('loaded', () => process.exit());`;
      expect([part, await folder.run(load)]).toEqual([part, expect.stringMatching(/loaded$/)]);
    }
  });
});

describe('the PowerShell part of the tray app, outside the source tree', () => {
  const folder = new EmptyFolder();

  beforeAll(() => folder.receive(bundleApp));

  afterAll(() => folder.remove());

  it('opens a PowerShell and tells what it answered, and traces nothing whatever a variable says', async () => {
    const program = join(folder.path, 'powershell');
    writeFileSync(program, POWERSHELL, { mode: 0o755 });
    const code = `
      const shell = require('./powershell.cjs').openPowerShell({ program: ${JSON.stringify(program)}, environment: { PATH: process.env.PATH } });
      shell.run({ line: 'script', refusal: 'no' }, { startMs: 20000, timeoutMs: 20000 }).then((result) => {
        shell.end();
        process.stdout.write(JSON.stringify(result)); });`;
    expect(JSON.parse(await folder.run(code, { DEBUG: '*' }))).toMatchObject({
      kind: 'output',
      text: expect.stringContaining(answer) as string,
    });
    expect(resolve(folder.path).startsWith(resolve('.'))).toBe(false);
  });
});
