import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

import type { CounterAnswer } from '../../../../contract/evidence-answers.js';
import { AnswerReader, formatRequest } from './reader-protocol.js';

/** So long may the reader take to close its counters before it is killed. */
const ENDING_MS = 2_000;

/** The program that reads counters, by its full path. */
export interface ReaderCommand {
  readonly program: string;
  readonly args: readonly string[];
}

/** A request on its way. */
interface Pending {
  readonly reader: AnswerReader;
  readonly resolve: (answers: readonly CounterAnswer[]) => void;
  readonly reject: (error: Error) => void;
}

/** Without the variables with which a user lets .NET load a library of his into every program: some performance libraries are .NET's. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(cor|coreclr|complus|dotnet)_/i.test(name)));
}

/** One counter reader that runs. It keeps our own process alive only while it is asked something. */
export class ReaderProcess {
  /** Why it has ended, or has to: it answered something else, or nothing that is an answer. Null while it is good. */
  failure: Error | null = null;
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #ended: Promise<void>;
  #pending: Pending | null = null;
  #lastId = 0;

  constructor({ program, args }: ReaderCommand) {
    this.#child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true, env: environment() });
    this.#ended = new Promise((resolve) => {
      this.#child.once('error', (error) => {
        this.#fail(error);
        resolve();
      });
      this.#child.once('exit', (code, signal) => {
        this.#fail(new Error(`the counter reader ended: ${signal ?? describeExit(code ?? 0)}`));
        resolve();
      });
    });
    // A broken pipe shows as the end of the process.
    this.#child.stdin.on('error', () => undefined);
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => this.#take(text));
    this.#hold(false);
  }

  /**
   * Asks for counters; one request at a time.
   * @returns one answer for each path, in their order. Rejects when the process ends, is killed, or answers something else
   */
  ask(paths: readonly string[]): Promise<readonly CounterAnswer[]> {
    this.#lastId += 1;
    const request = formatRequest(this.#lastId, paths);
    const answers = new Promise<readonly CounterAnswer[]>((resolve, reject) => {
      if (this.failure !== null) reject(this.failure);
      else this.#pending = { reader: new AnswerReader(this.#lastId, paths.length), resolve, reject };
    });
    this.#hold(true);
    this.#child.stdin.write(request);
    return answers.finally(() => this.#hold(false));
  }

  /** Lets our own process end although an answer is still to come. */
  letGo(): void {
    this.#hold(false);
  }

  /** Closes its counters and ends it. Resolves when it has ended, or after it was killed for taking too long. */
  async end(): Promise<void> {
    this.#child.stdin.end();
    const timer = setTimeout(() => this.kill(new Error('the counter reader took too long to end')), ENDING_MS);
    timer.unref();
    this.#child.ref();
    await this.#ended;
    clearTimeout(timer);
  }

  /** Ends it from one instruction to the next. */
  kill(why: Error): void {
    this.#fail(why);
    this.#child.kill('SIGKILL');
  }

  #take(text: string): void {
    if (this.failure !== null) return;
    try {
      if (this.#pending === null) throw new Error('an answer that nobody asked for');
      const answers = this.#pending.reader.take(text);
      if (answers === null) return;
      this.#pending.resolve(answers);
      this.#pending = null;
    } catch (error) {
      this.kill(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #fail(why: Error): void {
    this.failure ??= why;
    this.#pending?.reject(this.failure);
    this.#pending = null;
    this.#hold(false);
  }

  /** Whether the process and its pipes keep ours alive. */
  #hold(holds: boolean): void {
    // Node's pipes are sockets, which its types do not say.
    const handles: readonly unknown[] = [this.#child, this.#child.stdin, this.#child.stdout];
    for (const handle of handles as readonly { ref?(): void; unref?(): void }[]) {
      if (holds) handle.ref?.();
      else handle.unref?.();
    }
  }
}

/** Windows' exit codes are exception numbers when a program has crashed: as people look them up. */
function describeExit(code: number): string {
  return code >= 0 && code < 0x1_0000 ? `exit code ${code}` : `exit code 0x${(code >>> 0).toString(16)}`;
}
