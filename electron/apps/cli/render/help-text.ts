import { COMMANDS, GLOBAL_OPTIONS, OPERANDS, OPTIONS, type CommandName } from '../command-table.js';
import type { Style } from './style.js';
import { padTo, textWidth, wrapTo } from './text-width.js';

/** The examples that a newcomer needs, in the order of a maintenance. */
const FIRST_STEPS: readonly (readonly [line: string, explanation: keyof Style['texts']['help']['examples']])[] = [
  ['status', 'look'],
  ['plan', 'plan'],
  ['drain --reason CHG-1234', 'drain'],
  ['confirm', 'confirm'],
  ['resume', 'resume'],
  ['pause --for 15m', 'pauseFor'],
  ['drain --simulate --speed 60', 'simulate'],
];

/** Help about everything, or about one command: examples first. */
export function renderHelp(style: Style, command: CommandName | null): readonly string[] {
  return command === null ? renderAll(style) : renderCommand(style, command);
}

function renderAll(style: Style): readonly string[] {
  const { help } = style.texts;
  const names = Object.keys(COMMANDS) as CommandName[];
  return [
    ...wrapTo(help.tagline, style.columns),
    '',
    ...section(
      style,
      help.examplesTitle,
      FIRST_STEPS.map(([line, explanation]) => [`lync-drain ${line}`, help.examples[explanation]]),
    ),
    '',
    ...section(
      style,
      help.commandsTitle,
      names.map((name) => [usageOf(name), help.commands[name]]),
    ),
    '',
    ...globals(style),
    '',
    style.colors.bold(help.exitCodesTitle),
    ...wrapTo(help.exitCodes, style.columns - 3).map((line) => `  ${line}`),
    '',
    help.more,
  ];
}

function renderCommand(style: Style, name: CommandName): readonly string[] {
  const { help } = style.texts;
  const { options, examples, operand } = COMMANDS[name];
  const lines = examples.map(([line, explanation]) => [`lync-drain ${line}`, help.examples[explanation]] as const);
  return [
    ...wrapTo(help.commands[name], style.columns),
    ...(operand === 'services' ? wrapTo(help.servicesArgument, style.columns) : []),
    '',
    `${style.colors.bold(help.usage)}: lync-drain ${usageOf(name)}`,
    '',
    ...section(style, help.examplesTitle, lines),
    '',
    ...(options.length === 0
      ? []
      : [
          ...section(
            style,
            help.optionsTitle,
            options.map((option) => [OPTIONS[option].flags, help.options[option]]),
          ),
          '',
        ]),
    ...globals(style),
  ];
}

function usageOf(name: CommandName): string {
  const { operand } = COMMANDS[name];
  return operand === null ? name : `${name} ${OPERANDS[operand]}`;
}

function globals(style: Style): readonly string[] {
  const { help } = style.texts;
  const names = Object.keys(GLOBAL_OPTIONS) as (keyof typeof GLOBAL_OPTIONS)[];
  return section(
    style,
    help.globalsTitle,
    names.map((name) => [spell(GLOBAL_OPTIONS[name].flags), help.globals[name]]),
  );
}

/** An optional value must be joined by `=`, or the command would be taken for it. */
function spell(flags: string): string {
  return flags.replace(/ \[(\w+)\]/, '[=$1]');
}

function section({ columns, colors }: Style, title: string, rows: readonly (readonly [left: string, right: string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => textWidth(left)));
  const lines = rows.flatMap(([left, right]) =>
    wrapTo(right, columns - width - 5).map((line, index) => `  ${padTo(index === 0 ? left : '', width)}  ${line}`),
  );
  return [colors.bold(title), ...lines];
}
