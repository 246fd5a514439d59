/** Characters shown before and after the place. */
const AROUND = 60;

/** Where two texts differ first, on a few lines; null if they are the same. Texts of this size cannot be compared by eye. */
export function firstDifference(kept: string, now: string): string | null {
  if (kept === now) return null;
  const [keptLines, nowLines] = [kept.split('\n'), now.split('\n')];
  let line = 0;
  while (line < keptLines.length && keptLines[line] === nowLines[line]) line += 1;
  const [was = '(end)', is = '(end)'] = [keptLines[line], nowLines[line]];
  let column = 0;
  while (column < was.length && was[column] === is[column]) column += 1;
  const shown = (text: string): string => text.slice(Math.max(0, column - AROUND), column + AROUND);
  return `line ${line + 1}, character ${column + 1}\nkept: ${shown(was)}\nnow:  ${shown(is)}`;
}
