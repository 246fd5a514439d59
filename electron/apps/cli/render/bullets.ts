import { wrapTo } from './text-width.js';

const INDENT = '    ';

/** Sentences that belong together as one item of a list, each on lines of its own. */
export function bullet(sentences: readonly string[], columns: number): readonly string[] {
  const lines = sentences.flatMap((sentence) => wrapTo(sentence, columns - INDENT.length - 1));
  return lines.map((line, index) => (index === 0 ? `  - ${line}` : INDENT + line));
}
