import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';

import { electronOf, openStage } from '../harness/app/launched-app.js';
import { describeWhere } from '../harness/describe-where.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const stage = await openStage();

/** What the walk says last. */
const WALKED_TO_THE_END = /Back in service: every service is as it was before\.[\s\S]*That is all\./;

/** `npm start` as a newcomer types it, in a home that has nothing in it yet. */
class Newcomer {
  output = '';
  readonly #child: ChildProcess;
  readonly ended: Promise<number | null>;

  constructor(home: string, display: string | null, ...args: readonly string[]) {
    const { PATH = '' } = process.env;
    const env = {
      PATH,
      HOME: home,
      LANG: 'C.UTF-8',
      npm_config_update_notifier: 'false',
      ...(display === null ? {} : { DISPLAY: display }),
    };
    // A group of its own, so that all of it can be ended: npm, our script and Electron.
    this.#child = spawn('npm', ['start', '--', ...args], { cwd: ROOT, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
    this.ended = new Promise((resolve) => this.#child.once('close', resolve));
  }

  async end(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.pid !== undefined) process.kill(-this.#child.pid, 'SIGKILL');
    await this.ended;
  }
}

/** The pages that an Electron shows, as its own debugger lists them. */
async function pagesOf(profile: string): Promise<readonly { readonly title: string; readonly url: string }[]> {
  const [port] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '')).split('\n');
  if (port === undefined || port === '') return [];
  return (await fetch(`http://127.0.0.1:${port}/json`).then(
    (answer) => answer.json(),
    () => [],
  )) as { title: string; url: string }[];
}

describeWhere(electronOf(stage))('npm start in an empty home', () => {
  const { display, program } = 'reason' in stage ? { display: '', program: '' } : stage;
  let home: string;
  const newcomers: Newcomer[] = [];

  const start = (at: string | null, ...args: readonly string[]): Newcomer => {
    const newcomer = new Newcomer(home, at, ...args);
    newcomers.push(newcomer);
    return newcomer;
  };

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'lync-drain-home-'));
  });

  afterEach(async () => {
    for (const newcomer of newcomers.splice(0)) await newcomer.end();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  });

  afterAll(async () => {
    if (!('reason' in stage)) await stage.close();
  });

  async function expectWindow(newcomer: Newcomer): Promise<void> {
    const profile = join(home, '.config/Lync Drain');
    await expect
      .poll(() => pagesOf(profile), { timeout: 60_000, message: newcomer.output })
      .toMatchObject([{ title: 'FE01 – Lync Drain', url: 'lync-drain://window/index.html' }]);
    expect(existsSync(join(home, '.local/share/lync-drain'))).toBe(true);
    expect(newcomer.output).not.toContain('in the terminal');
  }

  it('opens the app where there is a display', async () => {
    await expectWindow(start(display, '--remote-debugging-port=0'));
  });

  it('opens the app with the Electron in a folder that is named', async () => {
    await expectWindow(start(display, '--electron', dirname(program), '--remote-debugging-port=0'));
  });

  it('says that there is no display, and walks through a maintenance in the terminal to its end', async () => {
    const newcomer = start(null);
    expect(await newcomer.ended).toBe(0);
    expect(newcomer.output).toContain('There is no display for the tray app. Here is the same maintenance in the terminal');
    expect(newcomer.output).toMatch(WALKED_TO_THE_END);
  });

  it('walks on the server that is named, and lists the names with --help, also where there is a display', async () => {
    const walk = start(null, '--simulate=mediation', '--speed=300');
    expect(await walk.ended).toBe(0);
    expect(walk.output).toContain('The server: mediation.');
    expect(walk.output).toMatch(WALKED_TO_THE_END);
    const help = start(display, '--help');
    expect(await help.ended).toBe(0);
    expect(help.output).toMatch(/branch-appliance[\s\S]*handler-hangs\./);
  });

  it('says that the named folder has no Electron, looks nowhere else, and begins the walk in the terminal', async () => {
    const folder = join(home, 'empty');
    await mkdir(folder);
    const newcomer = start(display, '--electron', folder);
    await expect.poll(() => newcomer.output, { timeout: 60_000 }).toContain('> lync-drain drain');
    expect(newcomer.output).toContain(`There is no electron in ${folder}. Here is the same maintenance in the terminal`);
  });

  it('says that --electron names nothing when no folder follows it', async () => {
    const newcomer = start(display, '--electron');
    expect(await newcomer.ended).toBe(2);
    expect(newcomer.output).toContain('--electron needs the folder of an Electron.');
  });
});
