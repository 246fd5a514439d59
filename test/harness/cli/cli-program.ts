import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

import { bundleCli } from '../../../build/bundle.mjs';

/** How a command line ended. */
export interface Ended {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

/** The bundled command line on a simulated server of its own: what a user runs, as a process. */
export class CliProgram {
  readonly folder = mkdtempSync(join(tmpdir(), 'lync-drain-cli-'));
  readonly dataFolder = join(this.folder, 'data');
  readonly #script: string;

  private constructor(bundle: string) {
    this.#script = join(bundle, 'lync-drain.cjs');
  }

  /** Bundles once for all programs of a test file. */
  static async bundle(): Promise<{ program: () => CliProgram; script: (name: string) => string; remove: () => void }> {
    const bundle = mkdtempSync(join(tmpdir(), 'lync-drain-bundle-'));
    await bundleCli(bundle);
    return {
      program: () => new CliProgram(bundle),
      script: (name) => join(bundle, name),
      remove: () => rmSync(bundle, { recursive: true, force: true }),
    };
  }

  run(...typed: string[]): Promise<Ended> {
    return this.start(typed).ended;
  }

  start(typed: readonly string[]) {
    return startScript(this.#script, typed, this.dataFolder);
  }

  /** One line of a shell, in which `"$@"` is the program with these arguments: for what only a shell can do to it. */
  async inShell(line: string, typed: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
    const env = { PATH: process.env['PATH'], LANG: 'C.UTF-8', LYNC_DRAIN_DATA: this.dataFolder, ...environment };
    const child = spawn('sh', ['-c', line, 'sh', process.execPath, this.#script, ...typed], {
      cwd: this.folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return listenTo(child).ended;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Never blocks this process: a test runner that cannot answer for a minute is taken for dead. */
export function startScript(script: string, typed: readonly string[], dataFolder: string) {
  const child = spawn(process.execPath, [script, ...typed], {
    env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', LYNC_DRAIN_DATA: dataFolder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { said, ended } = listenTo(child);
  const hasSaid = async (pattern: RegExp): Promise<void> => {
    while (!pattern.test(said()) && child.exitCode === null && child.signalCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  return { child, ended, hasSaid };
}

/** Keeps what a process says until it ends. */
function listenTo(child: ChildProcessByStdio<null, Readable, Readable>): { readonly said: () => string; readonly ended: Promise<Ended> } {
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ended = new Promise<Ended>((resolve) => child.on('close', (exitCode) => resolve({ exitCode, out, err })));
  return { said: () => out + err, ended };
}
