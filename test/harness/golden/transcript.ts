/** What was typed and what was said, line by line: `$` typed, `|` standard output, `!` standard error. */
export class Transcript {
  readonly #lines: string[] = [];
  #unfinished = { out: '', err: '' };

  begin(typed: readonly string[]): void {
    this.#lines.push(`$ lync-drain ${typed.map((word) => (/^[\w=,:.-]+$/.test(word) ? word : `"${word}"`)).join(' ')}`);
  }

  /** Something that happens between two commands, done by others. */
  note(what: string): void {
    this.#lines.push(`# ${what}`, '');
  }

  write(stream: 'out' | 'err', text: string): void {
    const parts = (this.#unfinished[stream] + text).split('\n');
    this.#unfinished[stream] = parts.pop() ?? '';
    for (const line of parts) this.#push(stream, line);
  }

  end(exitCode: number): void {
    for (const stream of ['out', 'err'] as const) {
      if (this.#unfinished[stream] !== '') this.#push(stream, `${this.#unfinished[stream]} (no line end)`);
    }
    this.#unfinished = { out: '', err: '' };
    this.#lines.push(`exit ${exitCode}`, '');
  }

  get text(): string {
    return this.#lines.join('\n');
  }

  /** Escapes are shown, so that a diff can be read. */
  #push(stream: 'out' | 'err', line: string): void {
    const mark = stream === 'out' ? '|' : '!';
    const shown = line.replaceAll('\u001b', '\u241b').replaceAll('\r', '\u240d');
    this.#lines.push(shown === '' ? mark : `${mark} ${shown}`);
  }
}
