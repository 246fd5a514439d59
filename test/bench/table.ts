/** One line of the benchmark table: what we measured against a floor that was measured in the same run. */
export interface BenchRow {
  readonly topic: string;
  readonly unit: 'ms' | 'KB' | 'MB' | '%' | 'listeners' | 'processes';
  readonly measured: number;
  /** What the floor is and its figure, null where the limit is absolute. */
  readonly floor: { readonly name: string; readonly figure: number } | null;
  /** Limit of measured / floor where there is a floor, of measured otherwise. */
  readonly limit: number;
}

/** Measured against its floor, or the figure itself where the limit is absolute. */
export function score(row: BenchRow): number {
  return row.floor === null ? row.measured : row.measured / row.floor.figure;
}

export function isMet(row: BenchRow): boolean {
  return score(row) <= row.limit;
}

/** A Markdown table, one row a line. */
export function formatTable(rows: readonly BenchRow[]): string {
  const lines = rows.map((row) => {
    const floor = row.floor === null ? '–' : `${round(row.floor.figure)} ${row.unit} (${row.floor.name})`;
    const limit = row.floor === null ? `≤ ${row.limit} ${row.unit}` : `≤ ${row.limit}×`;
    const reached = row.floor === null ? `${round(score(row))} ${row.unit}` : `${round(score(row))}×`;
    return `| ${row.topic} | ${round(row.measured)} ${row.unit} | ${floor} | ${reached} | ${limit} | ${isMet(row) ? 'met' : '**not met**'} |`;
  });
  return ['| what | measured | floor | reached | limit | |', '|---|---|---|---|---|---|', ...lines].join('\n');
}

/** Middle value; benchmarks are noisy upwards, so no mean. @throws RangeError on an empty list */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new RangeError('the median of nothing');
  return middle;
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
