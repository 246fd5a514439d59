import type { Check } from '../../contract/checklist.js';
import type { Style } from './style.js';
import { padTo, textWidth, wrapTo } from './text-width.js';

/** Checks that do not pass, each with what it says and how it is overridden; those that pass are counted. */
export function renderChecks(style: Style, checks: readonly Check[]): readonly string[] {
  const { texts, speech } = style;
  const shown = style.isVerbose ? checks : checks.filter((check) => check.result !== 'pass');
  if (shown.length === 0) return [speech.say(texts.allChecksPass, { count: checks.length })];
  const passed = checks.length - shown.length;
  const lines = [texts.checks, ...shown.flatMap((check) => renderCheck(style, check))];
  return passed === 0 ? lines : [...lines, speech.say(texts.passedChecks, { count: passed })];
}

function renderCheck(style: Style, check: Check): readonly string[] {
  const { texts, speech, columns } = style;
  const words = speech.texts.words.checkResults;
  const width = Math.max(...Object.values(words).map(textWidth));
  const indent = ' '.repeat(width + 4);
  const mark = paintOf(style, check)(padTo(words[check.result], width));
  const needsOverride = check.override !== null && !check.overridden && check.result !== 'pass' && check.result !== 'warn';
  const lines = [
    ...wrapTo(speech.message(check.message), columns - indent.length - 1),
    ...(needsOverride ? [speech.say(texts.overrideHint, { check: check.id })] : []),
    ...(check.overridden ? [texts.overridden] : []),
  ];
  return lines.map((line, index) => (index === 0 ? `  ${mark}  ${line}` : indent + line));
}

function paintOf({ colors }: Style, check: Check): (text: string) => string {
  switch (check.result) {
    case 'pass':
      return colors.green;
    case 'warn':
    case 'unknown':
      return colors.yellow;
    case 'block':
      return colors.red;
  }
}
