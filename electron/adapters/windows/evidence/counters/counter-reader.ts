import { performance } from 'node:perf_hooks';

import type { CounterAnswer } from '../../../../contract/evidence-answers.js';
import type { CounterSource } from '../../../../ports/evidence-sources.js';
import { type ReaderCommand, ReaderProcess } from './reader-process.js';

/** How long the counter reader is waited for. */
export interface ReaderPatience {
  /** A reading goes on without counters after this. */
  readonly deadlineMs: number;
  /** A reader that is silent for so long is killed. */
  readonly silenceMs: number;
  /** After a reader had to be killed, or ended by itself, the next is started so much later: doubled each time… */
  readonly restMs: number;
  /** …up to this. */
  readonly longestRestMs: number;
  /** A reader with which a counter could not be read is replaced after so long. */
  readonly renewalMs: number;
}

/**
 * Five seconds are what an administrator waits for a status; reading takes a few milliseconds. The first reading loads the
 * performance libraries, for each of which Windows itself waits up to 10 s: killed at the deadline, a slow one would never be
 * through. A library that hangs or crashes does so again, and Windows may switch it off for all programs: so with rests.
 * PDH keeps what it once found missing, though its service may publish it later: so a new process after a minute.
 */
const PATIENCE: ReaderPatience = { deadlineMs: 5_000, silenceMs: 30_000, restMs: 30_000, longestRestMs: 480_000, renewalMs: 60_000 };

/** The answer for every path of a reading that failed as a whole. */
type Failure = Extract<CounterAnswer, { kind: 'unreadable' }>;

/** `PDH_INVALID_HANDLE` (pdhmsg.h): the query itself is no longer good. */
const LOST_QUERY = '0xc0000bbc';

/**
 * Performance counters through the counter reader, a process of its own (native/counter-reader): what a performance library
 * does there costs one reading and nothing else.
 *
 *   none ──read──▶ running ──answered in time──▶ running
 *     ▲              │  ▲ └──deadline passed──▶ late ──answered──▶ running
 *     │              │  └──something unreadable for a minute: replaced
 *     └──rest over── resting ◀──ended, silent for too long, not understood──┘
 */
export class CounterReader implements CounterSource {
  readonly #command: ReaderCommand;
  readonly #patience: ReaderPatience;
  #process: ReaderProcess | null = null;
  #startedAt = 0;
  /** Set while the process has not answered before a deadline. */
  #isLate = false;
  #resting: { readonly untilMs: number; readonly answer: Failure } | null = null;
  #failuresInARow = 0;
  #lastTurn: Promise<unknown> = Promise.resolve();

  /** @param command the counter reader; started by the first reading */
  constructor(command: ReaderCommand, patience: ReaderPatience = PATIENCE) {
    this.#command = command;
    this.#patience = patience;
  }

  async read(paths: readonly string[]): Promise<ReadonlyMap<string, CounterAnswer>> {
    const asked = [...new Set(paths)];
    if (asked.length === 0) return new Map();
    const failure = this.#expectedFailure();
    const answers = failure === null ? await this.#readInTime(asked) : asked.map(() => failure);
    return new Map(asked.map((path, index) => [path, answers[index] ?? SILENT]));
  }

  async release(): Promise<void> {
    const kill = (): void => this.#process?.kill(new Error('the counters were released'));
    if (this.#isLate) kill();
    const timer = setTimeout(kill, this.#patience.deadlineMs);
    await this.#takeTurn(async () => {
      const process = this.#process;
      this.#process = null;
      if (process?.failure === null) await process.end();
    });
    clearTimeout(timer);
  }

  /** What a reading would say after waiting for nothing. */
  #expectedFailure(): Failure | null {
    if (this.#isLate) return SILENT;
    return this.#resting !== null && performance.now() < this.#resting.untilMs ? this.#resting.answer : null;
  }

  /** @returns one answer for each path, at the deadline at the latest; the request itself goes on, and does not keep our process alive */
  #readInTime(paths: readonly string[]): Promise<readonly CounterAnswer[]> {
    return new Promise((resolve, reject) => {
      let isOver = false;
      const timer = setTimeout(() => {
        isOver = true;
        this.#isLate = this.#process !== null;
        this.#process?.letGo();
        resolve(paths.map(() => SILENT));
      }, this.#patience.deadlineMs);
      this.#takeTurn(() => this.#readNow(paths, () => isOver))
        .then(resolve, reject)
        .finally(() => clearTimeout(timer));
    });
  }

  async #readNow(paths: readonly string[], isOver: () => boolean): Promise<readonly CounterAnswer[]> {
    const failure = isOver() ? SILENT : this.#expectedFailure();
    if (failure !== null) return paths.map(() => failure);
    const process = this.#startedProcess();
    const kill = setTimeout(() => process.kill(new Error(SILENT.raw)), this.#patience.silenceMs);
    kill.unref();
    try {
      const answers = await process.ask(paths);
      this.#failuresInARow = 0;
      this.#retireWhereDue(answers);
      return answers;
    } catch (error) {
      const answer = this.#fail(error instanceof Error ? error : new Error(String(error)));
      return paths.map(() => answer);
    } finally {
      clearTimeout(kill);
      this.#isLate = false;
    }
  }

  #startedProcess(): ReaderProcess {
    if (this.#process?.failure === null) return this.#process;
    this.#resting = null;
    this.#startedAt = performance.now();
    this.#process = new ReaderProcess(this.#command);
    return this.#process;
  }

  #retireWhereDue(answers: readonly CounterAnswer[]): void {
    const unreadable = answers.flatMap((answer) => (answer.kind === 'unreadable' ? [answer.raw] : []));
    const isOld = performance.now() - this.#startedAt >= this.#patience.renewalMs;
    if (!unreadable.includes(LOST_QUERY) && (unreadable.length === 0 || !isOld)) return;
    void this.#process?.end();
    this.#process?.letGo();
    this.#process = null;
  }

  #fail(error: Error): Failure {
    const { restMs, longestRestMs } = this.#patience;
    const answer: Failure = error.message === SILENT.raw ? SILENT : { kind: 'unreadable', reason: 'counter-failed', raw: error.message };
    this.#process?.kill(error);
    this.#process = null;
    this.#resting = { untilMs: performance.now() + Math.min(restMs * 2 ** this.#failuresInARow, longestRestMs), answer };
    this.#failuresInARow += 1;
    return answer;
  }

  #takeTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#lastTurn.then(work);
    this.#lastTurn = turn.catch(() => undefined);
    return turn;
  }
}

const SILENT: Failure = { kind: 'unreadable', reason: 'did-not-answer', raw: 'the counter reader did not answer' };
