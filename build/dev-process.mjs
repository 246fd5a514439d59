/** The app that `npm run dev` runs: one process, started again and ended by that script. */
import { spawn } from 'node:child_process';

/** How long an app may take to put everything away before it is killed. A kill harms nothing: what it does is in its record. */
const QUIT_WITHIN_MS = 5_000;

export class DevProcess {
  #program;
  #args;
  /** @type {import('node:child_process').ChildProcess | null} */
  #child = null;
  /** @type {Promise<void>} */
  #ended = Promise.resolve();
  #onEnd;

  /**
   * @param {string} program
   * @param {readonly string[]} args
   * @param {(end: { readonly code: number, readonly livedMs: number }) => void} onEnd called if it ends without being told to
   */
  constructor(program, args, onEnd) {
    this.#program = program;
    this.#args = args;
    this.#onEnd = onEnd;
  }

  start() {
    const startedAt = performance.now();
    const child = spawn(this.#program, this.#args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
    this.#child = child;
    this.#ended = new Promise((resolve) => {
      const end = (/** @type {number | null} */ code) => {
        resolve();
        if (this.#child !== child) return;
        this.#child = null;
        this.#onEnd({ code: code ?? 1, livedMs: performance.now() - startedAt });
      };
      child.once('error', () => end(127));
      child.once('exit', end);
    });
  }

  get isRunning() {
    return this.#child !== null;
  }

  reload() {
    this.#tell('reload');
  }

  async stop() {
    const child = this.#child;
    this.#tell('quit');
    this.#child = null;
    const patience = setTimeout(() => child?.kill('SIGKILL'), QUIT_WITHIN_MS);
    await this.#ended;
    clearTimeout(patience);
  }

  async restart() {
    await this.stop();
    this.start();
  }

  /** @param {'reload' | 'quit'} order */
  #tell(order) {
    // It may have ended in the meantime.
    if (this.#child?.connected === true) this.#child.send(order, () => undefined);
  }
}
