import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { compileLibrary } from './native.js';
import { WindowsServer } from './windows-server.js';

const SOURCE = 'test/windows/native/stub-pdh.c';
/** Drive C: of a server, in its folder. */
const DRIVE = 'prefix/drive_c';

/** A Windows server whose pdh.dll is native/stub-pdh.c: its counters do as they are told. */
export class StubCounters {
  readonly server: WindowsServer;
  readonly #behaviour: string;
  readonly #log: string;

  private constructor(server: WindowsServer) {
    this.server = server;
    this.#behaviour = join(server.folder, DRIVE, 'stub-counters');
    this.#log = join(server.folder, DRIVE, 'stub-counters.log');
  }

  static async start(): Promise<StubCounters> {
    const library = await compileLibrary(SOURCE);
    const env = { WINEDLLOVERRIDES: 'pdh=n', STUB_PDH: 'C:\\stub-counters', STUB_PDH_LOG: 'C:\\stub-counters.log' };
    const server = await WindowsServer.start({ env });
    const target = join(server.folder, DRIVE, 'windows/system32/pdh.dll');
    // What stands there is a link to a file that all servers share.
    await rm(target);
    await copyFile(library, target);
    const stub = new StubCounters(server);
    await stub.behave();
    return stub;
  }

  /** What the counters do from now on; the lines are described in native/stub-pdh.c. */
  async behave(...lines: readonly string[]): Promise<void> {
    await writeFile(this.#behaviour, lines.map((line) => `${line}\n`).join(''));
  }

  /** Queries that were opened and closed, in order. */
  async queries(): Promise<readonly string[]> {
    const text = await readFile(this.#log, 'utf8').catch(() => '');
    return text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  }

  stop(): Promise<void> {
    return this.server.stop();
  }
}
