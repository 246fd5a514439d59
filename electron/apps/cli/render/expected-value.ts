import type { Problem } from '../../../contract/problem.js';
import type { TerminalTexts } from '../../../core/language/terminal-texts.js';

/** The parser refuses a value before the language is known: it names what it expected by id, and here it is said. */
export function formatExpected(refused: Problem, texts: TerminalTexts): Problem {
  const { expectedId } = refused.params;
  if (refused.id !== 'invalid-argument' || typeof expectedId !== 'string') return refused;
  const words: Readonly<Record<string, string>> = texts.expected;
  const expected = words[expectedId];
  return expected === undefined ? refused : { ...refused, params: { ...refused.params, expected } };
}
