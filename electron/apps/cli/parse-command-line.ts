import { problem, ProblemError } from '../../contract/problem.js';
import { COMMANDS, flagNames, GLOBAL_OPTIONS, HIDDEN_OPTIONS, OPTIONS, type CommandName } from './command-table.js';
import { readCommandOptions, readGlobalOptions, type OptionValues } from './option-values.js';
import type { ParsedCommand } from './parsed-command.js';
import { readWords } from './read-words.js';
import { suggest, withSuggestion } from './suggestion.js';

const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[];

/**
 * Reads a command line, without `node` and the script. Options may stand before or after the command.
 *
 * Read here and not by a library: Commander costs a cold `status` 5 ms, 2 MB and an eighth of the bundle, and what is
 * said of a mistake, with suggestions and in two languages, would be ours all the same.
 * @throws ProblemError unknown-command, unknown-option, invalid-argument, missing-argument, excess-argument, conflicting-options
 */
export function parseCommandLine(typed: readonly string[]): ParsedCommand {
  const { words, values } = readWords(typed);
  const [first, ...operands] = words;
  const asksForHelp = values.has('help') || first === 'help';
  const name = first === 'help' ? operands.shift() : first;
  const command = name === undefined ? null : requireCommand(name);
  requireKnownHere(command, values);
  if (values.has('version')) return { kind: 'version' };
  const global = readGlobalOptions(values);
  if (command === null || asksForHelp) return { kind: 'help', command, global };
  requireOperands(command, operands);
  return { kind: 'command', command, operands, options: readCommandOptions(values), global };
}

function requireCommand(name: string): CommandName {
  const found = COMMAND_NAMES.find((command) => command === name);
  if (found === undefined) throw new ProblemError(withSuggestion(problem('unknown-command', { name }), suggest(name, COMMAND_NAMES)));
  return found;
}

/** An option of another command is as unknown here as one that does not exist. */
function requireKnownHere(command: CommandName | null, values: OptionValues): void {
  const own = command === null ? [] : COMMANDS[command].options.map((option) => OPTIONS[option]);
  const spellings = [...Object.values(GLOBAL_OPTIONS), ...own].flatMap(({ flags }) => flagNames(flags));
  const hidden = Object.values(HIDDEN_OPTIONS).flatMap(({ flags, of }) => (of === command ? flagNames(flags) : []));
  const known = [...spellings, ...hidden];
  const unknown = [...values.keys()].map((name) => `--${name}`).find((spelling) => !known.includes(spelling));
  if (unknown !== undefined) {
    throw new ProblemError(withSuggestion(problem('unknown-option', { name: unknown }), suggest(unknown, spellings)));
  }
}

function requireOperands(command: CommandName, operands: readonly string[]): void {
  const { operand } = COMMANDS[command];
  const most = operand === null ? 0 : operand === 'services' ? Number.POSITIVE_INFINITY : 1;
  const excess = operands[most];
  if (excess !== undefined) throw new ProblemError(problem('excess-argument', { argument: command, value: excess }));
}
