import { join } from 'node:path';

import { call } from './call.js';

const EVENT_SOURCE = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\Lync Drain';
const RUN_ONCE = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\RunOnce';
const RUN_ONCE_NAME = 'Lync Drain Acceptance';

/** Errors, warnings and information (`TypesSupported`). */
const ALL_LEVELS = '7';

/** Where Lync Server and Skype for Business Server register themselves. */
const LYNC = 'HKLM\\SOFTWARE\\Microsoft\\Real-Time Communications';

/** Windows' own reg.exe: a second witness beside the service control manager, and what registers the event source. */
export class Registry {
  readonly #program: string;

  constructor(env: NodeJS.ProcessEnv) {
    this.#program = join(env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'reg.exe');
  }

  /** A number below a service's key; null if there is none. */
  async serviceNumber(serviceName: string, value: string): Promise<number | null> {
    const key = `HKLM\\SYSTEM\\CurrentControlSet\\Services\\${serviceName}`;
    const { stdout } = await call(this.#program, ['query', key, '/v', value]).ended;
    const [, digits] = /REG_DWORD\s+0x([0-9a-f]+)/i.exec(stdout) ?? [];
    return digits === undefined ? null : Number.parseInt(digits, 16);
  }

  async hasLync(): Promise<boolean> {
    return this.#has(LYNC);
  }

  async hasEventSource(): Promise<boolean> {
    return this.#has(EVENT_SOURCE);
  }

  /** As the setup program registers it. */
  async addEventSource(messageFile: string): Promise<void> {
    await this.#run('add', EVENT_SOURCE, '/v', 'EventMessageFile', '/t', 'REG_SZ', '/d', messageFile, '/f');
    await this.#run('add', EVENT_SOURCE, '/v', 'TypesSupported', '/t', 'REG_DWORD', '/d', ALL_LEVELS, '/f');
  }

  async removeEventSource(): Promise<void> {
    await this.#run('delete', EVENT_SOURCE, '/f');
  }

  /** Windows runs a command line once, at the next sign-in of an administrator. */
  async runOnce(commandLine: string): Promise<void> {
    await this.#run('add', RUN_ONCE, '/v', RUN_ONCE_NAME, '/t', 'REG_SZ', '/d', commandLine, '/f');
  }

  async removeRunOnce(): Promise<void> {
    await this.#run('delete', RUN_ONCE, '/v', RUN_ONCE_NAME, '/f');
  }

  async #has(key: string): Promise<boolean> {
    return (await call(this.#program, ['query', key]).ended).exitCode === 0;
  }

  async #run(...words: readonly string[]): Promise<void> {
    await call(this.#program, words).ended;
  }
}
