/** Characters that take two cells of a terminal: Chinese, Japanese, Korean, and full-width forms. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const COMBINING = /\p{M}/u;
// Colours are written as escape sequences, which take no cell.
const ESCAPES = /\u001b\[[\d;]*m/g;

/** How many cells a line takes. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text.replace(ESCAPES, '')) width += cellsOf(character);
  return width;
}

function cellsOf(character: string): number {
  if (COMBINING.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** Fills up with spaces to a width. */
export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

/** Cuts a line without colours to a width; what was cut shows as `~`. */
export function cutTo(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let cut = '';
  let used = 0;
  for (const character of text) {
    used += cellsOf(character);
    if (used > width - 1) break;
    cut += character;
  }
  return `${cut}~`;
}

/** The same from the front, for names that differ at their ends. */
export function cutFrontTo(text: string, width: number): string {
  return backwards(cutTo(backwards(text), width));
}

function backwards(text: string): string {
  return Array.from(text).reverse().join('');
}

/** What stays together: a word, or a Chinese character; with the punctuation after it, which begins no line. */
const PIECES = /(?:[^\s\u2e80-\uffef]+|[\u2e80-\uffef])[\uff0c\u3002\uff1a\uff1b\u3001\uff1f\uff01\uff09\u201d]*\s*|\s+/g;

/** Breaks a sentence into lines of a width; Chinese breaks anywhere, English at spaces. */
export function wrapTo(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(PIECES) ?? []) {
    if (line !== '' && textWidth(line + piece.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
  }
  return [...lines, line.trimEnd()];
}
