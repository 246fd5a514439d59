import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { evidenceOf } from '../../../electron/core/evidence/evidence-table.js';
import { compileLibrary } from './native.js';
import type { WindowsServer } from './windows-server.js';
import { windowsPath } from './wine.js';

const SOURCE = 'test/harness/windows/native/stub-pdh.c';

/** An object and a counter as Web Conferencing may call them: no name of its own is public. */
const FOUND_OBJECT = 'LS:DATAMCU - Web Conferencing';
const FOUND_COUNTER = 'DATAMCU - Connected Users';

/** A server's pdh.dll, which is native/stub-pdh.c from now on: its counters do as they are told. */
export class StubCounters {
  readonly #behaviour: string;
  readonly #log: string;
  #lines: readonly string[] = [];

  private constructor(server: WindowsServer) {
    this.#behaviour = join(server.drive, 'stub-counters');
    this.#log = join(server.drive, 'stub-counters.log');
  }

  static async on(server: WindowsServer): Promise<StubCounters> {
    const target = join(server.drive, 'windows/system32/pdh.dll');
    // What stands there is a link to a file that all servers share.
    await rm(target, { force: true });
    await copyFile(await compileLibrary(SOURCE), target);
    const stub = new StubCounters(server);
    await stub.behave();
    return stub;
  }

  /** What the counters do from now on; the lines are described in native/stub-pdh.c. */
  async behave(...lines: readonly string[]): Promise<void> {
    this.#lines = lines;
    await writeFile(this.#behaviour, lines.map((line) => `${line}\n`).join(''));
  }

  /** Adds to what the counters do. */
  async add(...lines: readonly string[]): Promise<void> {
    await this.behave(...this.#lines, ...lines);
  }

  async remove(line: string): Promise<void> {
    await this.behave(...this.#lines.filter((one) => one !== line));
  }

  /** Lets the counters of a Lync service, as far as it has any, say how many sessions a session service has by its log. */
  async count(serviceName: string, log: string): Promise<void> {
    await this.add(...linesOf(serviceName, `sessions ${windowsPath(log)}`));
  }

  /** Queries that were opened and closed, in order. */
  async queries(): Promise<readonly string[]> {
    const text = await readFile(this.#log, 'utf8').catch(() => '');
    return text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  }
}

/** The first counters of a service have its sessions; others that are added to them have none. */
function linesOf(serviceName: string, sessions: string): readonly string[] {
  const proof = evidenceOf(serviceName, { role: 'front-end', majorVersion: null })?.mayProveEmpty;
  if (proof?.kind !== 'counter') return [];
  return proof.terms.flatMap(({ paths }, index) => {
    const what = index === 0 ? sessions : 'value 0';
    if (paths.some((path) => path.includes('*\\*'))) {
      return [`name ${FOUND_OBJECT}`, `name ${FOUND_COUNTER}`, `\\${FOUND_OBJECT}\\${FOUND_COUNTER}=${what}`];
    }
    return paths.map((path) => `${path}=${what}`);
  });
}
