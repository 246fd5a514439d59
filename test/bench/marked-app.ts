import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';

import { findElectron } from '../../build/find-electron.mjs';
import { startDisplay, type Display } from '../harness/app/display.js';

const MARKED = resolve('test/bench/apps/marked');
const PATIENCE_MS = 180_000;

/** The apps that are compared. */
export const APPS = { ours: resolve('release/app/main.cjs'), empty: resolve('test/bench/apps/empty/main.cjs') } as const;

/** One line of apps/marked. */
export interface Told {
  readonly event: 'icon' | 'icon-changed' | 'loading' | 'usable' | 'closed' | 'counted' | 'handed-out';
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The file of the icon. */
  readonly image?: string;
  readonly heapMb?: number;
  readonly listeners?: number;
}

/** An Electron with a display. */
export class Bench {
  readonly #program: string;
  readonly #display: Display;

  private constructor(program: string, display: Display) {
    this.#program = program;
    this.#display = display;
  }

  /** @throws Error where there is no Electron or no display: a benchmark that is left out would look like one that is met */
  static async open(): Promise<Bench> {
    const electron = await findElectron(process.env['ELECTRON_OVERRIDE_DIST_PATH']);
    if ('reason' in electron) throw new Error(electron.reason);
    const display = await startDisplay(1280, 1024);
    if (display === null) throw new Error('There is no Xvfb.');
    return new Bench(electron.program, display);
  }

  /** Starts an app with a profile and data of its own. */
  start(app: keyof typeof APPS, flags: readonly string[] = []): MarkedApp {
    return new MarkedApp(this.#program, this.#display, APPS[app], flags);
  }

  close(): Promise<void> {
    return this.#display.close();
  }
}

/** One running app that tells what happens in it. */
export class MarkedApp {
  readonly startedAt = nowMs();
  readonly #folder = mkdtempSync(join(tmpdir(), 'lync-drain-bench-'));
  readonly #child: ChildProcess;
  readonly #told: Told[] = [];
  #heard: () => void = () => undefined;
  #next = 0;

  constructor(program: string, display: Display, main: string, flags: readonly string[]) {
    const asRoot = userInfo().uid === 0 ? ['--no-sandbox'] : [];
    const env = {
      PATH: process.env['PATH'],
      HOME: this.#folder,
      XDG_CONFIG_HOME: join(this.#folder, 'profile'),
      LANG: 'C.UTF-8',
      DISPLAY: display.name,
      BENCH_APP: main,
    };
    this.#child = spawn(program, [...asRoot, ...flags, MARKED, `--data=${this.data}`], { env, stdio: ['pipe', 'pipe', 'ignore'] });
    createInterface({ input: this.#child.stdout! }).on('line', (line) => {
      this.#told.push(JSON.parse(line) as Told);
      this.#heard();
    });
  }

  get data(): string {
    return join(this.#folder, 'data');
  }

  get processId(): number {
    return this.#child.pid!;
  }

  command(name: 'click' | 'close' | 'count' | 'snapshots'): void {
    this.#child.stdin!.write(`${name}\n`);
  }

  /** The next thing of that kind that it tells, whatever else it told before. @throws Error when it never does */
  async next(event: Told['event'], isIt: (told: Told) => boolean = () => true): Promise<Told> {
    const giveUpAt = performance.now() + PATIENCE_MS;
    for (;;) {
      while (this.#next < this.#told.length) {
        const told = this.#told[this.#next++]!;
        if (told.event === event && isIt(told)) return told;
      }
      if (performance.now() > giveUpAt || this.#child.exitCode !== null) {
        throw new Error(`an app of the benchmark never told of "${event}"`);
      }
      await this.#somethingTold();
    }
  }

  async end(): Promise<void> {
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
    // Its helpers notice only now that it is gone, and may still be writing.
    await new Promise((done) => setTimeout(done, 100));
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #somethingTold(): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, 1_000);
      this.#heard = () => {
        clearTimeout(timer);
        done();
      };
    });
  }
}

/** Milliseconds since 1970, finer than `Date.now`. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now();
}
