import type { ServiceRow } from '../../../contract/checklist.js';
import { withoutControls } from '../../../contract/foreign-text.js';
import { NO_SIGNS, type SessionSigns } from '../../../contract/sessions.js';
import { nameOfEnd } from '../../../core/maintenance/acceptance.js';
import { formatCount } from './services-table.js';
import type { Style } from './style.js';
import { wrapTo } from './text-width.js';

/** Remote ends that are named; the rest is counted. */
const MAX_ENDS = 5;
const INDENT = ' '.repeat(4);

/** What an administrator can see of services before accepting them by hand, or of those that were accepted just now. */
export function renderSigns(style: Style, rows: readonly ServiceRow[]): readonly string[] {
  if (rows.length === 0) return [];
  return [style.texts.seen.title, ...rows.flatMap((row) => renderService(style, row))];
}

function renderService(style: Style, { serviceName, sessions }: ServiceRow): readonly string[] {
  const { messages, texts, columns } = style;
  const { seen } = texts;
  const { evidence } = messages.texts.words;
  const wrap = (text: string, indent: string): readonly string[] => wrapTo(text, columns - indent.length - 1).map((line) => indent + line);
  const head =
    sessions.kind === 'count'
      ? [
          `${withoutControls(serviceName)}: ${messages.format(seen.counted, { count: sessions.count, evidence: evidence[sessions.evidence] })}`,
        ]
      : [messages.format(seen.service, { serviceName, reason: sessions.reason })];
  const known =
    sessions.kind === 'unknown' && sessions.atLeast !== undefined
      ? [messages.format(seen.lastKnown, { number: formatCount(style, sessions) })]
      : [];
  const lines = [...formatSigns(style, sessions.signs ?? NO_SIGNS), ...known];
  return [...head.flatMap((line) => wrap(line, '  ')), ...lines.flatMap((line) => wrap(line, INDENT))];
}

/** Unknown is said as such: nothing seen is no sign of emptiness. */
function formatSigns(
  { messages, texts }: Style,
  { connections, ends, mediaPorts, activity, drainingFlag }: SessionSigns,
): readonly string[] {
  const { seen } = texts;
  return [
    connections === null
      ? seen.connectionsUnknown
      : messages.format(seen.connections, { count: connections }) + formatEnds({ messages, texts }, connections, ends),
    mediaPorts === null ? seen.mediaPortsUnknown : messages.format(seen.mediaPorts, { count: mediaPorts }),
    ...(activity === null ? [] : [messages.format(seen.activity, { activity })]),
    ...(drainingFlag === null ? [] : [messages.format(seen.draining, { flag: String(drainingFlag) })]),
  ];
}

function formatEnds({ messages, texts }: Pick<Style, 'messages' | 'texts'>, connections: number, ends: SessionSigns['ends']): string {
  if (ends.length === 0) return '';
  const named = ends.slice(0, MAX_ENDS).map(nameOfEnd);
  const rest = connections - named.length;
  return ` (${[...named, ...(rest > 0 ? [messages.format(texts.seen.more, { count: rest })] : [])].join(', ')})`;
}
