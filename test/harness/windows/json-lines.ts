import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Asks a child process one line at a time and hands out its answers, one JSON line each, in the order of the questions. */
export class JsonLines {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting: { readonly resolve: (answer: unknown) => void; readonly reject: (error: Error) => void }[] = [];
  #errors = '';
  #hasEnded = false;

  constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    createInterface({ input: child.stdout }).on('line', (line) => this.#waiting.shift()?.resolve(JSON.parse(line)));
    child.stderr.on('data', (chunk: Buffer) => (this.#errors += chunk.toString()));
    // A broken pipe shows as the process's end.
    child.stdin.on('error', () => undefined);
    child.on('close', () => {
      this.#hasEnded = true;
      for (const { reject } of this.#waiting.splice(0)) reject(this.#ended());
    });
  }

  /** @throws Error when the process has ended before it answered */
  ask(line: string): Promise<unknown> {
    const answer = this.next();
    this.#child.stdin.write(`${line}\n`);
    return answer;
  }

  /** The next answer that no question is waiting for. */
  next(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#hasEnded) reject(this.#ended());
      else this.#waiting.push({ resolve, reject });
    });
  }

  #ended(): Error {
    return new Error(`The process has ended. It said: ${this.#errors}`);
  }
}
