import type { CurvePoint } from '../../../contract/checklist.js';
import { knownSessions } from '../../../core/report/known-sessions.js';
import type { Style } from './style.js';

const BLOCKS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const ASCII = ['_', '.', '-', '=', '+', '*', '#', '@'];
const UNKNOWN = '?';

/**
 * Sessions over time as one line of at most `width` characters: the highest count fills the cell, zero leaves it empty, `?` where it is
 * not known: where nothing was read, or nothing was seen and not all could be counted. Time runs evenly, so that a slope is a rate.
 */
export function renderCurve(style: Pick<Style, 'isUnicode'>, curve: readonly CurvePoint[], width: number): string {
  const first = curve[0];
  const last = curve.at(-1);
  if (first === undefined || last === undefined || width < 1) return '';
  const levels = style.isUnicode ? BLOCKS : ASCII;
  const highest = Math.max(1, ...curve.map((point) => point.sessions ?? 0));
  const cells = Math.min(width, curve.length);
  const from = Date.parse(first.at);
  const span = Math.max(1, Date.parse(last.at) - from);
  let place = 0;
  let line = '';
  for (let cell = 0; cell < cells; cell += 1) {
    const until = cells === 1 ? span : (span * cell) / (cells - 1);
    while (place + 1 < curve.length && Date.parse(curve[place + 1]?.at ?? '') - from <= until) place += 1;
    const point = curve[place];
    const sessions = point === undefined ? null : knownSessions(point);
    if (sessions === null) line += UNKNOWN;
    else line += sessions === 0 ? ' ' : (levels[Math.ceil((sessions / highest) * levels.length) - 1] ?? ' ');
  }
  return line;
}
