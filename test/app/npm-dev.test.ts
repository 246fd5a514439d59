import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';

import { electronOf, openStage } from '../harness/app/launched-app.js';
import { describeWhere } from '../harness/describe-where.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COPIED = ['assets', 'build', 'electron', 'renderer', 'package.json'];
const PATIENCE = { timeout: 90_000, interval: 200 };

// Electron and the bundler start several times.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const stage = await openStage();

/** `npm run dev` in a copy of the tree, whose sources may be changed. */
class Developer {
  output = '';
  #child: ChildProcess | null = null;
  #ended: Promise<number | null> = Promise.resolve(null);

  private constructor(readonly tree: string) {}

  static async settleIn(): Promise<Developer> {
    const tree = await mkdtemp(join(tmpdir(), 'lync-drain-dev-'));
    for (const name of COPIED) await cp(join(ROOT, name), join(tree, name), { recursive: true });
    await symlink(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
    return new Developer(tree);
  }

  /** Types it. A group of its own stands for the terminal's, to which Ctrl-C goes. */
  start(display: string | null, ...args: readonly string[]): void {
    const { PATH = '' } = process.env;
    const env = {
      PATH,
      HOME: join(this.tree, 'home'),
      LANG: 'C.UTF-8',
      npm_config_update_notifier: 'false',
      ...(display === null ? {} : { DISPLAY: display }),
    };
    const child = spawn('npm', ['run', 'dev', '--', ...args], { cwd: this.tree, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    this.#child = child;
    // "close" waits for everything that writes there, Electron too.
    this.#ended = new Promise((resolve) => child.once('close', resolve));
  }

  async pressCtrlC(): Promise<void> {
    this.#signal('SIGINT');
    await this.#ended;
  }

  waitForEnd(): Promise<number | null> {
    return this.#ended;
  }

  async change(file: string, from: string, to: string): Promise<void> {
    const text = await readFile(join(this.tree, file), 'utf8');
    expect(text).toContain(from);
    await writeFile(join(this.tree, file), text.replace(from, to));
  }

  /** What the windows show, by Chromium's own debugger: their titles. */
  async titles(): Promise<readonly string[]> {
    const [port = ''] = (await readFile(join(this.tree, 'home/.config/Lync Drain Dev/DevToolsActivePort'), 'utf8').catch(() => '')).split(
      '\n',
    );
    if (port === '') return [];
    const pages = (await fetch(`http://127.0.0.1:${port}/json`).then(
      (answer) => answer.json(),
      () => [],
    )) as { title: string }[];
    return pages.map(({ title }) => title);
  }

  async leave(): Promise<void> {
    this.#signal('SIGKILL');
    await this.#ended;
    await rm(this.tree, { recursive: true, force: true, maxRetries: 5 });
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid, exitCode } = this.#child ?? {};
    if (pid !== undefined && exitCode === null) process.kill(-pid, signal);
  }
}

describeWhere(electronOf(stage))('npm run dev', () => {
  const display = 'reason' in stage ? '' : stage.display;
  let developer: Developer;

  beforeEach(async () => {
    developer = await Developer.settleIn();
  });

  afterEach(() => developer.leave());

  afterAll(async () => {
    if (!('reason' in stage)) await stage.close();
  });

  it('shows a change of the window in it, starts the app again for one of its main process, and ends with Ctrl-C', async () => {
    developer.start(display, '--remote-debugging-port=0');
    await expect.poll(() => developer.titles(), { ...PATIENCE, message: developer.output }).toEqual(['FE01 – Lync Drain']);

    await developer.change('electron/core/language/en/window.ts', '{computer} – Lync Drain', '{computer} – changed');
    await expect.poll(() => developer.titles(), PATIENCE).toEqual(['FE01 – changed']);
    expect(developer.output).not.toContain('the app starts again');

    await developer.change(
      'electron/main.ts',
      'const FOLDER = __dirname;',
      "const FOLDER = __dirname;\nconsole.log('main process changed');",
    );
    await expect.poll(() => developer.output, PATIENCE).toMatch(/the app starts again[\s\S]*main process changed/);
    await expect.poll(() => developer.titles(), PATIENCE).toEqual(['FE01 – changed']);

    // Ends when nothing that writes there runs any more: npm, the script, Electron.
    await developer.pressCtrlC();
    expect(developer.output).toMatch(/\[dev\] ended\s*$/);
  });

  it('says what does not compile and goes on when it does', async () => {
    developer.start(display, '--remote-debugging-port=0');
    await expect.poll(() => developer.titles(), PATIENCE).toEqual(['FE01 – Lync Drain']);
    await developer.change('renderer/window.tsx', 'listenForFailures(', 'listenForFailures((');
    await expect.poll(() => developer.output, PATIENCE).toMatch(/renderer\/window\.tsx:\d+:\d+[\s\S]*does not compile/);
    await developer.change('renderer/window.tsx', 'listenForFailures((', 'listenForFailures(');
    await expect.poll(() => developer.output, PATIENCE).toContain('the window loads again');
  });

  it('says what is missing where there is no display or no Electron', async () => {
    developer.start(null);
    expect(await developer.waitForEnd()).toBe(1);
    expect(developer.output).toContain('There is no display. Run it in a desktop session, or without one: xvfb-run -a npm run dev');
    developer.start(display, '--electron', join(developer.tree, 'build'));
    expect(await developer.waitForEnd()).toBe(1);
    expect(developer.output).toMatch(/There is no electron in /);
  });
});
