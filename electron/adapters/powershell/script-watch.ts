import type { Readable } from 'node:stream';

import type { Script, ScriptDeadlines, ScriptResult } from './powershell-port.js';

/** What we ask for takes a few thousand; more is a script that ran away. */
const MAX_OUTPUT_CHARACTERS = 500_000;
/** How long a script that is over is waited for until PowerShell says so in both of its streams. */
const END_MARKS_MS = 2_000;
/** Of a complaint, for people who look into it. */
const SHOWN_CHARACTERS = 300;

/** What PowerShell writes with. */
export interface WatchedStreams {
  readonly stdout: Readable;
  readonly stderr: Readable;
}

/**
 * Reads along while a script runs, because node-powershell waits for its own end marks only, however long they take. It
 * decides when PowerShell says too much, does not begin, takes too long, or is done without saying so as agreed: a language
 * mode that refuses method calls also refuses the end marks, and a module that reads standard input swallows them.
 */
export class ScriptWatch {
  /** Resolves with what the watch decided; never if node-powershell has the result first. */
  readonly decided: Promise<ScriptResult>;
  readonly #streams: WatchedStreams;
  readonly #refusal: string;
  readonly #mark: () => string;
  readonly #timers: NodeJS.Timeout[] = [];
  #decide: (result: ScriptResult) => void = () => undefined;
  #output = '';
  #complaint = '';
  #isOver = false;

  /** @param mark the mark that node-powershell has PowerShell write before and after the script; empty before it is known */
  constructor(streams: WatchedStreams, { refusal }: Script, { startMs, timeoutMs }: ScriptDeadlines, mark: () => string) {
    this.#streams = streams;
    this.#refusal = refusal;
    this.#mark = mark;
    this.decided = new Promise((resolve) => {
      this.#decide = resolve;
    });
    streams.stdout.on('data', this.#readOutput);
    streams.stderr.on('data', this.#readComplaint);
    this.#after(startMs, () => this.#requireBegun(startMs));
    this.#after(timeoutMs, () => this.#decide({ kind: 'timed-out', message: `no answer in ${timeoutMs} ms` }));
  }

  end(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#streams.stdout.off('data', this.#readOutput);
    this.#streams.stderr.off('data', this.#readComplaint);
  }

  readonly #readOutput = (text: string): void => {
    this.#output += text;
    this.#limit();
    if (this.#isOver || !(this.#output.includes(this.#refusal) || this.#timesMarked() >= 2)) return;
    this.#isOver = true;
    this.#after(END_MARKS_MS, () => this.#decide({ kind: 'output', text: this.#output, isReusable: false }));
  };

  readonly #readComplaint = (text: string): void => {
    this.#complaint += text;
    this.#limit();
  };

  #limit(): void {
    if (this.#output.length + this.#complaint.length <= MAX_OUTPUT_CHARACTERS) return;
    this.#decide({ kind: 'too-much-output', message: `more than ${MAX_OUTPUT_CHARACTERS} characters` });
  }

  #requireBegun(startMs: number): void {
    if (this.#timesMarked() > 0 || this.#isOver) return;
    const complaint = this.#complaint.trim().slice(0, SHOWN_CHARACTERS);
    this.#decide(
      complaint === ''
        ? { kind: 'timed-out', message: `PowerShell did not begin in ${startMs} ms` }
        : { kind: 'refused', message: complaint },
    );
  }

  #timesMarked(): number {
    const mark = this.#mark();
    return mark === '' ? 0 : this.#output.split(mark).length - 1;
  }

  #after(milliseconds: number, act: () => void): void {
    this.#timers.push(setTimeout(act, milliseconds));
  }
}
