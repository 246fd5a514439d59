import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import type { Finished, Running, WindowsServer } from './windows-server.js';
import { windowsPath } from './wine.js';

const EDITION = resolve('release/cli-win-x64');
/** As the launcher starts Node (native/launcher/run-node.c). */
export const NODE_OPTIONS = ['--preserve-symlinks', '--preserve-symlinks-main', '--v8-pool-size=1'] as const;
const runFile = promisify(execFile);

/** One line of `--json` output. */
export type JsonLine = Readonly<Record<string, unknown>> & { readonly type?: string };

/** Packages the Windows edition as a user would get it. In a process of its own: it reads its paths from there. */
export async function packageEdition(): Promise<void> {
  await runFile(process.execPath, ['build/package-cli.mjs']);
}

/** The packaged Windows edition of the command line, on a server, with a data folder of its own. */
export class PackagedCli {
  readonly #server: WindowsServer;
  /** The data folder, as we see it. */
  readonly dataFolder: string;

  constructor(server: WindowsServer, dataFolder = join(server.folder, 'data')) {
    this.#server = server;
    this.dataFolder = dataFolder;
  }

  /** What any face of the product must find in its environment to work with the same data folder. */
  get env(): Readonly<Record<string, string>> {
    return { LYNC_DRAIN_DATA: windowsPath(this.dataFolder) };
  }

  launch(...args: readonly string[]): Promise<Running> {
    const script = windowsPath(join(EDITION, 'lync-drain.cjs'));
    return this.#server.launch(join(EDITION, 'node.exe'), [...NODE_OPTIONS, script, ...args, '--lang', 'en'], { env: this.env });
  }

  async run(...args: readonly string[]): Promise<Finished> {
    return (await this.launch(...args)).ended;
  }

  /** `status --json`. */
  async status(): Promise<StatusJson> {
    const { exitCode, stdout, stderr } = await this.run('status', '--json');
    if (exitCode !== 0) throw new Error(`status ended with ${exitCode}: ${stderr}`);
    return JSON.parse(stdout) as StatusJson;
  }

  readRecord(runId: string): Promise<string> {
    return readFile(join(this.dataFolder, 'runs', `${runId}.jsonl`), 'utf8');
  }
}

/** What the tests look at in `status --json`. */
export interface StatusJson {
  readonly ready: boolean;
  readonly run: { readonly id: string; readonly phase: string } | null;
  readonly services: readonly {
    readonly serviceName: string;
    readonly planned: boolean;
    readonly state: string;
    readonly startType: string;
    readonly originalStartType: string | null;
    readonly sessions: { readonly count?: number; readonly unknown?: string; readonly atLeast?: number };
    readonly problem: { readonly code: string } | null;
  }[];
}

export function jsonLines(text: string): readonly JsonLine[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as JsonLine);
}

/** Resolves when the program has printed a line that fits, asked for every 20 ms. @throws Error when it ended without one */
export async function waitForLine(running: Running, fits: (line: JsonLine) => boolean): Promise<JsonLine> {
  for (;;) {
    const isLast = running.hasEnded();
    const text = await running.stdout();
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const found = jsonLines(whole).find(fits);
    if (found !== undefined) return found;
    if (isLast) throw new Error(`it ended without the line that was waited for: ${text}${await running.stderr()}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** What a reading says as long as a drain has something left to change. */
const CHANGES_LEFT: readonly unknown[] = ['blocks-not-paused', 'blocks-pending', 'blocks-start-type'];

/** Resolves when a drain with `--json` has paused and held everything: readings are told before that, too. */
export async function waitForChanges(drain: Running): Promise<void> {
  await waitForLine(drain, ({ type, blockers }) => {
    if (type !== 'sessions') return false;
    return !(blockers as readonly { readonly id: string }[]).some(({ id }) => CHANGES_LEFT.includes(id));
  });
}
