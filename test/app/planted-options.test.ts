import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';

import { electronOf, openStage } from '../harness/app/launched-app.js';
import { describeWhere } from '../harness/describe-where.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const stage = await openStage();

/** An Electron that is named as a package names it, so that the app takes itself for packaged; fuses are tested with the package. */
describeWhere(electronOf(stage))('the packaged app, started by a hostile hand', () => {
  const { display, program } = 'reason' in stage ? { display: '', program: '' } : stage;
  let copy: string;
  /** Where a program without rights may write. */
  let theirs: string;
  let app: ChildProcess | null = null;
  let said = '';

  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), 'lync-drain-packaged-'));
    await cp(dirname(program), copy, { recursive: true, filter: (path) => !path.endsWith('/resources/app') });
    await rm(join(copy, 'resources'), { recursive: true, force: true });
    await cp(join(dirname(program), 'resources'), join(copy, 'resources'), {
      recursive: true,
      filter: (path) => !/\/(app|default_app\.asar)$/.test(path),
    });
    await symlink(ROOT, join(copy, 'resources/app'));
    await rename(join(copy, 'electron'), join(copy, 'lync-drain'));
  });
  beforeEach(async () => {
    theirs = await mkdtemp(join(tmpdir(), 'lync-drain-theirs-'));
  });
  afterEach(async () => {
    await end();
    await rm(theirs, { recursive: true, force: true, maxRetries: 5 });
  });
  afterAll(async () => {
    await rm(copy, { recursive: true, force: true, maxRetries: 5 });
    if (!('reason' in stage)) await stage.close();
  });

  const theirFile = (name: string): string => join(theirs, name);

  /** Starts it and waits until it works: its window shows and its data folder is there. */
  async function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<void> {
    const { PATH = '' } = process.env;
    const asRoot = userInfo().uid === 0 ? ['--no-sandbox'] : [];
    said = '';
    app = spawn(join(copy, 'lync-drain'), [...asRoot, `--data=${theirFile('data')}`, '--open', ...args], {
      env: { PATH, HOME: theirs, DISPLAY: display, LANG: 'C.UTF-8', ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    });
    app.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
    await expect.poll(() => existsSync(theirFile('data')), { timeout: 60_000, message: said }).toBe(true);
  }

  /** In order, as at a sign-out: what is written at the end is written. */
  async function end(): Promise<void> {
    if (app === null) return;
    const running = app;
    app = null;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGTERM');
    const given = setTimeout(() => running.kill('SIGKILL'), 20_000);
    await ended;
    clearTimeout(given);
  }

  it('opens no port to drive its window through', async () => {
    await start(['--remote-debugging-port=0', '--remote-allow-origins=*']);
    await end();
    expect(said).not.toContain('DevTools listening');
  });

  it('starts no other program in the place of its own', async () => {
    const other = theirFile('other');
    await writeFile(other, `#!/bin/sh\necho "$@" > ${theirFile('ran')}\n`, { mode: 0o755 });
    await start([`--renderer-cmd-prefix=${other}`, `--browser-subprocess-path=${other}`, `--gpu-launcher=${other}`]);
    await end();
    expect(await readFile(theirFile('ran'), 'utf8').catch(() => null)).toBeNull();
  });

  it.each([
    ['NODE_V8_COVERAGE', [], ['NODE_V8_COVERAGE']],
    ['SSLKEYLOGFILE', [], ['SSLKEYLOGFILE']],
    ['--ssl-key-log-file', ['ssl-key-log-file'], []],
    ['--log-net-log', ['log-net-log'], []],
  ] as const)('writes no file that %s names', async (_, switches, variables) => {
    const file = theirFile('planted');
    await start(
      switches.map((name) => `--${name}=${file}`),
      Object.fromEntries(variables.map((name) => [name, file])),
    );
    await end();
    expect(existsSync(file)).toBe(false);
  });
});
