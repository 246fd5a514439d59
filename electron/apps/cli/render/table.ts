import { withoutControls } from '../../../contract/foreign-text.js';
import type { Style } from './style.js';
import { cutFrontTo, cutTo, padTo, textWidth } from './text-width.js';

/** A cell; `paint` colours it after it was padded. */
export interface Cell {
  readonly text: string;
  /** In the last column: what is cut, if it must be, is the beginning. */
  readonly keepsEnd?: true;
  readonly paint?: (text: string) => string;
}

const GAP = '  ';

/** Columns as wide as their widest cell; the last one is cut where the terminal ends. Names from outside lose their control characters. */
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
  return [line(header.map((text) => ({ text, paint: style.colors.dim }))), ...rows.map(line)];
}
