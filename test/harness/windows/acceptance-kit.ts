import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { promisify } from 'node:util';

import { compileNative } from './native.js';
import { StubCounters } from './stub-counters.js';
import { type Finished, type Running, WindowsServer } from './windows-server.js';
import { windowsPath } from './wine.js';

const PACKAGE_SCRIPT = 'build/package-acceptance.mjs';
const SCHTASKS_SOURCE = 'test/harness/packages/native/schtasks.c';
const NAME = 'Lync Drain Acceptance';
const REGISTRY = 'test/harness/windows/acceptance-kit.reg';
const UNPACK = '7z';

/** Services of the kit that counters can prove empty. */
const COUNTED = ['RTCMEDSRV', 'RTCAVMCU'];

const runFile = promisify(execFile);

/** What this machine lacks to unpack the kit as its users do. */
export const missingForKit: readonly string[] = (process.env['PATH'] ?? '')
  .split(delimiter)
  .some((folder) => existsSync(join(folder, UNPACK)))
  ? []
  : [UNPACK];

interface KitCheck {
  readonly id: string;
  readonly outcome: 'passed' | 'failed' | 'not-possible';
  readonly seen: string;
}

export interface KitReport {
  readonly windows: { readonly version: string; readonly wine: string | null };
  readonly counts: Readonly<Record<KitCheck['outcome'], number>>;
  readonly checks: readonly KitCheck[];
  readonly proofs: readonly { readonly leftOut: string; readonly red: string | null }[];
  readonly notes: readonly string[];
}

/** A Windows server with the acceptance kit unpacked outside the project's tree. */
export class KitServer {
  readonly #server: WindowsServer;
  readonly #temporary: string;
  readonly #kit: string;

  private constructor(server: WindowsServer, temporary: string) {
    this.#server = server;
    this.#temporary = temporary;
    this.#kit = join(temporary, 'lync-drain-acceptance');
  }

  /** Packages the kit, unpacks it, and starts a server whose counters count what the kit's services carry. */
  static async start(): Promise<KitServer> {
    const [server, { stdout }, temporary] = await Promise.all([
      WindowsServer.start({ env: { LYNC_DRAIN_ACCEPTANCE_UNATTENDED: '1' }, registry: REGISTRY }),
      runFile(process.execPath, [PACKAGE_SCRIPT]),
      mkdtemp(join(tmpdir(), 'acceptance kit ')),
    ]);
    await runFile(UNPACK, ['x', '-y', `-o${temporary}`, stdout.trim()]);
    // Wine's own hangs now and then.
    const schtasks = join(server.drive, 'windows/system32/schtasks.exe');
    await rm(schtasks);
    await copyFile(await compileNative(SCHTASKS_SOURCE), schtasks);
    const counters = await StubCounters.on(server);
    for (const name of COUNTED) await counters.count(name, join(server.drive, 'Program Files', NAME, 'logs', `${name}.log`));
    return new KitServer(server, temporary);
  }

  get witness(): WindowsServer['witness'] {
    return this.#server.witness;
  }

  launch(...words: readonly string[]): Promise<Running> {
    return this.#server.launch('cmd', ['/c', windowsPath(join(this.#kit, 'run.cmd')), ...words]);
  }

  async run(...words: readonly string[]): Promise<Finished> {
    return (await this.launch(...words)).ended;
  }

  async reg(...words: readonly string[]): Promise<Finished> {
    return this.#server.run('reg', words);
  }

  async report(): Promise<KitReport> {
    return JSON.parse(await readFile(join(this.#kit, 'acceptance.json'), 'utf8')) as KitReport;
  }

  page(): Promise<string> {
    return readFile(join(this.#kit, 'acceptance.html'), 'utf8');
  }

  async forgetReport(): Promise<void> {
    for (const name of ['acceptance.json', 'acceptance.html']) await rm(join(this.#kit, name), { force: true });
  }

  /** Replaces the edition in the kit by one that does something else around the real one; null puts the real one back. */
  async fakeEdition(script: string | null): Promise<void> {
    const [program, real] = ['lync-drain.cjs', 'real.cjs'].map((name) => join(this.#kit, 'lync-drain', name)) as [string, string];
    if (script === null) await rename(real, program);
    else {
      if (!existsSync(real)) await rename(program, real);
      await writeFile(program, script);
    }
  }

  /** What of the kit is on the machine: folders, services and registry keys. */
  async leftovers(): Promise<readonly string[]> {
    const folders = ['Program Files', 'ProgramData']
      .map((parent) => join(this.#server.drive, parent, NAME))
      .filter((path) => existsSync(path));
    const services = (await this.witness.list()).filter((name) => /^(RTC|REPLICA|LyncDrain)/.test(name));
    const source = await this.reg('query', 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\Lync Drain');
    return [...folders, ...services, ...(source.exitCode === 0 ? ['event source'] : [])];
  }

  /** Services that the kit has installed now. */
  async kitServices(): Promise<readonly string[]> {
    return (await this.witness.list()).filter((name) => name.startsWith('RTC'));
  }

  /** Restarts Windows. */
  async restart(): Promise<void> {
    await this.#server.restart();
  }

  /** Ends the kit as the task manager does, from one instruction to the next. */
  async killRunner(): Promise<void> {
    for (const name of (await readdir('/proc')).filter((one) => /^\d+$/.test(one))) {
      const line = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
      if (line.includes(basename(this.#temporary)) && line.includes('acceptance.cjs')) process.kill(Number(name), 'SIGKILL');
    }
  }

  async stop(): Promise<void> {
    await this.#server.stop();
    await rm(this.#temporary, { recursive: true, force: true });
  }
}
