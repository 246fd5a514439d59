import { spawn } from 'node:child_process';

import { LOGGED_EVENTS, type EventLevel, type LoggedEvent } from '../../../contract/logged-event.js';
import type { EventLog } from '../../../ports/event-log.js';
import { withinDeadline } from '../../time/within-deadline.js';

/** Where the installer registers the source, below HKEY_LOCAL_MACHINE, and the value that names the file with the texts. */
const SOURCE_KEY = 'SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\Lync Drain';
const MESSAGE_FILE = 'EventMessageFile';

/** `wType` of `ReportEventW` (winnt.h), and the severity bits of an event identifier (Microsoft Learn, "Event Identifiers"). */
const LEVELS: Readonly<Record<EventLevel, { readonly type: number; readonly severity: number }>> = {
  information: { type: 4, severity: 1 },
  warning: { type: 2, severity: 2 },
  error: { type: 1, severity: 3 },
};

/** How long the event log is waited for. */
export interface EventLogPatience {
  /** A reporter that takes longer is killed, and no further event is written: the event log hangs. */
  readonly reportMs: number;
  /** When the process wants to end. */
  readonly settleMs: number;
}

const PATIENCE: EventLogPatience = { reportMs: 5_000, settleMs: 2_000 };
/** Events that wait behind one that hangs. More are dropped. */
const MOST_WAITING = 50;

export interface WindowsEventLogOptions {
  /** `native/event-reporter/event-reporter.c`, compiled, and what stands before its own arguments. */
  readonly reporter: { readonly program: string; readonly args: readonly string[] };
  readonly readMachineText: (key: string, value: string) => Promise<string | null>;
  readonly patience?: EventLogPatience | undefined;
}

/** Windows' event log, through a small program: a hanging event log must not keep a thread of ours. */
export class WindowsEventLog implements EventLog {
  readonly #options: WindowsEventLogOptions;
  readonly #patience: EventLogPatience;
  #queue: Promise<void> = Promise.resolve();
  #waiting = 0;
  #hasGivenUp = false;

  constructor(options: WindowsEventLogOptions) {
    this.#options = options;
    this.#patience = options.patience ?? PATIENCE;
  }

  write(event: LoggedEvent): void {
    if (this.#hasGivenUp || this.#waiting >= MOST_WAITING) return;
    this.#waiting += 1;
    this.#queue = this.#queue.then(async () => {
      this.#waiting -= 1;
      if (!this.#hasGivenUp && (await this.isRegistered()) === true) this.#hasGivenUp = !(await this.#report(event));
    });
  }

  async isRegistered(): Promise<boolean | null> {
    try {
      return (await this.#options.readMachineText(SOURCE_KEY, MESSAGE_FILE)) !== null;
    } catch {
      return null;
    }
  }

  async settle(): Promise<void> {
    await withinDeadline(this.#queue, this.#patience.settleMs, undefined);
  }

  /** @returns false if no further event is worth trying: the program cannot be started, or hangs */
  #report({ name, inserts }: LoggedEvent): Promise<boolean> {
    const { program, args } = this.#options.reporter;
    const { id, level } = LOGGED_EVENTS[name];
    const { type, severity } = LEVELS[level];
    return new Promise((resolve) => {
      const child = spawn(program, [...args, String(type), String(severity * 0x4000_0000 + id), ...inserts], {
        stdio: 'ignore',
        windowsHide: true,
      });
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        resolve(false);
      }, this.#patience.reportMs);
      // Nothing of it keeps our own process from ending.
      timer.unref();
      child.unref();
      child.once('error', () => resolve(false));
      child.once('exit', () => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }
}
