import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { posixFolderProtection } from '../../../electron/adapters/storage/posix-folder-protection.js';
import { openRunRecords } from '../../../electron/adapters/storage/run-files.js';
import { runCli } from '../../../electron/apps/cli/run-cli.js';
import type { OpenServer } from '../../../electron/apps/cli/server.js';
import type { Terminal } from '../../../electron/apps/cli/terminal.js';
import { openSimulatedParts } from '../../../electron/composition/simulated-parts.js';
import type { Checklist } from '../../../electron/contract/checklist.js';
import { DEFAULT_SETTINGS } from '../../../electron/contract/settings.js';
import { createEngine } from '../../../electron/engine/create-engine.js';
import type { FolderProtection } from '../../../electron/ports/folder-protection.js';
import type { Host } from '../../../electron/ports/host.js';
import type { ServerPool } from '../../../electron/ports/pool-information.js';
import { HarnessTime, NO_FLUSH } from '../engine/engine-harness.js';
import type { Ended } from './cli-program.js';

/** Opens the pool of one command, which keeps what it is told in that folder. */
type OpenPool = (dataFolder: string, protection: FolderProtection, host: Pick<Host, 'now'>) => ServerPool;

/** The server that is there already. */
const STORED = { simulate: null, seed: null, speed: null };

/** Real milliseconds that a process takes to start and to end. */
const BETWEEN_COMMANDS_MS = 300;
/** As long as a reading takes a real machine: at --speed 300 one comes every 3 s, as there, and not four times as often. */
const SHORTEST_SLEEP_MS = 10;

class CoarseTime extends HarnessTime {
  override sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return super.sleep(Math.max(SHORTEST_SLEEP_MS, milliseconds), signal);
  }
}

/**
 * The command line on a simulated server that is stored between its commands, as `CliProgram` runs it, but in this process and on a
 * clock that moves by sleeping alone: what it says does not depend on how busy the machine is.
 */
export class TimedCli {
  readonly #openPool: OpenPool | null;
  readonly folder = mkdtempSync(join(tmpdir(), 'lync-drain-timed-'));
  readonly #time = new CoarseTime();

  /** @param openPool the pool of each command; null: that of the simulated server */
  constructor(openPool: OpenPool | null = null) {
    this.#openPool = openPool;
  }

  async run(...typed: string[]): Promise<Ended> {
    this.#time.turnTo(this.#time.nowMs() + BETWEEN_COMMANDS_MS);
    const said = { out: '', err: '' };
    const output = (stream: 'out' | 'err'): Terminal['stdout'] => ({
      write: (text) => void (said[stream] += text),
      ...{ isTerminal: false, columns: 80, failure: null },
    });
    const terminal: Terminal = {
      ...{ stdout: output('out'), stderr: output('err'), environment: { LANG: 'C.UTF-8' }, systemLocale: () => 'en-US' },
      ...{ processId: process.pid, interruption: new AbortController().signal, productVersion: 'test', knowsItIsSimulated: false },
    };
    const log = async (_: string | null, failure: unknown): Promise<string> => {
      throw failure;
    };
    return { exitCode: await runCli(typed, terminal, this.#open, { write: log }), ...said };
  }

  /** A reading by another program beside the commands. */
  async observe(): Promise<Checklist> {
    const server = await this.#open({ ...STORED, dataFolder: null, undoCard: () => '' });
    return server.engine.observe().finally(() => server.close());
  }

  /** Restarts Windows; some minutes pass. */
  async restart(): Promise<void> {
    const parts = await openSimulatedParts(join(this.folder, 'data'), STORED, this.#time);
    await parts.simulation?.simulation.restart();
    await parts.close();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  readonly #open: OpenServer = async ({ undoCard, ...choice }) => {
    const dataFolder = join(this.folder, 'data');
    const protection = posixFolderProtection(process.geteuid());
    protection.createFolder(dataFolder);
    const simulated = await openSimulatedParts(dataFolder, choice, this.#time);
    const parts = { ...simulated, pool: this.#openPool?.(dataFolder, protection, simulated.host) ?? simulated.pool };
    const records = openRunRecords({
      ...{ folder: dataFolder, protection, fileSystem: NO_FLUSH, computerName: 'FE01', bootedAt: parts.bootedAt },
      processIdentity: (processId) => parts.host.processIdentity(processId),
    });
    const { stalledAfterMs } = DEFAULT_SETTINGS;
    return {
      engine: createEngine({ ...parts, records, product: 'test', stalledAfterMs, undoCard }),
      ...{ records, host: parts.host, source: parts.source, dataFolder, settings: DEFAULT_SETTINGS, settingsProblem: null, otherRun: null },
      pool: parts.pool,
      settingsFile: { path: join(dataFolder, 'settings.json') },
      repairDataFolder: async () => [],
      close: async () => {
        parts.pool.end();
        await parts.close();
      },
    };
  };
}
