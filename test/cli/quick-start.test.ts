import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { compileCli } from '../../build/bundle.mjs';
import { CliProgram, startScript, type Ended } from '../harness/cli/cli-program.js';

const TIMEOUT_MS = 60_000;

/** Prints which of our files were opened, at the end. */
const WATCHED = `
  const fs = require('node:fs');
  const path = require('node:path');
  const opened = new Set();
  for (const name of ['openSync', 'readFileSync']) {
    const asItWas = fs[name];
    fs[name] = (file, ...rest) => {
      if (path.dirname(String(file)) === process.env.WATCHED_FOLDER) opened.add(path.basename(String(file)));
      return asItWas(file, ...rest);
    };
  }
  process.on('exit', () => process.stderr.write('OPENED ' + JSON.stringify([...opened]) + '\\n'));`;

describe('the command line that was compiled in advance', () => {
  let bundle: Awaited<ReturnType<typeof CliProgram.bundle>>;
  let folder: string;
  let cli: CliProgram;

  beforeAll(async () => {
    bundle = await CliProgram.bundle();
    cli = bundle.program();
    folder = dirname(bundle.script('cli.cjs'));
    writeFileSync(join(cli.folder, 'watched.cjs'), WATCHED);
    await compileCli(folder, process.execPath);
  }, TIMEOUT_MS);
  afterAll(() => {
    cli.remove();
    bundle.remove();
  });

  const cacheFile = (): string => join(folder, readdirSync(folder).find((name) => /^compiled-\w+\.bin$/.test(name)) ?? 'none');
  const withoutCache = (...typed: readonly string[]): Promise<Ended> => startScript(bundle.script('cli.cjs'), typed, cli.dataFolder).ended;

  it('says what it says without that', async () => {
    await cli.run('status', '--speed', '1');
    for (const typed of [['explain', 'LD-2053'], ['nonsense'], ['history'], ['confirm', '--lang', 'zh-CN'], ['--help']]) {
      expect(await cli.run(...typed)).toEqual(await withoutCache(...typed));
    }
  });

  it('reads one file beside itself for a status', async () => {
    const { err } = await cli.inShell('NODE_OPTIONS="--require ./watched.cjs" WATCHED_FOLDER="$FOLDER" "$@"', ['status'], {
      FOLDER: folder,
    });
    expect(err).toContain(`OPENED ${JSON.stringify(['lync-drain.cjs', cacheFile().slice(folder.length + 1)])}`);
  });

  it('leaves that file out for a command that waits', async () => {
    const { err } = await cli.inShell('NODE_OPTIONS="--require ./watched.cjs" WATCHED_FOLDER="$FOLDER" "$@"', ['watch'], {
      FOLDER: folder,
    });
    expect(err).toContain('OPENED ["lync-drain.cjs",');
    expect(err).not.toContain('compiled-');
  });

  it.each([
    ['of another version of V8', (bytes: Buffer) => bytes.fill(0x5a, codeBegin(bytes) + 4, codeBegin(bytes) + 8)],
    ['compiled with other flags', (bytes: Buffer) => bytes.fill(0x5a, codeBegin(bytes) + 12, codeBegin(bytes) + 16)],
    ['cut', (bytes: Buffer) => bytes.subarray(0, codeBegin(bytes) + 100)],
    ['empty', () => Buffer.alloc(0)],
  ])('works as ever with a compiled file that is %s', async (how, damage) => {
    const whole = readFileSync(cacheFile());
    try {
      writeFileSync(cacheFile(), damage(Buffer.from(whole)));
      const ended = await cli.run('history');
      expect(ended).toEqual(await withoutCache('history'));
      const isTold = (await cli.run('history', '-v')).err.includes('is of another Node');
      expect([how, isTold]).toEqual([how, how.startsWith('of another') || how.startsWith('compiled')]);
    } finally {
      writeFileSync(cacheFile(), whole);
    }
  });
});

/** Where the code of the first file begins: behind the first line and that file's text. */
function codeBegin(bytes: Buffer): number {
  const line = bytes.indexOf('\n') + 1;
  const [[, sourceBytes]] = JSON.parse(bytes.toString('latin1', 0, line)) as [[string, number, number]];
  return line + sourceBytes;
}
