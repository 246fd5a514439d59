import type { Check, Checklist } from '../../../contract/checklist.js';
import { problem } from '../../../contract/problem.js';
import { bullet } from './bullets.js';
import type { Style } from './style.js';
import { padTo, textWidth, wrapTo } from './text-width.js';

/** Checks that do not pass, each kind with its services and how it is overridden; those that pass are counted. */
export function renderChecks(style: Style, checks: readonly Check[]): readonly string[] {
  const { texts, messages } = style;
  const shown = style.isVerbose ? checks : checks.filter(isWorthPrinting);
  if (shown.length === 0) return [messages.format(texts.allChecksPass, { count: checks.length })];
  const passed = checks.length - shown.length;
  const lines = [texts.checks, ...groupAlike(style, shown).flatMap((alike) => renderAlike(style, alike))];
  return passed === 0 ? lines : [...lines, messages.format(texts.passedChecks, { count: passed })];
}

/** The same before a change is made: what passes is not mentioned. Empty if there is nothing to tell. */
export function renderWarnings(style: Style, checks: readonly Check[]): readonly string[] {
  const shown = checks.filter(isWorthPrinting);
  return shown.length === 0 ? [] : [style.texts.checks, ...groupAlike(style, shown).flatMap((alike) => renderAlike(style, alike))];
}

/** What makes the servers of the pool known to an order that does not wait for the cmdlets. Empty if they were asked. */
export function renderPoolHint({ texts, columns }: Style, checks: readonly Check[]): readonly string[] {
  const isUnread = checks.some(({ id, message: { params } }) => id === 'pool-members' && params['trouble'] === 'not-read-yet');
  return isUnread ? wrapTo(texts.asksPool, columns - 1) : [];
}

/** Checks whose subject the verdict on the server tells: by its reasons, its caveats, or the proof. */
const TOLD_BY_VERDICT: ReadonlySet<string> = new Set([
  'evidence',
  'reboot',
  'start-type-kept',
  'outside-plan',
  'pausable',
  'pool-members',
  'single-server',
  'elevated',
]);

/** Checks whose subject the preview of a restart tells. */
const TOLD_BY_PREVIEW: ReadonlySet<string> = new Set(['reboot', 'start-type-kept']);

/**
 * What to know beside a result: the caveats of a verdict, the checks that warn or are unknown, and start types that another
 * person changed.
 * @param withVerdict false if the preview of a restart is shown, and not the verdict; then the checks tell the rest of it
 */
export function renderWorthKnowing(style: Style, { restart, checks, services }: Checklist, withVerdict: boolean): readonly string[] {
  const { texts, messages, columns } = style;
  const told = checks.filter((check) => isWorthPrinting(check) && !(withVerdict ? TOLD_BY_VERDICT : TOLD_BY_PREVIEW).has(kindOf(check)));
  const items = [
    ...(withVerdict ? restart.caveats.map((caveat) => [messages.message(caveat)]) : []),
    ...groupAlike(style, told).map((alike) => [formatAlike(style, alike)]),
    ...formatMoved(style, services),
  ];
  return items.length === 0 ? [] : [texts.worthKnowing, ...items.flatMap((sentences) => bullet(sentences, columns))];
}

/** Start types that another person set before this run set one: the way back restores those, not the first ones. */
export function renderMoved(style: Style, { services }: Pick<Checklist, 'services'>): readonly string[] {
  const items = formatMoved(style, services);
  return items.length === 0 ? [] : [style.texts.worthKnowing, ...items.flatMap((sentences) => bullet(sentences, style.columns))];
}

function formatMoved({ messages }: Style, services: Checklist['services']): readonly (readonly string[])[] {
  return services.flatMap(({ serviceName, firstStartType: first, originalStartType: now }) => {
    if (first === null || now === null) return [];
    const { happened, next } = messages.problem(problem('start-type-moved', { serviceName, first, now }));
    return [[happened, next]];
  });
}

function isWorthPrinting({ result }: Check): boolean {
  return result !== 'pass';
}

function kindOf({ id }: Check): string {
  return id.split(':', 1)[0] ?? id;
}

/** Checks of one kind with one result and, apart from the service, one sentence; in the place of the first. */
function groupAlike({ texts }: Pick<Style, 'texts'>, checks: readonly Check[]): readonly (readonly Check[])[] {
  const groups = new Map<string, Check[]>();
  for (const check of checks) {
    const { id, params } = check.message;
    const alike = JSON.stringify([
      kindOf(check),
      check.result,
      check.overridden,
      id,
      params['reason'],
      params['state'],
      params['evidence'],
      params['silence'],
    ]);
    const key = id in texts.checkGroups ? alike : check.id;
    groups.set(key, [...(groups.get(key) ?? []), check]);
  }
  return [...groups.values()];
}

/** One check says itself; several of one kind are said together. */
function formatAlike({ messages, texts }: Pick<Style, 'messages' | 'texts'>, alike: readonly Check[]): string {
  const [first] = alike;
  if (first === undefined) return '';
  const groups: Readonly<Record<string, string>> = texts.checkGroups;
  const group = groups[first.message.id];
  if (alike.length === 1 || group === undefined) return messages.message(first.message);
  const services = alike.map(({ message }) => String(message.params['serviceName'] ?? message.params['server'] ?? '')).join(', ');
  return messages.format(group, { ...first.message.params, services });
}

function renderAlike(style: Style, alike: readonly Check[]): readonly string[] {
  const [first] = alike;
  if (first === undefined) return [];
  const { messages, columns } = style;
  const words = messages.texts.words.checkResults;
  const width = Math.max(...Object.values(words).map(textWidth));
  const indent = ' '.repeat(width + 4);
  const shown = first.overridden && first.result === 'block' ? 'warn' : first.result;
  const mark = paintOf(style, shown)(padTo(words[shown], width));
  const lines = [formatAlike(style, alike), ...formatOverride(style, alike)].flatMap((line) => wrapTo(line, columns - indent.length - 1));
  return lines.map((line, index) => (index === 0 ? `  ${mark}  ${line}` : indent + line));
}

/** The override is named only where it is accepted and changes something. */
function formatOverride({ messages, texts }: Style, alike: readonly Check[]): readonly string[] {
  const [first] = alike;
  if (first === undefined || first.override === null) return [];
  const isEvidence = first.override === 'accept-by-hand';
  if (first.overridden) return [isEvidence ? texts.acceptedCheck : texts.overridden];
  if (first.result !== 'block' && first.result !== 'unknown') return [];
  if (!isEvidence) return [messages.format(texts.overrideHint, { overrides: alike.map(({ id }) => `--override ${id}`).join(' ') })];
  const serviceName = alike.length === 1 ? String(first.message.params['serviceName']) : 'SERVICE';
  return [messages.format(texts.acceptHint, { serviceName, count: alike.length })];
}

function paintOf({ colors }: Style, result: Check['result']): (text: string) => string {
  switch (result) {
    case 'pass':
      return colors.green;
    case 'warn':
    case 'unknown':
      return colors.yellow;
    case 'block':
      return colors.red;
  }
}
