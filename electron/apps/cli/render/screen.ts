import type { Output } from '../terminal.js';

const CLEAR_LINE = '\u001b[K';
const CLEAR_DOWN = '\u001b[0J';

/** Lines that stay, and below them a few that are drawn over. Without a terminal only the first ones are written. */
export class Screen {
  readonly #output: Output;
  #drawnLines = 0;

  constructor(output: Output) {
    this.#output = output;
  }

  /** Writes lines that stay. */
  keep(lines: readonly string[]): void {
    this.clear();
    for (const line of lines) this.#output.write(`${line}\n`);
  }

  /** Draws the lines that the next ones replace. None may be wider than the terminal. */
  draw(lines: readonly string[]): void {
    if (!this.#output.isTerminal) return;
    this.#output.write(`${this.#backToTop()}${lines.map((line) => `${line}${CLEAR_LINE}\n`).join('')}${CLEAR_DOWN}`);
    this.#drawnLines = lines.length;
  }

  clear(): void {
    if (this.#drawnLines > 0) this.#output.write(this.#backToTop() + CLEAR_DOWN);
    this.#drawnLines = 0;
  }

  #backToTop(): string {
    return this.#drawnLines === 0 ? '' : `\u001b[${this.#drawnLines}A\r`;
  }
}
