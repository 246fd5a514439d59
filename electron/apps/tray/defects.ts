import { problem, type Problem } from '../../contract/problem.js';

/** What a window may report at once, and how long until it may report one more: a page that fails in a loop must not fill the disk. */
const WINDOW_REPORTS = 10;
const WINDOW_REPORT_EVERY_MS = 10_000;

/** Of what is told in the event list. */
const MAX_DETAIL_LENGTH = 200;

/** Different failures that the event list is told of; the log goes on. */
const MAX_TOLD = 100;

export interface DefectsParts {
  /** Keeps a failure. @returns the log's path, null if it could not be written */
  readonly writeLog: (failure: unknown) => Promise<string | null>;
  readonly tell: (problem: Problem) => void;
  /** Milliseconds on a monotonic clock. */
  readonly upMs: () => number;
}

/**
 * Unexpected failures, of the main process and of the window: in the log each time, in the event list once for each. Read when
 * there is one.
 */
export class Defects {
  readonly #parts: DefectsParts;
  readonly #told = new Set<string>();
  #reportsLeft = WINDOW_REPORTS;
  #reportedAt: number;
  #dropped = 0;

  constructor(parts: DefectsParts) {
    this.#parts = parts;
    this.#reportedAt = parts.upMs();
  }

  async note(failure: unknown): Promise<void> {
    this.#tell(failure instanceof Error ? failure.message : String(failure), await this.#parts.writeLog(failure));
  }

  /**
   * A failure of the window, as the window describes it. Lines after the first are indented, so that none looks like an entry of its own.
   * @returns the log's path; null if it could not be written, or if there were too many before it
   */
  async noteFromWindow(text: string): Promise<string | null> {
    if (!this.#takeReport()) {
      this.#dropped += 1;
      return null;
    }
    const missing = this.#dropped === 0 ? '' : ` (${this.#dropped} before this one were too many and are not kept)`;
    this.#dropped = 0;
    const [first = '', ...lines] = text.split(/\r?\n/);
    const logPath = await this.#parts.writeLog(
      [`In the window${missing}: ${first}`, ...lines.map((line) => `    ${line.trimStart()}`)].join('\n'),
    );
    this.#tell(first, logPath);
    return logPath;
  }

  #takeReport(): boolean {
    const now = this.#parts.upMs();
    const earned = Math.floor((now - this.#reportedAt) / WINDOW_REPORT_EVERY_MS);
    this.#reportsLeft = Math.min(WINDOW_REPORTS, this.#reportsLeft + earned);
    this.#reportedAt += earned * WINDOW_REPORT_EVERY_MS;
    if (this.#reportsLeft === 0) return false;
    this.#reportsLeft -= 1;
    return true;
  }

  /** A box that waits to be closed would leave the tray as it was, so a failure is an event. */
  #tell(message: string, logPath: string | null): void {
    const detail = message.slice(0, MAX_DETAIL_LENGTH);
    if (this.#told.has(detail) || this.#told.size >= MAX_TOLD) return;
    this.#told.add(detail);
    this.#parts.tell(problem('internal', logPath === null ? { detail } : { detail, logPath }));
  }
}
