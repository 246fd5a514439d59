import type { Language } from '../../contract/app-snapshot.js';
import { knownSessions } from './known-sessions.js';
import type { ReportTable } from './report-table.js';
import type { Report } from './report.js';

/**
 * The report as one HTML file for the change ticket: no script, no link, nothing fetched; reads well on paper. Its one
 * style sheet stands in a bare `<style>`, which the window lets through its content security policy by a nonce.
 */
export function reportHtml(report: Report, language: Language): string {
  const { summary, services, connected, curve, events } = report;
  const title = escapeText(report.title);
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${title}</h1>
${report.warnings.map((warning) => `<p class="warning">${escapeText(warning)}</p>`).join('\n')}
<section class="summary"><h2>${escapeText(summary.title)}</h2>
<ul>
${summary.lines.map(({ text, isAlarm }) => `<li${isAlarm ? ' class="alarm"' : ''}>${escapeText(text)}</li>`).join('\n')}
</ul></section>
<h2>${escapeText(report.factsTitle)}</h2>
<dl>${report.facts.map(([label, value]) => `<dt>${escapeText(label)}</dt><dd>${escapeText(value)}</dd>`).join('\n')}</dl>
${[services, ...connected].map(table).join('\n')}
${curve.points.length < 2 ? '' : `<h2>${escapeText(curve.title)}</h2>\n${drawCurve(curve)}`}
${table(events)}
</body>
</html>
`;
}

function table({ title, header, rows }: ReportTable): string {
  const cells = (tag: string, row: readonly string[]): string =>
    row.map((cell) => `<${tag}>${escapeText(cell)}</${tag.split(' ')[0] ?? tag}>`).join('');
  return `<h2>${escapeText(title)}</h2>
<table>
<thead><tr>${cells('th scope="col"', header)}</tr></thead>
<tbody>
${rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('\n')}
</tbody>
</table>`;
}

const WIDTH = 720;
const HEIGHT = 160;
/** Room for the number beside an axis. */
const MARGIN = 44;

/** Sessions over time; where a count was unknown, the line is broken. */
function drawCurve({ title, points, highest }: Report['curve']): string {
  const times = points.map((point) => Date.parse(point.at));
  const first = Math.min(...times);
  const span = Math.max(1, Math.max(...times) - first);
  const top = Math.max(1, highest);
  const x = (time: number): string => (MARGIN + ((time - first) / span) * (WIDTH - MARGIN)).toFixed(1);
  const y = (sessions: number): string => (4 + (1 - sessions / top) * (HEIGHT - 8)).toFixed(1);
  let isDrawing = false;
  const path = points
    .map((point) => {
      const { at } = point;
      const sessions = knownSessions(point);
      const begins = !isDrawing;
      isDrawing = sessions !== null;
      return sessions === null ? '' : `${begins ? 'M' : 'L'}${x(Date.parse(at))} ${y(sessions)}`;
    })
    .join('');
  return `<svg role="img" aria-label="${escapeText(title)}" viewBox="0 0 ${WIDTH} ${HEIGHT}">
<path class="axis" d="M${MARGIN} ${y(0)}H${WIDTH}M${MARGIN} ${y(top)}H${WIDTH}"/>
<text x="${MARGIN - 8}" y="${y(top)}" dy="10">${top}</text><text x="${MARGIN - 8}" y="${y(0)}">0</text>
<path class="line" d="${path}"/>
</svg>`;
}

/** Names, reasons and notes come from outside: none may become markup. */
function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const STYLE = `
body { max-width: 760px; margin: 32px auto; padding: 0 24px; background: #fff; color: #242424;
  font: 14px/20px 'Segoe UI', 'Microsoft YaHei UI', 'Liberation Sans', 'Noto Sans CJK SC', sans-serif; }
h1 { margin: 0 0 16px; font-size: 24px; line-height: 32px; font-weight: 600; }
h2 { margin: 32px 0 8px; font-size: 16px; line-height: 22px; font-weight: 600; break-after: avoid; }
.warning { padding: 10px 14px; border: 2px solid #bc4b09; border-radius: 6px; font-weight: 600; }
.summary { margin: 16px 0; padding: 8px 16px; border: 1px solid #d1d1d1; border-radius: 6px; }
.summary h2 { margin-top: 4px; }
.summary ul { margin: 0; padding-left: 20px; }
.alarm { color: #b10e1c; font-weight: 600; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 24px; margin: 0; }
dt { color: #616161; }
dd { margin: 0; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 6px 12px 6px 0; border-bottom: 1px solid #e0e0e0; text-align: start; vertical-align: top; overflow-wrap: break-word; }
th { color: #616161; font-size: 12px; font-weight: 400; }
tr { break-inside: avoid; }
svg { width: 100%; }
svg text { fill: #616161; font-size: 12px; text-anchor: end; }
.axis { stroke: #e0e0e0; }
.line { fill: none; stroke: #0f6cbd; stroke-width: 2; stroke-linejoin: round; }
@media print { body { margin: 0; padding: 0; } }
`;
