import { describe, expect, test } from 'vitest';

import { COMMANDS } from '../../electron/apps/cli/command-table.js';
import { parseCommandLine } from '../../electron/apps/cli/parse-command-line.js';
import { ProblemError, type Problem } from '../../electron/contract/problem.js';

const parse = (line: string) => parseCommandLine(line === '' ? [] : line.split(' '));

function commandOf(line: string) {
  const parsed = parse(line);
  if (parsed.kind !== 'command') throw new Error(`${line} is ${parsed.kind}`);
  return parsed;
}

function refusalOf(line: string): Problem {
  try {
    parse(line);
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error(`${line} was taken`);
}

describe('a command line', () => {
  test.each(Object.keys(COMMANDS))('is taken as %s', (name) => {
    expect(commandOf(name).command).toBe(name);
  });

  test('names services in any number', () => {
    expect(commandOf('drain RTCSRV RTCRGS').operands).toEqual(['RTCSRV', 'RTCRGS']);
  });

  test('takes global options before and after the command', () => {
    for (const line of ['--json --data x status', 'status --json --data x', '--data=x status --json']) {
      expect(commandOf(line)).toMatchObject({ command: 'status', global: { json: true, dataFolder: 'x' } });
    }
  });

  test('never takes the command for the scenario', () => {
    expect(commandOf('--simulate status')).toMatchObject({ command: 'status', global: { simulate: { scenario: null } } });
    expect(commandOf('--simulate=leak status').global.simulate).toEqual({ scenario: 'leak' });
    expect(commandOf('status').global.simulate).toBeNull();
  });

  test('reads every option of a drain', () => {
    const line = 'drain --timeout 2h --hold disabled --hold-time 90s --override a --override=b --no-wait --reason CHG';
    expect(commandOf(line).options).toMatchObject({
      ...{ timeoutMs: 7_200_000, hold: 'disabled', holdTimeMs: 90_000, overrides: ['a', 'b'], wait: false, reason: 'CHG' },
    });
  });

  test('reads the choices of the way back', () => {
    expect(commandOf('resume --keep').options.conflicts).toBe('keep');
    expect(commandOf('resume --original --stay-stopped').options).toMatchObject({ conflicts: 'original', stayStopped: true });
    expect(commandOf('resume').options).toMatchObject({ conflicts: null, stayStopped: false });
  });

  test('reads short flags alone and together', () => {
    expect(commandOf('status -q -v').global).toMatchObject({ quiet: true, verbose: true });
    expect(commandOf('status -qv').global).toMatchObject({ quiet: true, verbose: true });
  });

  test('takes whatever stands after -- for words', () => {
    expect(commandOf('drain -- --json').operands).toEqual(['--json']);
  });

  test('keeps a sign inside a value', () => {
    expect(commandOf('drain --reason=a=b').options.reason).toBe('a=b');
  });

  test('counts an empty reason as none', () => {
    expect(parseCommandLine(['drain', '--reason', ' ']).kind === 'command' && commandOf('drain').options.reason).toBeNull();
  });

  test.each([
    ['', null],
    ['--help', null],
    ['help', null],
    ['help drain', 'drain'],
    ['drain --help', 'drain'],
    ['drain -h RTCSRV', 'drain'],
  ])('%j asks for help about %s', (line, command) => {
    expect(parse(line)).toMatchObject({ kind: 'help', command });
  });
});

describe('a mistake', () => {
  test.each([
    ['statsu', { id: 'unknown-command', params: { name: 'statsu', suggestion: 'status' } }],
    ['frobnicate', { id: 'unknown-command', params: { name: 'frobnicate' } }],
    ['help statsu', { id: 'unknown-command', params: { name: 'statsu', suggestion: 'status' } }],
    ['drain --reson x', { id: 'unknown-option', params: { name: '--reson', suggestion: '--reason' } }],
    ['drain -x', { id: 'unknown-option', params: { name: '-x' } }],
    ['plan --timeout 5m', { id: 'unknown-option', params: { name: '--timeout' } }],
    ['--keep', { id: 'unknown-option', params: { name: '--keep' } }],
    ['drain --reason', { id: 'missing-argument', params: { argument: '--reason' } }],
    ['drain --reason --json', { id: 'missing-argument', params: { argument: '--reason' } }],
    ['drain --timeout 5', { id: 'invalid-argument', params: { argument: '--timeout', value: '5', expectedId: 'duration' } }],
    ['drain --hold auto', { id: 'invalid-argument', params: { argument: '--hold', value: 'auto', expectedId: 'hold' } }],
    ['status --speed 0', { id: 'invalid-argument', params: { argument: '--speed', value: '0', expectedId: 'speed' } }],
    ['status --speed 1000000', { id: 'invalid-argument', params: { argument: '--speed', value: '1000000', expectedId: 'speed' } }],
    ['status --data=', { id: 'missing-argument', params: { argument: '--data' } }],
    ['report --output=', { id: 'missing-argument', params: { argument: '--output' } }],
    ['status --seed -1', { id: 'invalid-argument', params: { argument: '--seed', value: '-1', expectedId: 'seed' } }],
    ['status --lang fr', { id: 'invalid-argument', params: { argument: '--lang', value: 'fr', expectedId: 'language' } }],
    ['report --format pdf', { id: 'invalid-argument', params: { argument: '--format', value: 'pdf', expectedId: 'format' } }],
    ['status RTCSRV', { id: 'excess-argument', params: { argument: 'status', value: 'RTCSRV' } }],
    ['explain LD-1001 LD-1002', { id: 'excess-argument', params: { argument: 'explain', value: 'LD-1002' } }],
    ['status --json=yes', { id: 'excess-argument', params: { argument: '--json', value: 'yes' } }],
    ['resume --keep --original', { id: 'conflicting-options', params: { argument: '--keep', other: '--original' } }],
    ['drain --keep-start-type --hold disabled', { id: 'conflicting-options', params: { argument: '--hold', other: '--keep-start-type' } }],
  ])('%j is told as such', (line, expected) => {
    expect(refusalOf(line)).toEqual(expected);
  });
});
