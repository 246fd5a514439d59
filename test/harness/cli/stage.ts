import { listRead } from '../../../electron/adapters/storage/list-runs.js';
import { runCli } from '../../../electron/apps/cli/run-cli.js';
import type { Server, ServerOptions, ServerSettings } from '../../../electron/apps/cli/server.js';
import type { Output, Terminal } from '../../../electron/apps/cli/terminal.js';
import type { Source } from '../../../electron/contract/computer.js';
import { ProblemError, type Problem } from '../../../electron/contract/problem.js';
import type { ReadRun } from '../../../electron/contract/read-run.js';
import type { RepairedPath } from '../../../electron/ports/folder-protection.js';
import type { PauseEndTask } from '../../../electron/ports/pause-end-task.js';
import type { LockOwner, RunRecords } from '../../../electron/ports/run-records.js';
import { NOON } from '../fakes/checklists.js';
import { FakeEngine } from '../fakes/fake-engine.js';

/** A stream that keeps what was written. */
class KeptOutput implements Output {
  readonly failure = null;
  text = '';
  constructor(
    readonly isTerminal: boolean,
    readonly columns: number,
  ) {}
  write(text: string): void {
    this.text += text;
  }
}

/** A terminal, a server and a user: what one command line says and does. */
export class Stage {
  readonly engine = new FakeEngine();
  environment: Record<string, string> = { LANG: 'en_US.UTF-8' };
  isTerminal = false;
  columns = 80;
  elevated = true;
  source: Source = 'windows';
  settings: ServerSettings = { services: null, holdTimeMs: 60_000, timeoutMs: 3_600_000, hold: 'demand', language: null };
  /** Why the settings file cannot be used; null where it can. */
  settingsProblem: Problem | null = null;
  /** That a run is open in the usual folder while another is worked in. */
  otherRun: Problem | null = null;
  /** Why the server cannot be opened; null where it can. */
  refusal: Problem | null = null;
  runs: readonly ReadRun[] = [];
  /** Who is at work. */
  lockOwner: LockOwner | null = null;
  /** The owner that was killed at work, until it is taken over. */
  killedLockOwner: LockOwner | null = null;
  /** Throws where the data folder takes nothing. */
  probe: () => void = () => undefined;
  /** What Lync's cmdlet has not said yet; left out where nothing takes long. */
  findUnread: Server['findUnread'];
  /** Whether the event source is registered; left out where there is no event log. */
  eventSource: boolean | null | undefined;
  /** What a repair of the data folder changes. */
  repair: () => readonly RepairedPath[] = () => [];
  /** What ends a quick pause too; left out as on a simulated server. */
  pauseEndTask: PauseEndTask | undefined;
  /** What can be asked of the pool; left out where nothing can. */
  pool: Server['pool'];
  /** What shows that a Front-End takes registrations again; left out where nothing can. */
  health: Server['health'];
  /** Names of the pool that went into the settings. */
  readonly keptPools: string[] = [];
  /** Whether a maintenance is open, for those who only ask that. */
  isOpen = true;
  readonly interruption = new AbortController();
  readonly opened: ServerOptions[] = [];
  /** Sleeping moves it. */
  upMs = 0;
  readonly logged: unknown[] = [];
  closed = 0;
  /** How often a command was said to wait. */
  waited = 0;

  async run(...typed: string[]) {
    const stdout = new KeptOutput(this.isTerminal, this.columns);
    const stderr = new KeptOutput(this.isTerminal, this.columns);
    const terminal: Terminal = {
      ...{ stdout, stderr, environment: this.environment, systemLocale: () => 'en-US', processId: 77 },
      ...{ interruption: this.interruption.signal, productVersion: '1.2.3', knowsItIsSimulated: false },
      prepareToWait: () => (this.waited += 1),
    };
    const log = async (_: string | null, failure: unknown) => {
      this.logged.push(failure);
      return 'data/logs/lync-drain.log';
    };
    const exitCode = await runCli(typed, terminal, async (options) => this.#open(options), { write: log });
    return { exitCode, out: stdout.text, err: stderr.text, json: () => jsonLines(stdout.text) };
  }

  #open(options: ServerOptions): Server {
    this.opened.push(options);
    if (this.refusal !== null) throw new ProblemError(this.refusal);
    const { source, elevated, settings, findUnread, eventSource, pauseEndTask, pool } = this;
    const computer = { name: 'FE01', bootedAt: NOON, bootId: null, source, elevated, user: 'CONTOSO\\ann' };
    return {
      ...{
        engine: this.engine,
        source,
        settings,
        dataFolder: 'data',
        settingsFile: { path: 'data/settings.json' },
        settingsProblem: this.settingsProblem,
        otherRun: this.otherRun,
      },
      ...(findUnread !== undefined && { findUnread }),
      ...(pool !== undefined && { pool, keepPool: async (name: string) => void this.keptPools.push(name) }),
      ...(this.health !== undefined && { health: this.health }),
      ...(pauseEndTask !== undefined && { openPauseEndTask: async () => pauseEndTask }),
      ...(eventSource !== undefined && {
        eventLog: { write: () => undefined, isRegistered: async () => eventSource, settle: async () => undefined },
      }),
      records: {
        findOpen: () =>
          this.runs.find(({ run }) => run?.closed == null) ??
          (this.isOpen ? { runId: 'R1', path: 'data/runs/R1.jsonl', run: null, entryCount: 2, damage: null } : null),
        readLockOwner: () => this.lockOwner,
        readDeadLockOwner: () => this.killedLockOwner,
        list: () => this.runs,
        summaries: async () => this.runs.map(listRead),
        read: (runId: string) => this.runs.find((read) => read.runId === runId) ?? null,
        prepare: () => undefined,
        probe: async () => this.probe(),
        readUndoCard: () => null,
        undoCardPath: (runId: string) => `data/runs/${runId}.undo.txt`,
      } as unknown as RunRecords,
      host: {
        computer: async () => computer,
        now: () => ({ at: NOON, upMs: this.upMs }),
        sleep: async (milliseconds: number) => void (this.upMs += milliseconds),
        processIdentity: () => null,
      },
      repairDataFolder: async () => this.repair(),
      close: async () => {
        this.closed += 1;
      },
    };
  }
}

function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
