import type { Language } from '../../contract/app-snapshot.js';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../contract/time-units.js';

const UNITS = {
  en: { day: ' d', hour: ' h', minute: ' min', second: ' s', between: ' ' },
  'zh-CN': { day: ' 天', hour: ' 小时', minute: ' 分钟', second: ' 秒', between: ' ' },
} as const;

/** A duration in its two largest units, for example `1 h 5 min`; below a second `0 s`. Takes milliseconds. */
export function formatDuration(milliseconds: number, language: Language): string {
  const unit = UNITS[language];
  const total = Math.max(0, Math.round(milliseconds / SECOND_MS)) * SECOND_MS;
  const two = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
    small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit}${unit.between}${small}${smallUnit}`;
  if (total >= DAY_MS) return two(Math.floor(total / DAY_MS), unit.day, Math.floor((total % DAY_MS) / HOUR_MS), unit.hour);
  if (total >= HOUR_MS) return two(Math.floor(total / HOUR_MS), unit.hour, Math.floor((total % HOUR_MS) / MINUTE_MS), unit.minute);
  if (total >= MINUTE_MS) return two(Math.floor(total / MINUTE_MS), unit.minute, (total % MINUTE_MS) / SECOND_MS, unit.second);
  return `${total / SECOND_MS}${unit.second}`;
}

/**
 * A UTC time on the reader's own clock: `02:14:05`, with the day in front where it is not today's. Written by hand,
 * because the system's own formatting loads 8 MB of language data.
 * @param now decides which day is today; null always shows the day
 */
export function formatTime(at: string, now: string | null): string {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return at;
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(twoDigits).join(':');
  const day = dayOf(time);
  return now !== null && day === dayOf(new Date(now)) ? clock : `${day} ${clock}`;
}

/** A UTC time as it is, for documents that people in several places read: `2026-11-23 02:14:05`. */
export function formatUtc(at: string): string {
  return at.replace(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2}).*Z$/, '$1 $2');
}

function dayOf(time: Date): string {
  return [time.getFullYear(), time.getMonth() + 1, time.getDate()].map(twoDigits).join('-');
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
