import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../contract/time-units.js';
const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: SECOND_MS, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS };
const LONGEST_MS = 30 * DAY_MS;

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
