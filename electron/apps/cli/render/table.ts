import { withoutControls } from '../../../contract/foreign-text.js';
import type { Style } from './style.js';
import { cutFrontTo, cutTo, padTo, textWidth, wrapTo } from './text-width.js';

/** A cell; `paint` colours it after it was padded. */
export interface Cell {
  readonly text: string;
  /** In the last column: what is cut, if it must be, is the beginning. */
  readonly keepsEnd?: true;
  /** In the last column: what does not fit there whole goes below its row. */
  readonly goesBelow?: true;
  readonly paint?: (text: string) => string;
}

const GAP = '  ';
const INDENT = '  ';

/** Columns as wide as their widest cell; the last one ends where the terminal ends. Names from outside lose their control characters. */
export function renderTable(style: Style, header: readonly string[], cells: readonly (readonly Cell[])[]): readonly string[] {
  const rows = cells.map((row) => row.map((cell) => ({ ...cell, text: withoutControls(cell.text) })));
  const widths = header.map((title, column) => Math.max(textWidth(title), ...rows.map((row) => textWidth(row[column]?.text ?? ''))));
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + GAP.length, 0);
  const last = Math.max(8, style.columns - before - 1);
  const line = (row: readonly Cell[]): string =>
    row
      .map(({ text, keepsEnd, paint = (same: string) => same }, column) => {
        const isLast = column === widths.length - 1;
        return paint(isLast ? (keepsEnd === true ? cutFrontTo : cutTo)(text, last) : padTo(text, widths[column] ?? 0));
      })
      .join(GAP)
      .trimEnd();
  const lines = (row: readonly Cell[]): readonly string[] => {
    const cell = row.at(-1);
    if (cell?.goesBelow !== true || textWidth(cell.text) <= last) return [line(row)];
    const below = wrapTo(cell.text, style.columns - 1 - INDENT.length);
    return [line([...row.slice(0, -1), { text: '' }]), ...below.map((text) => INDENT + text)];
  };
  return [line(header.map((text) => ({ text, paint: style.colors.dim }))), ...rows.flatMap(lines)];
}
