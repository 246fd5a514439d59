import { problem, ProblemError } from '../../contract/problem.js';
import { MAX_PLAUSIBLE_SESSIONS } from '../../contract/sessions.js';
import { isFullName, type Hold } from '../../contract/settings.js';
import { parseLanguage } from '../../core/language/language.js';
import { REPORT_FORMATS, type ReportFormat } from '../../ports/run-records.js';
import { parseDuration } from './duration.js';
import type { CommandOptions, GlobalOptions } from './parsed-command.js';

/** What was typed for each option, by its long name; an option that takes no value has empty ones. */
export type OptionValues = ReadonlyMap<string, readonly string[]>;

/** Ids of what was expected; the texts say them. */
type Expected = 'fullName' | 'count' | 'duration' | 'seed' | 'speed' | 'hold' | 'format' | 'language';

/** @throws ProblemError invalid-argument */
export function readGlobalOptions(values: OptionValues): GlobalOptions {
  const scenario = lastOf(values, 'simulate');
  return {
    json: values.has('json'),
    simulate: scenario === undefined ? null : { scenario: scenario === '' ? null : scenario },
    serverFile: requireText(values, 'server-file'),
    seed: read(values, 'seed', 'seed', wholeNumber),
    speed: read(values, 'speed', 'speed', parseSpeed),
    language: read(values, 'lang', 'language', parseLanguage),
    dataFolder: requireText(values, 'data'),
    quiet: values.has('quiet'),
    verbose: values.has('verbose'),
    color: !values.has('no-color'),
  };
}

/** @throws ProblemError invalid-argument, conflicting-options */
export function readCommandOptions(values: OptionValues): CommandOptions {
  if (values.has('keep') && values.has('original')) throw exclusion('--keep', '--original');
  const hold = read(values, 'hold', 'hold', parseHold);
  if (values.has('keep-start-type') && hold !== null) throw exclusion('--hold', '--keep-start-type');
  return {
    forMs: read(values, 'for', 'duration', parseDuration),
    reason: textOf(values, 'reason'),
    timeoutMs: read(values, 'timeout', 'duration', parseDuration),
    wait: !values.has('no-wait'),
    keepStartType: values.has('keep-start-type'),
    hold,
    holdTimeMs: read(values, 'hold-time', 'duration', parseDuration),
    overrides: values.get('override') ?? [],
    dryRun: values.has('dry-run'),
    note: textOf(values, 'note'),
    stayStopped: values.has('stay-stopped'),
    conflicts: values.has('keep') ? 'keep' : values.has('original') ? 'original' : null,
    format: read(values, 'format', 'format', parseFormat) ?? 'md',
    output: requireText(values, 'output'),
    openOnly: values.has('open'),
    cut: read(values, 'cut', 'count', parseCount),
    servicesOnly: values.has('services-only'),
    pool: read(values, 'pool', 'fullName', parseFullName),
    withoutEndTask: values.has('no-end-task'),
    repair: values.has('repair'),
    names: values.has('names'),
    all: values.has('all'),
    withAddresses: values.has('with-addresses'),
    ifPauseOver: values.has('if-pause-over'),
  };
}

/** Said twice, the last one counts. */
function lastOf(values: OptionValues, name: string): string | undefined {
  return values.get(name)?.at(-1);
}

function read<T>(values: OptionValues, name: string, expected: Expected, parse: (text: string) => T | null): T | null {
  const text = lastOf(values, name);
  if (text === undefined) return null;
  const value = parse(text);
  if (value === null) throw refusal(`--${name}`, text, expected);
  return value;
}

/** `expectedId` is said in words where the problem is shown: the language is not known yet. */
function refusal(argument: string, value: string, expectedId: Expected): ProblemError {
  return new ProblemError(problem('invalid-argument', { argument, value, expectedId }));
}

function exclusion(argument: string, other: string): ProblemError {
  return new ProblemError(problem('conflicting-options', { argument, other }));
}

function textOf(values: OptionValues, name: string): string | null {
  const text = lastOf(values, name) ?? '';
  return text.trim() === '' ? null : text;
}

/** For paths: an empty one is a script's unset variable, and does not mean the usual place. */
function requireText(values: OptionValues, name: string): string | null {
  const text = textOf(values, name);
  if (text === null && values.has(name)) throw new ProblemError(problem('missing-argument', { argument: `--${name}` }));
  return text;
}

function wholeNumber(text: string): number | null {
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** As many sessions as a service can carry; none to cut is an acceptance without a cut. */
function parseCount(text: string): number | null {
  const value = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= MAX_PLAUSIBLE_SESSIONS ? value : null;
}

/** Beyond these a simulated day is over before the first service has paused, or a second never ends. */
const SLOWEST = 0.1;
const FASTEST = 10_000;

function parseSpeed(text: string): number | null {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  return value >= SLOWEST && value <= FASTEST ? value : null;
}

/** `demand` is what Windows calls it inside; administrators read Manual. */
function parseHold(text: string): Hold | null {
  const hold = text.toLowerCase();
  if (hold === 'manual' || hold === 'demand') return 'demand';
  return hold === 'disabled' ? 'disabled' : null;
}

/** Without the last dot, which some write. */
function parseFullName(text: string): string | null {
  const name = text.replace(/\.$/, '');
  return isFullName(name) ? name : null;
}

function parseFormat(text: string): ReportFormat | null {
  return REPORT_FORMATS.find((format) => format === text) ?? null;
}
