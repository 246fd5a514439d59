import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Windows itself gives up a control after 30 s. */
const LONGEST_ANSWER_MS = 90_000;

/** A witness did not do what it was asked for: Windows refused, with its number. */
export class WitnessRefused extends Error {
  readonly win32: number;

  constructor(operation: string, win32: number) {
    super(`${operation} failed with error ${win32}`);
    this.win32 = win32;
  }
}

interface Refusal {
  readonly ok: boolean;
  readonly win32?: number;
  readonly operation?: string;
}

/** A witness: a program that answers each line with one line of JSON. */
export class LineProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting: { readonly resolve: (line: string) => void; readonly reject: (error: Error) => void }[] = [];
  #hasEnded = false;

  constructor(program: string) {
    this.#child = spawn(program, [], { windowsHide: true });
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#waiting.shift()?.resolve(line));
    this.#child.stdin.on('error', () => undefined);
    const end = (): void => {
      this.#hasEnded = true;
      for (const { reject } of this.#waiting.splice(0)) reject(new Error(`${program} has ended`));
    };
    this.#child.on('error', end).on('close', end);
  }

  /** The next line that was not asked for. */
  async next(): Promise<void> {
    await this.#nextLine();
  }

  /** @throws WitnessRefused, and Error when it does not answer: then it is ended, because later answers would be taken for others */
  async ask<Fields extends object>(...fields: readonly (string | number)[]): Promise<Fields> {
    const line = this.#nextLine();
    this.#child.stdin.write(`${fields.join('\t')}\n`);
    const timer = setTimeout(() => this.#child.kill(), LONGEST_ANSWER_MS);
    const answer = JSON.parse(await line.finally(() => clearTimeout(timer))) as Refusal & Fields;
    if (!answer.ok) throw new WitnessRefused(`${answer.operation ?? ''} (${fields.join(' ')})`, answer.win32 ?? 0);
    return answer;
  }

  end(): void {
    this.#child.stdin.end();
    this.#child.kill();
  }

  #nextLine(): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.#hasEnded) reject(new Error('the witness has ended'));
      else this.#waiting.push({ resolve, reject });
    });
  }
}
