import { problem, ProblemError } from '../../contract/problem.js';
import { flagNames, GLOBAL_OPTIONS, HIDDEN_OPTIONS, OPTIONS } from './command-table.js';
import type { OptionValues } from './option-values.js';
import { suggest, withSuggestion } from './suggestion.js';

/** A command line taken apart: words as typed, and what was typed for each option by its long name. */
export interface CommandLineWords {
  readonly words: string[];
  readonly values: OptionValues;
}

interface Flag {
  /** The long name without its dashes. */
  readonly name: string;
  readonly value: 'none' | 'required' | 'optional';
}

/** Every option of every command by each of its spellings. No spelling means two things. */
const FLAGS: ReadonlyMap<string, Flag> = new Map(
  [...Object.values(OPTIONS), ...Object.values(HIDDEN_OPTIONS), ...Object.values(GLOBAL_OPTIONS)].flatMap(({ flags }) => {
    const spellings = flagNames(flags);
    const name = (spellings.at(-1) ?? '').slice(2);
    const value = flags.includes('<') ? 'required' : flags.includes('[') ? 'optional' : 'none';
    return spellings.map((spelling): [string, Flag] => [spelling, { name, value }]);
  }),
);

/**
 * Tells words and options apart. A value follows its option as the next word or after `=`; an optional one only after `=`,
 * so that `--simulate status` is the command `status`. Whatever stands after `--` is a word.
 * @throws ProblemError unknown-option, missing-argument, invalid-argument
 */
export function readWords(typed: readonly string[]): CommandLineWords {
  const words: string[] = [];
  const values = new Map<string, readonly string[]>();
  const rest = typed.flatMap(separateShort);
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') return { words: [...words, ...rest], values };
    if (!word.startsWith('-') || word === '-') words.push(word);
    else readOption(word, rest, values);
  }
  return { words, values };
}

/** `-qv` is `-q -v`. */
function separateShort(word: string): readonly string[] {
  return /^-[a-z]{2,}$/.test(word) ? Array.from(word.slice(1), (letter) => `-${letter}`) : [word];
}

function readOption(word: string, rest: string[], values: Map<string, readonly string[]>): void {
  const [spelling = '', ...afterSign] = word.split('=');
  const joined = afterSign.length === 0 ? null : afterSign.join('=');
  const flag = FLAGS.get(spelling);
  if (flag === undefined) {
    throw new ProblemError(withSuggestion(problem('unknown-option', { name: spelling }), suggest(spelling, FLAGS.keys())));
  }
  if (flag.value === 'none' && joined !== null) throw new ProblemError(problem('excess-argument', { argument: spelling, value: joined }));
  const value = flag.value === 'required' ? requireValue(spelling, joined, rest) : (joined ?? '');
  values.set(flag.name, [...(values.get(flag.name) ?? []), value]);
}

/** An option in the place of a value means that the value was forgotten. */
function requireValue(spelling: string, joined: string | null, rest: string[]): string {
  const value = joined ?? rest.shift();
  if (value === undefined || (joined === null && FLAGS.has(value))) {
    throw new ProblemError(problem('missing-argument', { argument: spelling }));
  }
  return value;
}
