import type { Report } from '../../../core/report/report.js';
import { renderCurve } from './drain-curve.js';
import type { Style } from './style.js';

const CURVE_WIDTH = 72;

/** The report as Markdown for a change ticket; reads well as plain text, too. */
export function reportMarkdown(report: Report, style: Pick<Style, 'isUnicode'>): string {
  const { summary, services, connected, curve, events } = report;
  const lines = [
    `# ${escapeText(report.title)}`,
    ...report.warnings.flatMap((warning) => ['', `> **${escapeText(warning)}**`]),
    ...section(
      summary.title,
      summary.lines.map(({ text, isAlarm }) => (isAlarm ? `- **${escapeText(text)}**` : `- ${escapeText(text)}`)),
    ),
    ...section(
      report.factsTitle,
      report.facts.map(([label, value]) => `- ${label}: ${escapeText(value)}`),
    ),
    ...[services, ...connected].flatMap(({ title, header, rows }) => section(title, markdownTable(header, rows))),
    ...(curve.points.length < 2
      ? []
      : section(curve.title, ['```text', `|${renderCurve(style, curve.points, CURVE_WIDTH)}|`, '```', '', curve.legend])),
    ...section(events.title, markdownTable(events.header, events.rows)),
  ];
  return `${lines.join('\n')}\n`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return ['', `## ${title}`, '', ...lines];
}

function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeText).join(' | ')} |`;
  return [line(header), `|${header.map(() => '---').join('|')}|`, ...rows.map(line)];
}

/** Names, reasons and notes come from outside: none may become markup, a link or a new line. */
function escapeText(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[\\`*_[\]<>|#]/g, '\\$&');
}
