import type { ParsedCommand } from './parsed-command.js';

type Typed = Pick<Extract<ParsedCommand, { kind: 'command' }>, 'operands' | 'options'>;

/** The drain that a plan was made for, as it is typed. */
export function drainCommandLine({ operands, options }: Typed): string {
  const { hold, keepStartType, overrides, reason, note, holdTimeMs, timeoutMs, wait } = options;
  const words = [
    ...operands,
    ...(hold === null ? [] : ['--hold', hold === 'demand' ? 'manual' : hold]),
    ...(keepStartType ? ['--keep-start-type'] : []),
    ...(holdTimeMs === null ? [] : ['--hold-time', seconds(holdTimeMs)]),
    ...(timeoutMs === null ? [] : ['--timeout', seconds(timeoutMs)]),
    ...(wait ? [] : ['--no-wait']),
    ...overrides.flatMap((id) => ['--override', id]),
    ...(note === null ? [] : ['--note', note]),
    ...(reason === null ? [] : ['--reason', reason]),
  ];
  return ['lync-drain drain', ...words.map(quoted)].join(' ');
}

function seconds(milliseconds: number): string {
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
}

function quoted(word: string): string {
  return /^[\w.:/\\@+-]+$/.test(word) ? word : `"${word}"`;
}
