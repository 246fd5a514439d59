import { copyFile, cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { LAUNCHER, provideLauncher } from '../../../build/native-programs.mjs';
import { compileNative } from './native.js';
import type { Finished, LaunchOptions, WindowsServer } from './windows-server.js';
import { windowsPath } from './wine.js';

const DOUBLES = 'test/harness/windows/native/launcher-doubles.c';
const STAND_IN_NODE = 'test/harness/windows/native/stand-in-node.c';
const CALLER = 'test/harness/windows/native/launch-caller.c';

/** What the caller does to the program that it has started. */
export type Disturbance = 'ctrl-c' | 'ctrl-break' | 'end-session' | 'stay' | 'kill';

/** What the program that stands in for Node was given. */
export interface Given {
  /** The command line behind the names of program and script. */
  readonly line: string;
  /** Node's own. */
  readonly options: readonly string[];
  readonly arguments: readonly string[];
  readonly variables: ReadonlyMap<string, string>;
  readonly input: string | null;
}

/** A folder with the launcher of the command line. */
export class LauncherFolder {
  readonly path: string;
  readonly #server: WindowsServer;

  private constructor(server: WindowsServer, path: string) {
    this.#server = server;
    this.path = path;
  }

  /** The packaged edition as users get it, in a folder of any name. */
  static async withEdition(server: WindowsServer, name: string): Promise<LauncherFolder> {
    const path = join(server.folder, name);
    await cp(resolve('release/cli-win-x64'), path, { recursive: true });
    return new LauncherFolder(server, path);
  }

  /** With a program in the place of Node that says what it was given. */
  static async withStandIn(server: WindowsServer): Promise<LauncherFolder> {
    const path = await mkdtemp(join(server.folder, 'launcher-'));
    await copyFile(await provideLauncher(), join(path, LAUNCHER));
    await copyFile(await compileNative(STAND_IN_NODE), join(path, 'node.exe'));
    await writeFile(join(path, 'lync-drain.cjs'), '');
    return new LauncherFolder(server, path);
  }

  /** From now on descriptors and accounts are as variables say: Wine keeps Unix owners and modes instead. */
  async plantDescriptors(): Promise<void> {
    await copyFile(await provideLauncher([DOUBLES]), join(this.path, LAUNCHER));
  }

  file(name: string): string {
    return join(this.path, name);
  }

  run(words: readonly string[], env: LaunchOptions['env'] = {}): Promise<Finished> {
    return this.#server.run(this.file(LAUNCHER), words, { env });
  }

  /** The same without the look at the folder, whose files belong to our own account in Wine. */
  runTrusted(words: readonly string[], env: LaunchOptions['env'] = {}): Promise<Finished> {
    return this.run(['--trust-folder', ...words], env);
  }

  /**
   * Hands command lines over as they are, one after another, from a program inside Windows.
   * @returns what the programs said, and the caller's notes: `exit HEX`, `gone`, `left`
   */
  async call(
    lines: readonly string[],
    disturbance: Disturbance | null = null,
  ): Promise<{ readonly output: string; readonly notes: readonly string[] }> {
    const folder = await mkdtemp(join(this.#server.folder, 'call-'));
    const [file, output] = [join(folder, 'lines'), join(folder, 'output')];
    await writeFile(file, lines.map((line) => `"${windowsPath(this.file(LAUNCHER))}" --trust-folder ${line}\n`).join(''));
    const { stdout } = await this.#server.run(await compileNative(CALLER), [windowsPath(file), disturbance ?? 'run', windowsPath(output)]);
    return { output: await readFile(output, 'utf8'), notes: stdout.split(/\r?\n/).filter((note) => note !== '') };
  }
}

/** Reads what the program in the place of Node said, of one start after another. */
export function readGiven(output: string): readonly Given[] {
  return output
    .split(/^line /m)
    .slice(1)
    .map((text) => {
      const [line = '', ...rest] = text.split('\n');
      const all = (kind: string): readonly string[] =>
        rest.filter((one) => one.startsWith(`${kind} `)).map((one) => one.slice(kind.length + 1));
      const variables = all('variable').map((one): [string, string] => [
        one.slice(0, one.indexOf('=', 1)),
        one.slice(one.indexOf('=', 1) + 1),
      ]);
      return { line, options: all('option'), arguments: all('argument'), variables: new Map(variables), input: all('input')[0] ?? null };
    });
}
