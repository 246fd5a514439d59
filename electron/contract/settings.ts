import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './time-units.js';

/** What settings may be and what they are by default. Apart from the schema, so that only a settings file loads the validator. */

export const LANGUAGES = ['en', 'zh-CN'] as const;

/** What start types are set to in a maintenance. */
export const HOLDS = ['demand', 'disabled'] as const;
export type Hold = (typeof HOLDS)[number];

/** What a run sets start types to; null leaves them alone. */
export type StartHold = Hold | null;

/** Hold times the window offers, in milliseconds; the settings file may hold another one within the limits. */
export const HOLD_TIMES_MS = [30 * SECOND_MS, MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS, 10 * MINUTE_MS] as const;
export const HOLD_TIME_LIMITS_MS = { least: SECOND_MS, most: HOUR_MS } as const;

/** Timeouts the window offers, in milliseconds; the settings file may hold another one within the limits. */
export const WAIT_TIMEOUTS_MS = [HOUR_MS, 4 * HOUR_MS, 12 * HOUR_MS] as const;
export const WAIT_TIMEOUT_LIMITS_MS = { least: MINUTE_MS, most: 7 * DAY_MS } as const;

/** After how long without a change a service's sessions may be called stalled, in milliseconds; only the settings file says. */
export const STALLED_AFTER_LIMITS_MS = { least: MINUTE_MS, most: DAY_MS } as const;

/** A full name (RFC 1123): labels of letters, digits and hyphens, at least two. */
const FULL_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/i;

/** True of what can be the full name of a pool in DNS. */
export function isFullName(text: string): boolean {
  return FULL_NAME.test(text);
}

/** What holds if there is no settings file, or if it leaves a setting out. */
export const DEFAULT_SETTINGS = {
  schema: 1,
  services: null,
  holdTimeMs: MINUTE_MS,
  stalledAfterMs: 10 * MINUTE_MS,
  timeoutMs: HOUR_MS,
  language: null,
  hold: 'demand',
  ignoredAddresses: [],
  startWithWindows: false,
  pool: null,
} as const;
