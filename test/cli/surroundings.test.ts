import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { usualDataFolder } from '../../electron/composition/data-folder.js';
import { CliProgram } from '../harness/cli/cli-program.js';
import { describeWhere, FULL_DEVICE } from '../harness/describe-where.js';

/** What the program is started in: an environment with holes, streams that are closed or full, folders of odd kinds. */

const TIMEOUT_MS = 60_000;

let bundle: Awaited<ReturnType<typeof CliProgram.bundle>>;
let cli: CliProgram;

beforeAll(async () => {
  bundle = await CliProgram.bundle();
}, TIMEOUT_MS);
afterAll(() => bundle.remove());
beforeEach(() => {
  cli = bundle.program();
});
afterEach(() => cli.remove());

describe('an environment', () => {
  test.each([{ LYNC_DRAIN_DATA: '' }, { LYNC_DRAIN_DATA: '  ' }])(
    'with an empty data folder means the usual one: %j',
    async (environment) => {
      const home = join(cli.folder, 'home');
      expect((await cli.inShell('"$@"', ['status'], { ...environment, HOME: home })).exitCode).toBe(0);
      expect(readdirSync(join(home, '.local', 'share', 'lync-drain'))).not.toEqual([]);
    },
  );

  test.each([
    ['linux', {}, join('/passwd/home', '.local', 'share', 'lync-drain')],
    ['linux', { HOME: '', XDG_DATA_HOME: '' }, join('/passwd/home', '.local', 'share', 'lync-drain')],
    ['linux', { HOME: '/users/ann', XDG_DATA_HOME: '/data' }, join('/data', 'lync-drain')],
    ['darwin', { HOME: ' ' }, join('/passwd/home', 'Library', 'Application Support', 'Lync Drain')],
    ['win32', { ProgramData: '' }, join('C:\\ProgramData', 'Lync Drain', 'simulated')],
    ['win32', { ProgramData: 'D:\\Data', LYNC_DRAIN_DATA: '' }, join('D:\\Data', 'Lync Drain', 'simulated')],
    ['win32', { LYNC_DRAIN_DATA: 'E:\\x' }, 'E:\\x'],
  ] as const)('of %s with %j never leads into the folder it is called from', (platform, environment, folder) => {
    expect(usualDataFolder(platform, false, environment, () => '/passwd/home')).toBe(folder);
  });
});

describeWhere(FULL_DEVICE)('what is printed on a full disk', () => {
  test('is told to be lost, and is no success', async () => {
    for (const command of ['status', 'explain']) {
      const ended = await cli.inShell('"$@" >/dev/full', [command]);
      expect([ended.exitCode, ended.err]).toEqual([1, expect.stringContaining('LD-1010')]);
      expect(ended.err).toContain('ENOSPC');
    }
  });
});

describe('what is printed', () => {
  // `CI` and `FORCE_COLOR` are what build servers set, and what makes many programs colour without a terminal; so does Windows.
  test.each([{ CI: '1' }, { FORCE_COLOR: '1' }, { CI: '1', TERM: 'xterm-256color' }, { CI: '1', NO_COLOR: '1' }])(
    'has no colours where it does not go to a terminal, with %j',
    async (environment) => {
      for (const command of ['status', 'plan', 'help']) {
        const { out, err } = await cli.inShell('"$@"', [command], environment);
        // What begins a colour is taken out of such output, so that of a colour only the rest would be seen.
        expect(`${out}${err}`, command).not.toMatch(/\u001b|\[\d+m/);
        expect(out).not.toBe('');
      }
    },
  );

  test('into a closed stream, or to a reader that left, does no harm', async () => {
    expect((await cli.inShell('"$@" >&-', ['status'])).exitCode).toBe(0);
    expect((await cli.inShell('"$@" 2>&-', ['status'])).out).toContain('RTCSRV');
    expect((await cli.inShell('"$@" >&- 2>&-', ['status'])).exitCode).toBe(0);
    expect((await cli.inShell('{ "$@"; echo "left with $?" >&2; } | head -1', ['explain'])).err).toContain('left with 0');
  });
});

describe('a report', () => {
  test('is never written over a record, by whatever way it is named', async () => {
    await cli.run('pause', '--no-wait', '--speed', '200');
    const runs = join(cli.dataFolder, 'runs');
    const record = readdirSync(runs).find((name) => name.endsWith('.jsonl'))!;
    const before = readFileSync(join(runs, record), 'utf8');
    symlinkSync(runs, join(cli.folder, 'elsewhere'));
    symlinkSync(join(runs, record), join(cli.folder, 'latest.md'));
    for (const output of [
      join(runs, record),
      `data/runs/../runs/${record}`,
      join('elsewhere', record),
      'latest.md',
      'data/settings.json',
      'data/simulated-server.json',
    ]) {
      const ended = await cli.inShell('"$@"', ['report', '--output', output]);
      expect([ended.exitCode, ended.err]).toEqual([1, expect.stringContaining('LD-1010')]);
    }
    expect(readFileSync(join(runs, record), 'utf8')).toBe(before);
    expect((await cli.run('status')).exitCode).toBe(0);
    expect((await cli.inShell('"$@"', ['report', '--output', 'report.md'])).exitCode).toBe(0);
  });
});

describe('a data folder', () => {
  test.each(['/proc/x', '/dev/null', '/dev/null/x', '/etc/passwd', '/etc/passwd/x'])(
    'that cannot be one is told with its path and the reason: %s',
    async (folder) => {
      for (const command of ['status', 'drain', 'resume', 'doctor']) {
        const ended = await cli.inShell('timeout -s KILL 20 "$@"', [command, '--data', folder]);
        expect([ended.exitCode, ended.err]).toEqual([10, expect.stringContaining(`In the data folder, ${folder} cannot be written`)]);
      }
    },
  );

  test.each(['lock/00.json', 'simulated-server.json', 'runs', 'lock'])(
    'with a pipe in the place of %s is told with its path, and takes Ctrl-C',
    async (name) => {
      mkdirSync(join(cli.dataFolder, 'lock'), { recursive: true, mode: 0o700 });
      const ended = await cli.inShell(
        `rmdir data/lock && mkdir -m 700 -p "$(dirname 'data/${name}')" && mkfifo -m 600 'data/${name}' && timeout -s KILL 20 "$@"`,
        ['drain', '--no-wait'],
      );
      expect([ended.exitCode, ended.err]).toEqual([10, expect.stringContaining(name)]);
    },
  );

  test.each(['settings.json', 'runs/20261123-020000-abcd.jsonl'])('with a pipe in the place of %s is not waited on', async (name) => {
    mkdirSync(join(cli.dataFolder, 'runs'), { recursive: true, mode: 0o700 });
    const ended = await cli.inShell(`mkfifo -m 600 'data/${name}' && timeout -s KILL 20 "$@"`, ['status']);
    expect([ended.exitCode, ended.err]).toEqual([10, expect.stringContaining('LD-4002')]);
  });
});
