import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openSimulation } from '../../../electron/adapters/simulator/open-simulated-server.js';
import { buildServer } from '../../../electron/adapters/simulator/scenarios.js';
import { createSimulatedEnds } from '../../../electron/adapters/simulator/simulated-ends.js';
import { SimulatedEvidence } from '../../../electron/adapters/simulator/simulated-evidence.js';
import { createSimulatedProduct } from '../../../electron/adapters/simulator/simulated-product.js';
import type { SimulatedService } from '../../../electron/adapters/simulator/simulated-state.js';
import { MemoryStore } from '../../../electron/adapters/simulator/simulated-store.js';
import type { FileSystem } from '../../../electron/adapters/storage/file-system.js';
import { openRunRecords } from '../../../electron/adapters/storage/run-files.js';
import { runCli } from '../../../electron/apps/cli/run-cli.js';
import type { OpenServer, Server } from '../../../electron/apps/cli/server.js';
import type { Terminal } from '../../../electron/apps/cli/terminal.js';
import type { Checklist } from '../../../electron/contract/checklist.js';
import { DEFAULT_SETTINGS } from '../../../electron/contract/settings.js';
import { createEngine } from '../../../electron/engine/create-engine.js';
import { HarnessTime, NO_FLUSH } from '../engine/engine-harness.js';
import { FakeFolderProtection } from '../fakes/fake-folder-protection.js';
import { attended, type AttendedServer } from '../simulated/services-console.js';
import { Transcript } from './transcript.js';

/** Where the records are said to be: no path of this machine may be in a face. */
const DATA_FOLDER = '/var/lib/lync-drain';
const VERSION = '1.0.0';
/** The second part of such an id is chance. */
export const RUN_IDS = ['20261123-020000-601d', '20261123-020600-601d'] as const;
const COLUMNS = 100;

/** So that the maintenance takes minutes, and its record some pages. */
function withFewCalls(service: SimulatedService): SimulatedService {
  const { sessions } = service;
  if (sessions === null) return service;
  return {
    ...service,
    sessions: { ...sessions, usual: Math.ceil(sessions.usual / 4), shortestMs: Math.min(sessions.shortestMs, 10_000), longestMs: 60_000 },
  };
}

/** A simulated server on a manual clock, and the command line in front of it. Each command is a process of its own. */
export class GoldenServer {
  readonly time: HarnessTime;
  readonly server: AttendedServer;
  readonly transcript = new Transcript();
  readonly #folder = mkdtempSync(join(tmpdir(), 'lync-drain-golden-'));
  #processId = 4000;

  private constructor(server: AttendedServer, time: HarnessTime) {
    this.server = server;
    this.time = time;
  }

  static async open(scenario: string, seed: number): Promise<GoldenServer> {
    const time = new HarnessTime();
    const state = buildServer(scenario, seed, time.nowMs());
    const server = attended(await openSimulation(new MemoryStore({ ...state, services: state.services.map(withFewCalls) }), time, null));
    return new GoldenServer(server, time);
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** @param isTerminal true if a person looks at it: colours, and lines that are drawn over */
  async run(typed: readonly string[], isTerminal = false): Promise<void> {
    this.transcript.begin(typed);
    this.transcript.end(await this.#run(typed, isTerminal, (stream, text) => this.transcript.write(stream, text)));
  }

  /** Standard output alone, for a face with a file of its own. */
  async print(...typed: readonly string[]): Promise<string> {
    let printed = '';
    await this.#run(typed, false, (stream, text) => {
      if (stream === 'out') printed += text;
    });
    return printed;
  }

  async #run(typed: readonly string[], isTerminal: boolean, write: (stream: 'out' | 'err', text: string) => void): Promise<number> {
    this.#processId += 4;
    const output = (stream: 'out' | 'err'): Terminal['stdout'] => ({
      write: (text) => write(stream, text),
      isTerminal,
      columns: COLUMNS,
      failure: null,
    });
    const terminal: Terminal = {
      ...{ stdout: output('out'), stderr: output('err'), environment: { LANG: 'en_US.UTF-8' }, systemLocale: () => 'en-US' },
      ...{ processId: this.#processId, interruption: new AbortController().signal, productVersion: VERSION, knowsItIsSimulated: false },
    };
    const log = async (_: string | null, failure: unknown): Promise<string> => {
      throw failure;
    };
    return runCli(typed, terminal, this.#open, { write: log });
  }

  /** What tray and window draw from. */
  async look(): Promise<Checklist> {
    const server = await this.#open({ dataFolder: null, simulate: null, seed: null, speed: null, undoCard: () => '' });
    const checklist = await server.engine.observe(true);
    await server.close();
    return checklist;
  }

  /** What stands in a file of the maintenance. @param ending `jsonl`, `undo.txt` or `anchor` */
  readRunFile(ending: string): string {
    return this.#files()
      .readWhole(join(DATA_FOLDER, 'runs', `${RUN_IDS[0]}.${ending}`))
      .toString('utf8');
  }

  readonly #open: OpenServer = async ({ undoCard }) => {
    const { serviceControl, host, simulation } = this.server;
    const evidence = new SimulatedEvidence(simulation);
    const installedProduct = createSimulatedProduct(() => simulation.look().state);
    const records = openRunRecords({
      ...{
        folder: DATA_FOLDER,
        protection: this.#protection(),
        fileSystem: this.#files(),
        computerName: 'FE01',
        bootedAt: '2026-11-01T00:00:00.000Z',
      },
      processIdentity: (processId) => (processId === this.#processId ? `process ${processId}` : null),
    });
    Object.assign(records, { newRunId: () => (records.list().length === 0 ? RUN_IDS[0] : RUN_IDS[1]) });
    const readPool = async () =>
      ({ known: true, value: { fqdn: 'pool01.contoso.com', members: 4, othersInService: 3, addresses: 4 } }) as const;
    const pool = {
      read: readPool,
      readNow: readPool,
    };
    const { stalledAfterMs } = DEFAULT_SETTINGS;
    const server: Server = {
      engine: createEngine({
        serviceControl,
        evidence,
        openSessionEnds: async () => createSimulatedEnds(simulation),
        pool,
        host,
        installedProduct,
        records,
        product: VERSION,
        stalledAfterMs,
        undoCard,
      }),
      ...{
        records,
        host,
        source: 'simulated',
        dataFolder: DATA_FOLDER,
        settings: DEFAULT_SETTINGS,
        settingsProblem: null,
        otherRun: null,
      },
      settingsFile: { path: join(DATA_FOLDER, 'settings.json') },
      repairDataFolder: async () => [],
      close: () => evidence.release(),
    };
    return server;
  };

  /** Takes a path below the folder that is shown to the one that is there. */
  #there(path: string): string {
    if (!path.startsWith(DATA_FOLDER)) throw new Error(`${path} is outside of the data folder`);
    return this.#folder + path.slice(DATA_FOLDER.length);
  }

  #protection(): FakeFolderProtection {
    const protection = new FakeFolderProtection();
    const createFolder = protection.createFolder.bind(protection);
    return Object.assign(protection, { createFolder: (path: string) => createFolder(this.#there(path)) });
  }

  #files(): FileSystem {
    const there = (path: string): string => this.#there(path);
    return {
      ...NO_FLUSH,
      open: (path, how) => NO_FLUSH.open(there(path), how),
      note: (path, text) => NO_FLUSH.note(there(path), text),
      readWhole: (path, maxBytes) => NO_FLUSH.readWhole(there(path), maxBytes),
      status: (path) => NO_FLUSH.status(there(path)),
      rename: (from, to) => NO_FLUSH.rename(there(from), there(to)),
      remove: (path) => NO_FLUSH.remove(there(path)),
      isThere: (path) => NO_FLUSH.isThere(there(path)),
      list: (folder) => NO_FLUSH.list(there(folder)),
      watch: (folder, onChange, onEnd) => NO_FLUSH.watch(there(folder), onChange, onEnd),
    };
  }
}
