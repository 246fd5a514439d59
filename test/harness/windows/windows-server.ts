import { spawn } from 'node:child_process';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { JsonLines } from './json-lines.js';
import { compileNative } from './native.js';
import { ScmWitness } from './scm-witness.js';
import { createPrefix, endPrefix, importRegistry, type WineCommand, wineCommand } from './wine.js';

const WITNESS_SOURCE = 'test/harness/windows/native/scm-witness.c';

/** Lets a native pdh.dll serve that stub-counters.ts may put there; without one, Wine's own does. */
const STUB_COUNTERS = { WINEDLLOVERRIDES: 'pdh=n,b', STUB_PDH: 'C:\\stub-counters', STUB_PDH_LOG: 'C:\\stub-counters.log' };

/** How a Windows program ended and what it said. */
export interface Finished {
  /** Null when it was killed. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A Windows program that is running. */
export interface Running {
  /** By our system's count, not Windows's: the first process of the program. */
  readonly processId: number;
  /** What it has said so far. */
  readonly stdout: () => Promise<string>;
  readonly stderr: () => Promise<string>;
  /** Resolves when it has ended, however. */
  readonly ended: Promise<Finished>;
  readonly hasEnded: () => boolean;
  /** Ends it from one instruction to the next, as a power cut would. */
  readonly kill: () => void;
}

export interface LaunchOptions {
  /** Added to the server's own variables. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface ServerOptions {
  /** What every program of this server finds in its environment besides, for example a display. */
  readonly env?: Readonly<Record<string, string>>;
  /** Path of a registry file that is read before Windows starts. */
  readonly registry?: string | null;
}

/** One Windows server: a Wine prefix with its own service control manager, and a witness that keeps it running. */
export class WindowsServer {
  /** A folder of this server's own, for logs and data; it goes away with the server. */
  readonly folder: string;
  #witness: ScmWitness;
  /** How a program of this server is started, and what it finds in its environment. */
  readonly wine: WineCommand;

  private constructor(folder: string, witness: ScmWitness, wine: WineCommand) {
    this.folder = folder;
    this.#witness = witness;
    this.wine = wine;
  }

  static async start({ env: own = {}, registry = null }: ServerOptions = {}): Promise<WindowsServer> {
    const [program, folder] = await Promise.all([compileNative(WITNESS_SOURCE), createPrefix()]);
    const { command, env } = wineCommand(join(folder, 'prefix'));
    const wine = { command, env: { ...env, ...STUB_COUNTERS, ...own } };
    if (registry !== null) await importRegistry(join(folder, 'prefix'), registry);
    return new WindowsServer(folder, await openWitness(folder, wine, program), wine);
  }

  get witness(): ScmWitness {
    return this.#witness;
  }

  /** Ends every process at once and starts Windows again, with the services that start by themselves. */
  async restart(): Promise<void> {
    await endPrefix(join(this.folder, 'prefix'));
    this.#witness = await openWitness(this.folder, this.wine, await compileNative(WITNESS_SOURCE));
  }

  /** Its drive C:, as we see it. */
  get drive(): string {
    return join(this.folder, 'prefix', 'drive_c');
  }

  /**
   * Starts a Windows program, named by its path on our side; arguments go through as they are. It writes into files,
   * because Node for Windows cannot use the sockets that Node here makes of pipes, and has no stdin.
   */
  async launch(program: string, args: readonly string[], options: LaunchOptions = {}): Promise<Running> {
    const output = await mkdtemp(join(this.folder, 'output-'));
    const [stdoutPath, stderrPath] = [join(output, 'stdout'), join(output, 'stderr')];
    const [stdoutFile, stderrFile] = await Promise.all([open(stdoutPath, 'a'), open(stderrPath, 'a')]);
    const child = spawn(this.wine.command, [program, ...args], {
      cwd: this.folder,
      env: { ...this.wine.env, ...options.env },
      stdio: ['ignore', stdoutFile.fd, stderrFile.fd],
    });
    let hasEnded = false;
    child.once('close', () => (hasEnded = true));
    const exitCode = new Promise<number | null>((resolve) => child.once('close', resolve));
    await Promise.all([stdoutFile.close(), stderrFile.close()]);
    const stdout = () => readFile(stdoutPath, 'utf8');
    const stderr = () => readFile(stderrPath, 'utf8');
    const ended = exitCode.then(async (code) => ({ exitCode: code, stdout: await stdout(), stderr: await stderr() }));
    return { processId: child.pid ?? 0, stdout, stderr, ended, hasEnded: () => hasEnded, kill: () => void child.kill('SIGKILL') };
  }

  /** Runs a Windows program to its end. */
  async run(program: string, args: readonly string[], options: LaunchOptions = {}): Promise<Finished> {
    return (await this.launch(program, args, options)).ended;
  }

  /** Ends everything on the server and removes it. */
  async stop(): Promise<void> {
    await endPrefix(join(this.folder, 'prefix'));
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Starts Windows, if it does not run, and keeps it running. */
async function openWitness(folder: string, { command, env }: WineCommand, program: string): Promise<ScmWitness> {
  const lines = new JsonLines(spawn(command, [program], { cwd: folder, env }));
  await lines.next();
  return new ScmWitness(lines);
}
