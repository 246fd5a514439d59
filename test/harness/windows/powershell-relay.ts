import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { join, resolve } from 'node:path';

import type { Capability } from '../describe-where.js';
import { compileNative } from './native.js';
import type { WindowsServer } from './windows-server.js';

const SOURCE = 'test/harness/windows/native/powershell.c';
const MODULE = resolve('test/powershell/modules/Lync/Lync.psm1');
const PLACE = 'prefix/drive_c/windows/system32/WindowsPowerShell/v1.0';

/** Kinds of frames to powershell.exe. */
const OUTPUT = 1;
const COMPLAINT = 2;
const EXIT_CODE = 3;

/** A real PowerShell. */
export const POWERSHELL: Capability = {
  missing: existsSync(powerShellPath()) ? [] : ['a real PowerShell 7, whose full path LYNC_DRAIN_TEST_POWERSHELL names'],
};

function powerShellPath(): string {
  return process.env['LYNC_DRAIN_TEST_POWERSHELL'] ?? '';
}

/** One powershell.exe that was started on the server. */
interface Started {
  /** As Windows was given it. */
  readonly commandLine: string;
  /** Names of the variables it found in its environment. */
  readonly variables: readonly string[];
  readonly shell: ChildProcessWithoutNullStreams;
}

/**
 * A real PowerShell for a Windows server: where Windows PowerShell stands there is a program that passes its streams on, and
 * the PowerShell runs here. Lync's module is loaded in it before the first word of the program that asks: PowerShell
 * here has no machine-wide place for modules.
 */
export class PowerShellRelay {
  /** In the order in which they were started. */
  readonly started: Started[] = [];
  readonly #folder: string;
  readonly #server: Server;

  private constructor(folder: string, server: Server) {
    this.#folder = folder;
    this.#server = server;
  }

  static async install(server: WindowsServer): Promise<PowerShellRelay> {
    const listener = createServer();
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const relay = new PowerShellRelay(server.folder, listener);
    listener.on('connection', (socket) => void relay.#serve(socket));
    const place = join(server.folder, PLACE);
    const program = join(place, 'powershell.exe');
    await mkdir(place, { recursive: true });
    // Wine's own, which does nothing: a link to a file that all servers share.
    await rm(program, { force: true });
    await copyFile(await compileNative(SOURCE), program);
    await writeFile(join(place, 'powershell.port'), `${(listener.address() as AddressInfo).port}\n`);
    return relay;
  }

  /** What Get-CsWindowsService says from now on: ActivityLevel by service name; or one of the scenarios of the module. */
  async say(what: Readonly<Record<string, string>> | string): Promise<void> {
    const services = (given: Readonly<Record<string, string>>): string =>
      JSON.stringify(Object.entries(given).map(([Name, ActivityLevel]) => ({ Name, ActivityLevel })));
    await writeFile(this.#path('scenario'), typeof what === 'string' ? what : services(what));
  }

  /** Whether one of them still runs. */
  isRunning(): boolean {
    return this.started.some(({ shell }) => shell.exitCode === null && shell.signalCode === null);
  }

  stop(): void {
    this.#server.close();
    for (const { shell } of this.started) shell.kill('SIGKILL');
  }

  async #serve(socket: Socket): Promise<void> {
    socket.on('error', () => undefined);
    const { head, rest } = await readHead(socket);
    const [commandLine = '', ...variables] = head;
    const shell = this.#start(argumentsOf(commandLine));
    this.started.push({ commandLine, variables: variables.map((variable) => variable.split('=', 1)[0] ?? ''), shell });
    const send = (kind: number, data: Buffer): void => {
      if (!socket.destroyed) socket.write(Buffer.concat([frameHead(kind, data.length), data]));
    };
    shell.stdout.on('data', (data: Buffer) => send(OUTPUT, data));
    shell.stderr.on('data', (data: Buffer) => send(COMPLAINT, data));
    shell.on('close', (code) => {
      send(EXIT_CODE, Buffer.from([code ?? 1]));
      socket.end();
    });
    // Ending powershell.exe ends PowerShell.
    socket.on('close', () => shell.kill('SIGKILL'));
    shell.stdin.write(`Import-Module '${MODULE}'\n`);
    shell.stdin.write(rest);
    socket.pipe(shell.stdin);
  }

  #start(args: readonly string[]): ChildProcessWithoutNullStreams {
    const files = { SCENARIO_FILE: this.#path('scenario'), CALLS_FILE: this.#path('calls'), GATE_FILE: this.#path('gate') };
    const shell = spawn(powerShellPath(), args, { env: { PATH: process.env['PATH'] ?? '', HOME: this.#folder, ...files } });
    shell.stdin.on('error', () => undefined);
    return shell;
  }

  #path(name: string): string {
    return join(this.#folder, `powershell-${name}`);
  }
}

/** What powershell.exe says before its standard input, line by line; `rest` came with it and belongs to that input. */
async function readHead(socket: Socket): Promise<{ readonly head: readonly string[]; readonly rest: Buffer }> {
  let received = Buffer.alloc(0);
  for (;;) {
    const end = received.indexOf('\n\n');
    if (end >= 0) {
      socket.pause();
      return { head: received.toString('utf8', 0, end).split('\n'), rest: received.subarray(end + 2) };
    }
    const [data] = (await once(socket, 'data')) as [Buffer];
    received = Buffer.concat([received, data]);
  }
}

function frameHead(kind: number, length: number): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(kind, 0);
  head.writeUInt32LE(length, 1);
  return head;
}

/** The arguments behind the program's name, as Windows programs read them; no quotes inside quotes are needed here. */
function argumentsOf(commandLine: string): readonly string[] {
  return (commandLine.match(/"[^"]*"|\S+/g) ?? []).slice(1).map((word) => word.replace(/^"|"$/g, ''));
}
