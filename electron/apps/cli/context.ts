import type { Messages } from '../../core/language/messages.js';
import type { TerminalTexts } from '../../core/language/terminal-texts.js';
import { jsonText } from './json/json-text.js';
import type { Json } from './json/json-value.js';
import type { ParsedCommand } from './parsed-command.js';
import type { Style } from './render/style.js';
import { wrapTo } from './render/text-width.js';
import type { Server } from './server.js';
import type { Terminal } from './terminal.js';

/** Everything a command works with. */
export interface CommandContext {
  readonly parsed: Extract<ParsedCommand, { kind: 'command' }>;
  readonly server: Server;
  readonly terminal: Terminal;
  readonly messages: Messages;
  readonly texts: TerminalTexts;
  /** How data looks. */
  readonly style: Style;
  /** How progress and messages look. */
  readonly messageStyle: Style;
}

/** Writes data for people. */
export function printLines({ terminal }: Pick<CommandContext, 'terminal'>, lines: readonly string[]): void {
  terminal.stdout.write(lines.map((line) => `${line}\n`).join(''));
}

/** Writes data for programs: one object on one line. */
export function printJson({ terminal }: Pick<CommandContext, 'terminal'>, value: Json): void {
  terminal.stdout.write(`${jsonText(value)}\n`);
}

/** Writes alarms, warnings and whatever else is wrong: also with -q, but not beside --json, which has it all. */
export function warn({ terminal, parsed }: Pick<CommandContext, 'terminal' | 'parsed'>, lines: readonly string[]): void {
  if (!parsed.global.json) terminal.stderr.write(lines.map((line) => `${line}\n`).join(''));
}

/** Writes sentences as `printMessages` does, each broken where the terminal ends. */
export function printSentences(
  context: Pick<CommandContext, 'terminal' | 'parsed' | 'messageStyle'>,
  ...sentences: readonly string[]
): void {
  const { columns } = context.messageStyle;
  printMessages(
    context,
    sentences.flatMap((sentence) => wrapTo(sentence, columns - 1)),
  );
}

/** Writes messages that are not needed with -q or --json. */
export function printMessages({ terminal, parsed }: Pick<CommandContext, 'terminal' | 'parsed'>, lines: readonly string[]): void {
  if (parsed.global.quiet || parsed.global.json) return;
  terminal.stderr.write(lines.map((line) => `${line}\n`).join(''));
}
