const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const LONGEST_MS = 30 * 86_400_000;

/**
 * A duration such as `60s`, `15m`, `1h30m` or `2d` in milliseconds; null where it is none, or where it is below a
 * millisecond (a zero means something else: not to wait at all) or longer than 30 days. A bare number is refused: its
 * unit is not known.
 */
export function parseDuration(text: string): number | null {
  if (!/^(\d+(\.\d+)?(ms|[smhd]))+$/.test(text)) return null;
  let total = 0;
  for (const [, amount, unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g)) total += Number(amount) * (UNIT_MS[unit] ?? Number.NaN);
  return total >= 1 && total <= LONGEST_MS ? Math.round(total) : null;
}
